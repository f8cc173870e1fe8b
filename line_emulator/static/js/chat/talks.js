import * as api from "../api.js";
import { button, el } from "../dom.js";
import { say } from "../language.js";
import { clockTime } from "../moments.js";
import { orToast } from "../toast.js";
import { preview } from "./message.js";

/** The list of one user's chats: the account itself and the groups, with what is unread. */
export class Talks {
  constructor({ onOpen }) {
    this.onOpen = onOpen;
    this.list = el("ul", { class: "talk-list" });
    this.element = el("nav", { class: "talks", "aria-label": say("chat_list"), hidden: true }, this.list);
  }

  async update(state) {
    const chats = chatsOf(state);
    const latest = await orToast(() => Promise.all(chats.map((chat) => latestIn(state, chat))));
    if (!latest) return;
    const shown = chats.map(({ id, name, unread }, place) => ({ id, name, unread, ...lastOf(latest[place]) }));
    const sign = JSON.stringify(shown);
    // A row that is drawn anew takes no press that began on the old one: only what can be seen is a reason.
    if (sign === this.sign) return;
    this.sign = sign;
    this.list.replaceChildren(...shown.map((chat) => this.row(chat)));
  }

  row(chat) {
    const look = `avatar ${chat.id ? "group" : "bot"}`;
    const face = el("span", { class: look, "aria-hidden": "true", text: [...chat.name][0] });
    const time = chat.at ? el("time", { text: clockTime(chat.at) }) : null;
    return el("li", {}, button({ class: "talk" }, () => this.onOpen(chat.id), face,
      el("span", { class: "talk-words" }, el("strong", { text: chat.name }), el("span", { text: chat.words })),
      el("span", { class: "talk-side" }, time, unreadBadge(chat.unread))));
  }
}

async function latestIn(state, chat) {
  return (await api.fetchState(state.user, chat.id)).entries.filter((entry) => entry.message).at(-1);
}

const lastOf = (entry) => (entry ? { words: lastLine(entry), at: entry.at } : { words: say("no_messages") });
const lastLine = (entry) => (entry.unsent ? say("message_unsent") : preview(entry.message));

/** A chat without an id is the one with the account itself. */
function chatsOf(state) {
  const self = state.users.find((user) => user.id === state.user);
  const groups = state.groups.filter((group) => group.members.includes(state.user));
  return [{ id: null, name: state.bot.displayName, unread: self?.unread ?? 0 }, ...groups];
}

/** All that is unread in the chats that are not open. */
export function unreadElsewhere(state, open) {
  return chatsOf(state).filter((chat) => chat.id !== open).reduce((sum, chat) => sum + (chat.unread ?? 0), 0);
}

export function unreadBadge(count) {
  if (!count) return null;
  return el("span", { class: "badge" }, String(count), el("span", { class: "visually-hidden", text: say("unread_badge") }));
}
