import { button, el, icon } from "../dom.js";
import { missing } from "../flex/picture.js";
import { say } from "../language.js";
import { face } from "./faces.js";

/** Our own faces for the stickers the page can send; LINE's drawings stay with LINE. */
export const STICKERS = [
  { package: "446", sticker: "1988", look: {}, name: say("sticker.hello") },
  { package: "446", sticker: "1989", look: { eyes: "wink" }, name: say("sticker.ok") },
  { package: "446", sticker: "1990", look: { eyes: "closed", mouth: "small" }, name: say("sticker.thanks") },
  {
    package: "446", sticker: "1991", name: say("sticker.congratulations"),
    look: { mouth: "open", extra: ["M3 3l2 2", "M21 3l-2 2", "M12 .5v1"] },
  },
  { package: "446", sticker: "1992", look: { mouth: "flat" }, name: say("sticker.hmm") },
  { package: "446", sticker: "1993", look: { mouth: "sad", extra: ["M8 12.5v2"] }, name: say("sticker.sad") },
  { package: "789", sticker: "10855", look: { eyes: "closed" }, name: say("sticker.please") },
  { package: "789", sticker: "10856", look: { eyes: "closed", mouth: "open" }, name: say("sticker.rest") },
];

export function drawSticker(message) {
  const known = STICKERS.find((each) => each.sticker === message.stickerId && each.package === message.packageId);
  const name = known?.name ?? message.keywords?.[0] ?? `${message.packageId}/${message.stickerId}`;
  const label = el("span", { class: "sticker-name", text: name });
  const drawn = face(name, { ...known?.look, size: 76 });
  return el("div", { class: "sticker", role: "img", "aria-label": say("sticker_named", { name }) }, drawn, label);
}

export function drawPicture(message, source, label) {
  const url = message.previewImageUrl ?? message.originalContentUrl;
  if (source === null) return el("div", { class: "photo" }, missing(url));
  const picture = el("img", { class: "photo", src: source, alt: label });
  picture.addEventListener("error", () => picture.replaceWith(el("div", { class: "photo" }, missing(source))));
  return picture;
}

export function drawVideo(message, source) {
  const mark = el("div", { class: "fx-play" }, icon("play", 26));
  return el("div", { class: "photo-frame" }, drawPicture(message, source, say("video")), mark);
}

export function drawAudio(message) {
  const seconds = Math.round((message.duration ?? 0) / 1000);
  const words = seconds ? say("voice_seconds", { seconds }) : say("voice");
  return el("div", { class: "balloon with-icon" }, icon("voice", 22), el("span", { text: words }));
}

export function drawFile(message) {
  const size = message.fileSize ? `${Math.max(1, Math.round(message.fileSize / 1024)).toLocaleString("ja-JP")} KB` : "";
  return el("div", { class: "balloon with-icon" }, icon("file", 24),
    el("span", {}, el("strong", { text: message.fileName ?? say("file") }), el("small", { text: size })));
}

export function drawLocation(message) {
  const place = [Number(message.latitude).toFixed(4), Number(message.longitude).toFixed(4)].join(", ");
  return el("div", { class: "location-card" },
    el("div", { class: "location-map" }, icon("pin", 30)),
    el("div", { class: "location-words" },
      el("strong", { text: message.title ?? say("location") }),
      message.address ? el("span", { text: message.address }) : null,
      el("small", { text: place })));
}

/** An imagemap: its picture with a tappable place for each action. */
export function drawImagemap(message, imageUrl, onAction) {
  const source = imageUrl(`${message.baseUrl}/700`);
  const { width, height } = message.baseSize;
  const picture = source === null ? missing(message.baseUrl) : el("img", { src: source, alt: message.altText });
  const frame = el("div", { class: "imagemap" }, picture);
  frame.style.aspectRatio = `${width} / ${height}`;
  if (message.video) frame.append(imagemapVideo(message.video, { width, height }, imageUrl, onAction));
  for (const action of message.actions ?? []) frame.append(imagemapArea(action, { width, height }, onAction));
  return frame;
}

function imagemapArea(action, size, onAction) {
  const name = action.label ?? action.text ?? action.linkUri ?? "";
  return placed(button({ class: "imagemap-area", "aria-label": name }, () => onAction(asAction(action))), action.area, size);
}

function placed(node, area, size) {
  node.style.left = `${(100 * area.x) / size.width}%`;
  node.style.top = `${(100 * area.y) / size.height}%`;
  node.style.width = `${(100 * area.width) / size.width}%`;
  node.style.height = `${(100 * area.height) / size.height}%`;
  return node;
}

/** A video in an imagemap: its preview under a play mark, and the link that LINE offers when it has ended. */
function imagemapVideo(video, size, imageUrl, onAction) {
  const preview = drawPicture({ previewImageUrl: video.previewImageUrl }, imageUrl(video.previewImageUrl), say("video"));
  const mark = el("div", { class: "fx-play" }, icon("play", 26));
  const props = { class: "imagemap-video", role: "group", "aria-label": say("video") };
  return placed(el("div", props, preview, mark, videoLink(video.externalLink, onAction)), video.area, size);
}

function videoLink(link, onAction) {
  if (!link) return null;
  const follow = () => onAction({ type: "uri", label: link.label, uri: link.linkUri });
  return button({ class: "imagemap-link", text: link.label }, follow);
}

/** A coupon: a card that says which; what it is worth stands in LINE's manager. */
export function drawCoupon(message) {
  return el("div", { class: "coupon-card" },
    el("strong", { text: say("coupon") }), el("small", { text: message.couponId ?? "" }));
}

/** The platform knows an imagemap's action in the form of all others. */
function asAction({ area: _area, linkUri, ...rest }) {
  return linkUri ? { ...rest, uri: linkUri } : rest;
}
