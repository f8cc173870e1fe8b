import { arrange, button, el, icon } from "../dom.js";
import { say } from "../language.js";
import { dayKey, dayName } from "../moments.js";
import { drawEntry, noticeText } from "./entry.js";
import { preview } from "./message.js";

const NEAR_END_PX = 80;
const RUN_MS = 60000;

/** The messages of a chat: drawn once, kept while unchanged, followed to the end unless the reader scrolled up. */
export class Thread {
  constructor({ contextFor, onMenu }) {
    this.contextFor = contextFor;
    this.onMenu = onMenu;
    this.following = true;
    this.top = 0;
    this.drawn = new Map();
    this.list = el("div", { class: "thread-list" });
    this.typing = typingMark();
    const props = { class: "thread", role: "log", "aria-live": "polite", "aria-label": say("chat"), tabindex: "0" };
    this.element = el("div", props, this.list, this.typing);
    const arrow = icon("down", 16);
    this.newer = button({ class: "newer", hidden: true }, () => this.toEnd(), arrow, say("new_message"));
    this.element.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // Pictures and fonts arrive late; the end must stay the end.
    new ResizeObserver(() => this.keepEnd()).observe(this.list);
  }

  update(state) {
    this.scrolled();
    const grown = this.reconcile(itemsOf(state));
    if (this.following) this.toEnd();
    else if (grown) this.newer.hidden = false;
    this.element.setAttribute("aria-busy", "false");
  }

  /**
   * Whoever scrolls up reads; whoever comes back to the end, or says something, follows again. An end that moved away
   * by itself is no scrolling up. Asked before anything moves, too: the browser tells of a scroll only with a frame.
   */
  scrolled() {
    const { scrollTop } = this.element;
    if (this.nearEnd()) this.following = true;
    else if (scrollTop < this.top) this.following = false;
    if (this.following) this.newer.hidden = true;
    this.top = scrollTop;
  }

  /** Stays at the end while the room for it changes. */
  keepEnd() {
    this.scrolled();
    if (this.following) this.toEnd();
  }

  /** Forgets what is drawn, for another chat. */
  reset() {
    this.drawn.clear();
    this.list.replaceChildren();
    this.newer.hidden = true;
    this.following = true;
    // A whole chat appearing at once is not news to be read out.
    this.element.setAttribute("aria-busy", "true");
  }

  nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  toEnd() {
    this.following = true;
    this.element.scrollTop = this.element.scrollHeight;
    this.top = this.element.scrollTop;
    this.newer.hidden = true;
  }

  showTyping(until) {
    clearTimeout(this.typingTimer);
    const left = (until ?? 0) - Date.now();
    this.typing.hidden = left <= 0;
    if (left > 0) {
      this.typingTimer = setTimeout(() => { this.typing.hidden = true; }, left);
      this.keepEnd();
    }
  }

  reconcile(items) {
    const before = this.drawn;
    this.drawn = new Map();
    for (const item of items) {
      const kept = before.get(item.key);
      this.drawn.set(item.key, kept?.sign === item.sign ? kept : { sign: item.sign, node: this.draw(item) });
    }
    arrange(this.list, [...this.drawn.values()].map(({ node }) => node));
    return items.some((item) => !before.has(item.key));
  }

  draw(item) {
    if (item.day) return el("p", { class: "day", text: item.day });
    if (item.entry.from === "notice") return el("p", { class: "notice", text: noticeText(item.entry) });
    return drawEntry(item, this.contextFor(item.entry), this.onMenu);
  }
}

/** Entries with a mark at each new day; `sign` changes when an entry has to be drawn anew. */
function itemsOf(state) {
  const items = [];
  let last = null;
  for (const entry of state.entries) {
    if (!last || dayKey(last.at) !== dayKey(entry.at)) items.push(dayItem(entry.at));
    items.push(entryItem(entry, last, state));
    last = entry;
  }
  return items;
}

const dayItem = (at) => ({ key: `day ${dayKey(at)}`, sign: dayName(at), day: dayName(at) });

function entryItem(entry, last, state) {
  const leads = !last || isNewRun(entry, last);
  const own = entry.from === "user" && entry.user === state.user;
  const quoted = quoteOf(entry, state.entries);
  const sign = JSON.stringify([entry.read, entry.unsent, leads, quoted]);
  return { key: entry.id, sign, entry: { ...entry, quoted }, leads, own };
}

/** A run is what one sender says within a minute; its first message carries face and name. */
function isNewRun(entry, last) {
  const other = last.from !== entry.from || last.user !== entry.user || senderOf(last) !== senderOf(entry);
  return other || last.at + RUN_MS < entry.at;
}

const senderOf = (entry) => entry.message?.sender?.name ?? entry.name;

function quoteOf(entry, entries) {
  const id = entry.message?.quotedMessageId;
  const source = id && entries.find((each) => each.id === id);
  return source ? preview(source.message) : undefined;
}

function typingMark() {
  return el("div", { class: "typing", hidden: true, role: "status" },
    el("span", { class: "visually-hidden", text: say("preparing") }), el("i"), el("i"), el("i"));
}
