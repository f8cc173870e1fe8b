import { button, el, icon } from "../dom.js";
import { say } from "../language.js";
import { unreadBadge } from "./talks.js";

/** The bar over a chat: back to the list, whom one talks with, the menu of this phone. */
export class ChatHeader {
  constructor({ onBack, onMenu }) {
    this.unread = el("span", { class: "header-unread" });
    this.back = button({ class: "icon-button back", "aria-label": say("to_chat_list") }, onBack, icon("back", 22), this.unread);
    this.title = el("h2");
    this.mark = el("span", { class: "official", title: say("official"), text: "★", "aria-hidden": "true" });
    this.note = el("p", { class: "header-note" });
    const menu = button({ class: "icon-button", "aria-label": say("phone_settings") }, onMenu, icon("menu", 22));
    const title = el("div", { class: "header-title" }, this.mark, this.title);
    const words = el("div", { class: "header-words" }, title, this.note);
    this.element = el("header", { class: "chat-header" }, this.back, words, menu);
  }

  update(state, { talks, unread }) {
    const group = state.groups.find((each) => each.id === state.chat);
    this.title.textContent = talks ? say("chats") : (group?.name ?? state.bot.displayName);
    this.mark.hidden = talks || Boolean(group);
    this.note.textContent = talks ? "" : noteOf(state, group);
    this.back.hidden = talks;
    this.unread.replaceChildren(unreadBadge(unread) ?? "");
  }
}

function noteOf(state, group) {
  if (group?.bot_in) return say("people", { count: group.members.length + 1 });
  if (group) return say("people_without_bot", { count: group.members.length });
  return state.blocked ? say("blocked") : state.bot.basicId ?? "";
}
