import { button, el, icon } from "../dom.js";
import { missing } from "../flex/picture.js";

/** Our own faces for the stickers the page can send; LINE's drawings stay with LINE. */
export const STICKERS = [
  { package: "446", sticker: "1988", face: "😊", name: "よろしく" },
  { package: "446", sticker: "1989", face: "👍", name: "了解" },
  { package: "446", sticker: "1990", face: "🙏", name: "ありがとう" },
  { package: "446", sticker: "1991", face: "🎉", name: "おめでとう" },
  { package: "446", sticker: "1992", face: "🤔", name: "うーん" },
  { package: "446", sticker: "1993", face: "😢", name: "かなしい" },
  { package: "789", sticker: "10855", face: "🙇", name: "お願いします" },
  { package: "789", sticker: "10856", face: "☕", name: "ひとやすみ" },
];

export function drawSticker(message) {
  const known = STICKERS.find((each) => each.sticker === message.stickerId && each.package === message.packageId);
  const name = known?.name ?? message.keywords?.[0] ?? `${message.packageId}/${message.stickerId}`;
  const face = el("span", { class: "sticker-face", text: known?.face ?? "🙂" });
  const label = el("span", { class: "sticker-name", text: name });
  return el("div", { class: "sticker", role: "img", "aria-label": `スタンプ ${name}` }, face, label);
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
  return el("div", { class: "photo-frame" }, drawPicture(message, source, "動画"), mark);
}

export function drawAudio(message) {
  const seconds = Math.round((message.duration ?? 0) / 1000);
  const words = seconds ? `音声 ${seconds}秒` : "音声";
  return el("div", { class: "balloon with-icon" }, icon("voice", 22), el("span", { text: words }));
}

export function drawFile(message) {
  const size = message.fileSize ? `${Math.max(1, Math.round(message.fileSize / 1024)).toLocaleString("ja-JP")} KB` : "";
  return el("div", { class: "balloon with-icon" }, icon("file", 24),
    el("span", {}, el("strong", { text: message.fileName ?? "ファイル" }), el("small", { text: size })));
}

export function drawLocation(message) {
  const place = [Number(message.latitude).toFixed(4), Number(message.longitude).toFixed(4)].join(", ");
  return el("div", { class: "location-card" },
    el("div", { class: "location-map" }, icon("pin", 30)),
    el("div", { class: "location-words" },
      el("strong", { text: message.title ?? "位置情報" }),
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
  for (const action of message.actions ?? []) frame.append(imagemapArea(action, { width, height }, onAction));
  return frame;
}

function imagemapArea(action, size, onAction) {
  const name = action.label ?? action.text ?? action.linkUri ?? "";
  const spot = button({ class: "imagemap-area", "aria-label": name }, () => onAction(asAction(action)));
  spot.style.left = `${(100 * action.area.x) / size.width}%`;
  spot.style.top = `${(100 * action.area.y) / size.height}%`;
  spot.style.width = `${(100 * action.area.width) / size.width}%`;
  spot.style.height = `${(100 * action.area.height) / size.height}%`;
  return spot;
}

/** The platform knows an imagemap's action in the form of all others. */
function asAction({ area: _area, linkUri, ...rest }) {
  return linkUri ? { ...rest, uri: linkUri } : rest;
}
