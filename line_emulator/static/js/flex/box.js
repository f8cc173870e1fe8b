import { el } from "../dom.js";
import { actionable } from "./action.js";
import { border, colour, length, padding, radius } from "./sizes.js";

const JUSTIFY = new Set(["center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"]);
const ALIGN = new Set(["center", "flex-start", "flex-end"]);

/** A box and all that is in it; `draw` draws one child. */
export function drawBox(component, context, draw) {
  const node = el("div", { class: `fx-box fx-${component.layout ?? "vertical"}` });
  setAlignment(node, component);
  setPadding(node, component);
  setSurface(node, component);
  setSize(node, component);
  for (const child of component.contents ?? []) {
    node.append(draw(child, context, component));
  }
  return actionable(node, component, context);
}

function setAlignment(node, component) {
  if (JUSTIFY.has(component.justifyContent)) node.style.justifyContent = component.justifyContent;
  if (ALIGN.has(component.alignItems)) node.style.alignItems = component.alignItems;
}

const SIDES = {
  paddingAll: "padding", paddingTop: "paddingTop", paddingBottom: "paddingBottom",
  paddingStart: "paddingInlineStart", paddingEnd: "paddingInlineEnd",
};

function setPadding(node, component) {
  for (const [property, side] of Object.entries(SIDES)) {
    const value = padding(component[property]);
    if (value !== null) node.style[side] = value;
  }
}

function setSurface(node, component) {
  const { style } = node;
  style.backgroundColor = colour(component.backgroundColor) ?? "";
  style.borderRadius = radius(component.cornerRadius) ?? "";
  const width = border(component.borderWidth);
  if (width !== null) style.border = `${width} solid ${colour(component.borderColor) ?? "#d4d6da"}`;
  const shade = component.background;
  if (shade?.type === "linearGradient") style.backgroundImage = gradient(shade);
}

function gradient(shade) {
  const stops = [colour(shade.startColor), colour(shade.endColor)];
  const middle = colour(shade.centerColor);
  if (middle) stops.splice(1, 0, `${middle} ${length(shade.centerPosition) ?? "50%"}`);
  const angle = /^\d+(\.\d+)?deg$/.test(shade.angle ?? "") ? shade.angle : "0deg";
  return `linear-gradient(${[angle, ...stops].join(", ")})`;
}

function setSize(node, component) {
  for (const property of ["width", "height", "maxWidth", "maxHeight"]) {
    const value = length(component[property]);
    if (value !== null) node.style[property] = value;
  }
  if (length(component.height) !== null) node.classList.add("fx-fixed-height");
}
