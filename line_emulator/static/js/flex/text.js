import { el } from "../dom.js";
import { actionable } from "./action.js";
import { shrinkToFit } from "./shrink.js";
import { colour, font, scaled } from "./sizes.js";

/** A text component: one line cut with an ellipsis unless it wraps. */
export function drawText(component, context) {
  const line = el("p", { class: component.wrap ? "fx-line fx-wrap" : "fx-line" });
  fill(line, component);
  setLetters(line, component, component.scaling);
  line.style.fontSize = scaled(font(component.size ?? "md"), component.scaling);
  setLines(line, component);
  const node = el("div", { class: `fx-text ${gravity(component)}` }, line);
  node.style.textAlign = component.align ?? "start";
  if (component.adjustMode === "shrink-to-fit" && !component.wrap) shrinkToFit(line);
  return actionable(node, component, context);
}

/** The class that moves a component's content up or down in the height it was given. */
export function gravity(component) {
  return { center: "fx-middle", bottom: "fx-bottom" }[component.gravity] ?? "fx-top";
}

function fill(line, component) {
  if (!component.contents?.length) {
    line.textContent = component.text ?? "";
    return;
  }
  for (const span of component.contents) {
    line.append(drawSpan(span, component));
  }
}

function drawSpan(span, component) {
  const node = el("span", { text: span.text ?? "" });
  setLetters(node, span);
  if (span.size) node.style.fontSize = scaled(font(span.size), component.scaling);
  return node;
}

function setLetters(node, component) {
  const { style } = node;
  style.color = colour(component.color) ?? "";
  if (component.weight) style.fontWeight = component.weight === "bold" ? "700" : "400";
  if (component.style) style.fontStyle = component.style;
  if (component.decoration) style.textDecoration = component.decoration;
}

function setLines(line, component) {
  if (!component.wrap) return;
  if (component.maxLines > 0) {
    line.classList.add("fx-clamp");
    line.style.webkitLineClamp = component.maxLines;
  }
  const extra = /^(\d+(?:\.\d+)?)px$/.exec(component.lineSpacing ?? "")?.[1];
  if (extra) spread(line, extra);
}

/** Space between lines only: what CSS adds above the first and below the last is taken back. */
function spread(line, pixels) {
  line.style.lineHeight = `calc(1.4em + ${pixels}px)`;
  line.style.marginBlock = `${-pixels / 2}px`;
}
