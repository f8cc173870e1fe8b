import * as api from "../api.js";
import { coalesce } from "../coalesce.js";
import { choose } from "../dialogs.js";
import { button, el } from "../dom.js";
import { say } from "../language.js";
import { orToast } from "../toast.js";
import { messageMenu, openLink, perform } from "./actions.js";
import { Composer } from "./composer.js";
import { ChatHeader } from "./header.js";
import { QuickReplies } from "./quick.js";
import { RichMenu } from "./richmenu.js";
import { Talks, unreadElsewhere } from "./talks.js";
import { Thread } from "./thread.js";

const SCALES = [
  [say("size.small"), "0.88"], [say("size.normal"), "1"], [say("size.large"), "1.18"], [say("size.very_large"), "1.38"],
];

/** One user's LINE: what the platform says that user sees, and all that user can do. */
export class Phone {
  constructor(user, { imageUrl, onState }) {
    this.user = user;
    this.onState = onState;
    this.imageUrl = imageUrl;
    this.chat = null;
    this.desktop = false;
    this.scale = "1";
    this.onList = false;
    this.refresh = coalesce(() => orToast(() => this.load()));
    this.build();
  }

  build() {
    const onTap = (action, entry = null) => orToast(() => perform(this, action, entry));
    this.header = new ChatHeader({ onBack: () => this.showList(), onMenu: () => orToast(() => this.settings()) });
    const onMenu = (entry) => orToast(() => messageMenu(this, entry));
    this.thread = new Thread({ contextFor: (entry) => this.contextFor(entry), onMenu });
    this.quick = new QuickReplies({ onTap, imageUrl: this.imageUrl });
    this.menu = new RichMenu({ onTap, onResize: () => this.thread.keepEnd() });
    this.composer = new Composer(this);
    this.talks = new Talks({ onOpen: (chat) => this.openChat(chat) });
    this.blockedBar = this.notice(say("you_block"), say("unblock"));
    this.strangerBar = this.notice(say("not_a_friend"), say("add_friend"));
    const talk = [this.strangerBar, this.thread.element, this.thread.newer, this.quick.element];
    this.room = el("div", { class: "room" }, ...talk, this.blockedBar, this.composer.element, this.menu.element);
    this.element = el("section", { class: "phone" }, this.header.element, this.room, this.talks.element);
  }

  /** A bar with the one thing that ends what it tells of: both are a follow event to the bot. */
  notice(text, label) {
    const follow = button({ class: "button", text: label }, () => this.composer.send("follow"));
    return el("div", { class: "notice-bar", hidden: true }, el("span", { text }), follow);
  }

  /** Who does something, and in which chat, as the platform wants to know it. */
  where() {
    return { user: this.user, chat: this.chat };
  }

  contextFor(entry) {
    return {
      imageUrl: this.imageUrl,
      nameOf: (id) => this.state.users.find((user) => user.id === id)?.name ?? say("member"),
      onAction: (action) => orToast(() => perform(this, action, entry.id)),
      onLink: (url) => orToast(() => openLink(this, url)),
    };
  }

  async load() {
    const [user, chat] = [this.user, this.chat];
    const state = await api.fetchState(user, chat);
    // The phone may have been handed to someone else meanwhile; out of view, it looks again once it is seen.
    if (user !== this.user || chat !== this.chat || document.hidden) return;
    this.state = state;
    this.draw(state);
    this.onState(state);
    if (!this.onList && unreadHere(state)) await api.markSeen(user, chat);
    if (this.onList) await this.talks.update(state);
  }

  draw(state) {
    const blocked = state.blocked && !this.chat;
    this.element.setAttribute("aria-label", say("phone_of", { name: this.name() }));
    this.header.update(state, { talks: this.onList, unread: this.onList ? 0 : unreadElsewhere(state, this.chat) });
    this.quick.update(this.desktop || blocked ? null : state.quick_replies);
    this.menu.update(this.desktop || blocked ? null : state.rich_menu);
    this.blockedBar.hidden = !blocked;
    this.strangerBar.hidden = state.blocked || Boolean(this.chat) || this.isFriend(state);
    this.composer.setChat({ group: Boolean(this.chat), members: othersHere(state), blocked });
    this.thread.update(state);
    this.thread.showTyping(state.loading?.until);
  }

  isFriend(state) {
    return state.users.find((user) => user.id === this.user)?.friend ?? true;
  }

  name() {
    return this.state?.users.find((user) => user.id === this.user)?.name ?? "";
  }

  setUser(user) {
    this.user = user;
    this.openChat(null);
  }

  openChat(chat) {
    this.chat = chat;
    this.onList = false;
    this.menu.shown = null;
    this.composer.setQuote(null);
    this.thread.reset();
    this.showScreen();
  }

  showList() {
    this.onList = true;
    this.showScreen();
  }

  setDesktop(desktop) {
    this.desktop = desktop;
    this.element.classList.toggle("desktop", desktop);
    this.refresh();
  }

  showScreen() {
    this.room.hidden = this.onList;
    this.talks.element.hidden = !this.onList;
    this.refresh();
  }

  setScale(scale) {
    this.scale = scale;
    this.element.style.setProperty("--fx-scale", scale);
  }

  async settings() {
    const blocked = this.state.blocked;
    const chosenMark = (value) => (value === this.scale ? "✓ " : "");
    const labelled = (size, value) => say("text_size_choice", { mark: chosenMark(value), size });
    const scales = SCALES.map(([size, value]) => ({ label: labelled(size, value), value }));
    const block = { label: say("block"), value: "unfollow", style: "danger" };
    const items = [...scales, blocked ? { label: say("unblock"), value: "follow" } : block];
    const chosen = await choose(say("phone_settings"), items, this.element);
    if (chosen === "follow" || chosen === "unfollow") await api.send({ user: this.user }, chosen);
    else if (chosen) this.setScale(chosen);
  }
}

/** Who else is in the group that is open; nobody outside of one. */
function othersHere(state) {
  const group = state.groups.find((each) => each.id === state.chat);
  return state.users.filter((user) => user.id !== state.user && group?.members.includes(user.id));
}

function unreadHere(state) {
  const group = state.groups.find((each) => each.id === state.chat);
  const open = group ?? state.users.find((each) => each.id === state.user);
  return open?.unread > 0;
}
