import * as api from "../api.js";
import { choose, confirmLink, pickMoment, showForCopying } from "../dialogs.js";
import { say } from "../language.js";
import { toast } from "../toast.js";

/**
 * Does what LINE does when an action is tapped. `phone` gives: where(), element, desktop, and the parts an
 * action can reach (composer, menu).
 */
export async function perform(phone, action, entry = null) {
  const params = action.type === "datetimepicker" ? await pickMoment(action, phone.element) : null;
  if (action.type === "datetimepicker" && params === null) return;
  const answer = await api.tap(phone.where(), action, entry, params);
  await (AFTER[answer.did] ?? nothing)(phone, action);
}

const nothing = () => undefined;

const AFTER = {
  postback: applyInputOption,
  uri: (phone, action) => openLink(phone, linkOf(phone, action)),
  clipboard: (phone, action) => copy(phone, action.clipboardText),
  camera: (phone) => phone.composer.sendPhoto("camera"),
  cameraRoll: (phone) => phone.composer.sendPhoto("roll"),
  location: (phone) => phone.composer.sendLocation(),
};

function applyInputOption(phone, action) {
  const { composer, menu } = phone;
  if (action.inputOption === "closeRichMenu") menu.setOpen(false);
  if (action.inputOption === "openRichMenu") menu.setOpen(true);
  if (action.inputOption === "openKeyboard") composer.fill(action.fillInText ?? "");
  if (action.inputOption === "openVoice") composer.openTray("attach");
}

const linkOf = (phone, action) => (phone.desktop && action.altUri?.desktop) || action.uri;

/** Opens an address in a new tab once the user has said yes. */
export async function openLink(phone, url) {
  if (!(await confirmLink(url, phone.element))) return;
  if (/^(https?|tel|mailto):/i.test(url)) window.open(url, "_blank", "noopener,noreferrer");
  else toast(say("opens_in_line"));
}

export async function copy(phone, text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(say("copied"));
  } catch {
    await showForCopying(text, phone.element);
  }
}

const QUOTABLE = new Set(["text", "textV2", "sticker", "image", "video"]);

/** Whether anything can be done with a message. */
export function hasMenu(entry, own) {
  return !entry.unsent && (own ? entry.via === "message" : QUOTABLE.has(entry.message.type));
}

/** What can be done with a message: answer to it, copy it, take one's own back. */
export async function messageMenu(phone, entry) {
  const chosen = await choose(say("message"), menuItems(phone, entry), phone.element);
  if (chosen === "quote") phone.composer.setQuote(entry);
  if (chosen === "copy") await copy(phone, entry.message.text);
  if (chosen === "unsend") await api.send(phone.where(), "unsend", { message: entry.id });
}

function menuItems(phone, entry) {
  const items = [];
  if (QUOTABLE.has(entry.message.type)) items.push({ label: say("quote"), value: "quote" });
  if (entry.message.type === "text") items.push({ label: say("copy"), value: "copy" });
  if (entry.user === phone.user) items.push({ label: say("unsend"), value: "unsend", style: "danger" });
  return items;
}
