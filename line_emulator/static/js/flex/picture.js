import { el, icon } from "../dom.js";
import { say } from "../language.js";
import { actionable } from "./action.js";
import { colour, font, imageWidth, ratio, scaled } from "./sizes.js";
import { gravity } from "./text.js";

const ALIGN = { start: "flex-start", end: "flex-end", center: "center" };

/** An image component: its width from `size`, its height from the aspect ratio. */
export function drawImage(component, context) {
  const frame = el("div", { class: "fx-frame" }, photograph(component, context));
  frame.style.width = imageWidth(component.size ?? "md");
  frame.style.aspectRatio = ratio(component.aspectRatio);
  frame.style.backgroundColor = colour(component.backgroundColor) ?? "";
  const node = el("div", { class: `fx-image ${gravity(component)}` }, frame);
  node.style.alignItems = ALIGN[component.align] ?? "center";
  return actionable(node, component, context);
}

function photograph(component, context) {
  const source = context.imageUrl(component.url);
  if (source === null) return missing(component.url);
  const picture = el("img", { src: source, alt: component.action?.label ?? "", draggable: "false" });
  picture.style.objectFit = component.aspectMode === "cover" ? "cover" : "contain";
  picture.addEventListener("error", () => picture.replaceWith(missing(component.url)));
  return picture;
}

/** Stands for a picture that is not fetched: the page itself asks no other host for anything. */
export function missing(url) {
  const host = /^https?:\/\/([^/]+)/.exec(url ?? "")?.[1] ?? say("image");
  return el("div", { class: "fx-missing", title: url ?? "" }, icon("image", 22), el("span", { text: host }));
}

/** An icon in a baseline box, as high as the letters of its size. */
export function drawIcon(component, context) {
  const source = context.imageUrl(component.url);
  const node = source === null
    ? el("span", { class: "fx-icon fx-missing-icon", title: component.url ?? "" })
    : el("img", { class: "fx-icon", src: source, alt: "", draggable: "false" });
  node.style.height = scaled(font(component.size ?? "md"), component.scaling);
  node.style.aspectRatio = ratio(component.aspectRatio);
  return node;
}

/** A hero video is shown by its alternative content under a play mark; nothing is streamed here. */
export function drawVideo(component, context, draw) {
  const picture = draw(component.altContent, context, { layout: "vertical", contents: [] });
  const mark = el("div", { class: "fx-play" }, icon("play", 28));
  const node = el("div", { class: "fx-video", role: "group", "aria-label": say("video") }, picture, mark);
  return actionable(node, component, context);
}
