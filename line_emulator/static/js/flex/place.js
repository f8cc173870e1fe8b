import { gap, offset } from "./sizes.js";

/** Where a component stands in its parent: share of the main axis, space before it, offsets. */
export function place(node, component, parent) {
  node.classList.add("fx-item");
  if (component.position === "absolute") {
    node.classList.add("fx-absolute");
  } else {
    node.style.flex = share(component, parent.layout);
    setMargin(node, component, parent);
  }
  setOffsets(node, component);
}

/** LINE's table: 0 is "0 0 auto"; n is "n 0 0" across and "n 0 auto" down. */
function share(component, layout) {
  const factor = flexFactor(component, layout);
  if (factor === 0) return "0 0 auto";
  return layout === "vertical" ? `${factor} 0 auto` : `${factor} 0 0px`;
}

function flexFactor(component, layout) {
  if (component.type === "icon" || component.type === "separator") return 0;
  if (component.type === "filler") return component.flex ?? 1;
  const across = layout !== "vertical";
  // LINE sets flex to 0 for a box with a size of its own inside a horizontal box.
  if (across && component.type === "box" && (component.width || component.height)) return 0;
  return Number.isInteger(component.flex) && component.flex >= 0 ? component.flex : Number(across);
}

function setMargin(node, component, parent) {
  const first = component === parent.contents[0];
  const space = gap(component.margin) ?? (first || component.type === "filler" ? null : gap(parent.spacing));
  if (!space) return;
  if (parent.layout === "vertical") node.style.marginTop = space;
  else node.style.marginInlineStart = space;
}

const EDGES = {
  offsetTop: "top", offsetBottom: "bottom", offsetStart: "insetInlineStart", offsetEnd: "insetInlineEnd",
};

function setOffsets(node, component) {
  for (const [property, edge] of Object.entries(EDGES)) {
    const value = offset(component[property]);
    if (value !== null) node.style[edge] = value;
  }
}
