import { el } from "../dom.js";
import { renderFlex } from "../flex.js";
import { say } from "../language.js";
import {
  drawAudio, drawCoupon, drawFile, drawImagemap, drawLocation, drawPicture, drawSticker, drawVideo,
} from "./media.js";
import { asFlex } from "./templates.js";
import { drawWords, substituted, withEmoji } from "./words.js";

/**
 * The content of one message of any sender. `context` gives onAction(action), onLink(url), imageUrl(url)
 * and nameOf(user id).
 */
export function drawMessage(message, context, entry = {}) {
  return (DRAWERS[message.type] ?? unknown)(message, context, entry);
}

const DRAWERS = {
  text: (message, context, entry) => balloon(withEmoji(message), context, entry),
  textV2: (message, context, entry) => balloon(substituted(message, context.nameOf), context, entry),
  flex: (message, context) => labelled(message.altText, renderFlex(message.contents, context)),
  template: drawTemplate,
  imagemap: (message, context) => drawImagemap(message, context.imageUrl, context.onAction),
  sticker: drawSticker,
  image: (message, context, entry) => drawPicture(message, sourceOf(message, context, entry), say("photo")),
  video: (message, context, entry) => drawVideo(message, sourceOf(message, context, entry)),
  audio: drawAudio,
  file: drawFile,
  location: drawLocation,
  coupon: drawCoupon,
};

function balloon(text, context, entry) {
  const quoted = entry.quoted ? el("blockquote", { text: entry.quoted }) : null;
  return el("div", { class: "balloon" }, quoted, ...drawWords(text, context.onLink));
}

function labelled(name, drawn) {
  return el("div", { class: "rich", role: "group", "aria-label": name }, drawn);
}

function drawTemplate(message, context) {
  const flex = asFlex(message.template);
  return flex ? labelled(message.altText, renderFlex(flex, context)) : unknown(message);
}

/** A picture the user sent is served here; one of the bot's is an address on some host. */
function sourceOf(message, context, entry) {
  if (entry.from === "user") return message.type === "image" ? `/_/content/${entry.id}` : null;
  return context.imageUrl(message.previewImageUrl ?? message.originalContentUrl);
}

function unknown(message) {
  return el("div", { class: "balloon faint", text: message.altText ?? say("of_type", { type: message.type }) });
}

/** What a chat list shows of a message: one line. */
export function preview(message) {
  return message.altText ?? message.text ?? PREVIEWS[message.type] ?? message.type;
}

const PREVIEWS = {
  sticker: say("preview.sticker"),
  image: say("preview.image"),
  video: say("preview.video"),
  audio: say("preview.audio"),
  file: say("preview.file"),
  location: say("preview.location"),
};
