import { el } from "../dom.js";
import { actionName } from "./action.js";
import { shrinkToFit } from "./shrink.js";
import { colour, scaled } from "./sizes.js";
import { gravity } from "./text.js";

const STYLES = new Set(["primary", "secondary", "link"]);

/** A button component; `color` paints the letters of a link and the ground of the other two. */
export function drawButton(component, context) {
  const style = STYLES.has(component.style) ? component.style : "link";
  const label = el("span", { class: "fx-label", text: actionName(component.action ?? {}) });
  label.style.fontSize = scaled("16px", component.scaling);
  if (component.adjustMode === "shrink-to-fit") shrinkToFit(label);
  const height = component.height === "sm" ? "sm" : "md";
  const button = el("button", { class: `fx-button fx-${style} fx-${height}`, type: "button" }, label);
  const paint = colour(component.color);
  if (paint) button.style[style === "link" ? "color" : "backgroundColor"] = paint;
  if (component.action?.type === "uri") button.setAttribute("role", "link");
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    context.onAction?.(component.action, button);
  });
  return el("div", { class: `fx-button-place ${gravity(component)}` }, button);
}
