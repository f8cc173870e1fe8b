/** Draws a Flex container as LINE does: JSON in, an element out, and not one string of it as markup. */
import { el } from "./dom.js";
import { actionable } from "./flex/action.js";
import { drawBox } from "./flex/box.js";
import { drawButton } from "./flex/button.js";
import { drawCarousel } from "./flex/carousel.js";
import { drawIcon, drawImage, drawVideo } from "./flex/picture.js";
import { place } from "./flex/place.js";
import { colour } from "./flex/sizes.js";
import { drawText } from "./flex/text.js";
import { say } from "./language.js";

const SIZES = new Set(["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"]);

/**
 * `contents` of a Flex message as an element.
 * onAction(action, element) hears taps; imageUrl(url) says what may be loaded, null shows a stand-in.
 */
export function renderFlex(contents, { onAction = null, imageUrl = (url) => url } = {}) {
  const context = { onAction, imageUrl };
  if (contents?.type === "carousel") return drawCarousel(contents, (bubble) => drawBubble(bubble, context));
  if (contents?.type === "bubble") return drawBubble(contents, context);
  return unknown(contents);
}

function drawBubble(bubble, context) {
  const size = SIZES.has(bubble.size) ? bubble.size : "mega";
  const node = el("div", { class: `fx-bubble fx-size-${size}`, dir: bubble.direction ?? "ltr" });
  if (bubble.body) node.classList.add("fx-has-body");
  if (bubble.footer) node.classList.add("fx-has-footer");
  for (const name of ["header", "hero", "body", "footer"]) {
    if (bubble[name]) node.append(drawBlock(name, bubble, context, !node.hasChildNodes()));
  }
  return actionable(node, bubble, context);
}

function drawBlock(name, bubble, context, first) {
  const style = bubble.styles?.[name] ?? {};
  const content = draw(bubble[name], context, { layout: "vertical", contents: [] });
  const node = el("div", { class: `fx-block fx-${name}` }, content);
  node.style.backgroundColor = colour(style.backgroundColor) ?? "";
  if (style.separator && !first) {
    node.classList.add("fx-ruled");
    node.style.borderTopColor = colour(style.separatorColor) ?? "";
  }
  return node;
}

const DRAWERS = {
  box: (component, context) => drawBox(component, context, draw),
  text: drawText,
  button: drawButton,
  image: drawImage,
  icon: drawIcon,
  video: (component, context) => drawVideo(component, context, draw),
  separator: drawSeparator,
  filler: () => el("div", { class: "fx-filler" }),
};

function draw(component, context, parent) {
  const node = (DRAWERS[component?.type] ?? unknown)(component, context);
  place(node, component ?? {}, parent);
  return node;
}

function drawSeparator(component) {
  const node = el("div", { class: "fx-separator", role: "separator" });
  node.style.backgroundColor = colour(component.color) ?? "";
  return node;
}

/** A component LINE would refuse is shown as such instead of vanishing. */
function unknown(component) {
  return el("div", { class: "fx-unknown", text: say("cannot_draw", { type: component?.type ?? say("no_type") }) });
}
