import { el, icon } from "../dom.js";
import { unreadBadge } from "./talks.js";

/** The bar over a chat: back to the list, whom one talks with, the menu of this phone. */
export class ChatHeader {
  constructor({ onBack, onMenu }) {
    this.unread = el("span", { class: "header-unread" });
    this.back = el("button", { class: "icon-button back", type: "button", "aria-label": "トーク一覧へ", on: { click: onBack } }, icon("back", 22), this.unread);
    this.title = el("h2");
    this.mark = el("span", { class: "official", title: "公式アカウント", text: "★", "aria-hidden": "true" });
    this.note = el("p", { class: "header-note" });
    const menu = el("button", { class: "icon-button", type: "button", "aria-label": "この電話の設定", on: { click: onMenu } }, icon("menu", 22));
    this.element = el("header", { class: "chat-header" }, this.back, el("div", { class: "header-words" }, el("div", { class: "header-title" }, this.mark, this.title), this.note), menu);
  }

  update(state, { talks, unread }) {
    const group = state.groups.find((each) => each.id === state.chat);
    this.title.textContent = talks ? "トーク" : (group?.name ?? state.bot.displayName);
    this.mark.hidden = talks || Boolean(group);
    this.note.textContent = talks ? "" : noteOf(state, group);
    this.back.hidden = talks;
    this.unread.replaceChildren(unreadBadge(unread) ?? "");
  }
}

function noteOf(state, group) {
  if (group) return `${group.members.length + (group.bot_in ? 1 : 0)}人${group.bot_in ? "" : "・アカウントは不参加"}`;
  return state.blocked ? "ブロック中" : state.bot.basicId ?? "";
}
