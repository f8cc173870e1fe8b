import { button, el } from "../dom.js";
import { say } from "../language.js";
import { clockTime } from "../moments.js";
import { hasMenu } from "./actions.js";
import { drawMessage } from "./message.js";

/** One message with its sender, its time and what can be done with it. */
export function drawEntry({ entry, own, leads }, context, onMenu) {
  const look = `entry ${own ? "own" : "other"} ${leads ? "leads" : ""} kind-${entry.message.type}`;
  const node = el("article", { class: look, "aria-label": entryName(entry, own), data: { entry: entry.id } });
  if (!own) node.append(avatar(entry, leads, context));
  const column = el("div", { class: "entry-column" });
  if (!own && leads) column.append(el("p", { class: "sender", text: senderLine(entry) }));
  column.append(el("div", { class: "entry-row" }, content(entry, context), meta(entry, own, onMenu)));
  node.append(column);
  return node;
}

const entryName = (entry, own) =>
  say("entry_name", { who: own ? say("myself") : senderLine(entry), time: clockTime(entry.at) });

function content(entry, context) {
  if (!entry.unsent) return drawMessage(entry.message, context, entry);
  return el("div", { class: "balloon faint", text: say("message_unsent") });
}

function senderLine(entry) {
  const sender = entry.message.sender?.name;
  return sender ? `${sender} from ${entry.name}` : entry.name;
}

function avatar(entry, leads, context) {
  const face = el("div", { class: `avatar ${entry.from}`, "aria-hidden": "true" });
  const letter = [...(entry.message.sender?.name ?? entry.name ?? "？")][0];
  const icon = leads ? context.imageUrl(entry.message.sender?.iconUrl) : null;
  if (icon) face.append(portrait(icon, letter));
  else if (leads) face.textContent = letter;
  else face.classList.add("blank");
  return face;
}

/** The sender's picture; its first letter if it cannot be had. */
function portrait(source, letter) {
  const picture = el("img", { src: source, alt: "" });
  picture.addEventListener("error", () => picture.replaceWith(letter));
  return picture;
}

function meta(entry, own, onMenu) {
  const read = own && entry.read && !entry.unsent ? el("span", { class: "read", text: say("read") }) : null;
  const time = el("time", { datetime: new Date(entry.at).toISOString(), text: clockTime(entry.at) });
  const silent = entry.silent ? el("span", { class: "read", text: say("silent") }) : null;
  const more = hasMenu(entry, own) ? menuButton(entry, onMenu) : null;
  return el("div", { class: "meta" }, more, read, silent, time);
}

function menuButton(entry, onMenu) {
  return button({ class: "entry-more", "aria-label": say("message_actions"), text: "…" }, () => onMenu(entry));
}

const NOTICES = {
  blocked: say("notice.blocked"),
  unblocked: say("notice.unblocked"),
  followed: say("notice.followed"),
  joined: say("notice.joined"),
  left: say("notice.left"),
};

/** What a line between the messages says. */
export function noticeText(entry) {
  if (entry.text === "member_joined") return say("member_joined", { name: entry.name ?? "" });
  if (entry.text === "member_left") return say("member_left", { name: entry.name ?? "" });
  return NOTICES[entry.text] ?? entry.text;
}
