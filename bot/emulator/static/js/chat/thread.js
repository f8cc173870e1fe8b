import { arrange, el, icon } from "../dom.js";
import { clockTime, dayKey, dayName } from "../moments.js";
import { hasMenu } from "./actions.js";
import { drawMessage, preview } from "./message.js";

const NEAR_END_PX = 80;

/** The messages of a chat: drawn once, kept while unchanged, followed to the end unless the reader scrolled up. */
export class Thread {
  constructor({ contextFor, onMenu }) {
    this.contextFor = contextFor;
    this.onMenu = onMenu;
    this.following = true;
    this.drawn = new Map();
    this.list = el("div", { class: "thread-list" });
    this.typing = typingMark();
    this.element = el("div", { class: "thread", role: "log", "aria-live": "polite", "aria-label": "トーク", tabindex: "0" },
      this.list, this.typing);
    this.newer = el("button", { class: "newer", type: "button", hidden: true, on: { click: () => this.toEnd() } },
      icon("down", 16), "新しいメッセージ");
    this.element.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // Pictures and fonts arrive late; the end must stay the end.
    new ResizeObserver(() => { if (this.following) this.toEnd(); }).observe(this.list);
  }

  update(state) {
    const grown = this.reconcile(itemsOf(state));
    if (this.following) this.toEnd();
    else if (grown) this.newer.hidden = false;
    this.element.setAttribute("aria-busy", "false");
  }

  /** Whoever scrolls up reads; whoever comes back to the end, or says something, follows again. */
  scrolled() {
    this.following = this.nearEnd();
    if (this.following) this.newer.hidden = true;
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
    this.newer.hidden = true;
  }

  showTyping(until) {
    clearTimeout(this.typingTimer);
    const left = (until ?? 0) - Date.now();
    this.typing.hidden = left <= 0;
    if (left > 0) {
      this.typingTimer = setTimeout(() => { this.typing.hidden = true; }, left);
      if (this.following) this.toEnd();
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
    if (!last || dayKey(last.at) !== dayKey(entry.at)) items.push({ key: `day ${dayKey(entry.at)}`, sign: dayName(entry.at), day: dayName(entry.at) });
    const leads = !last || last.from !== entry.from || last.user !== entry.user || last.at + 60000 < entry.at || senderOf(last) !== senderOf(entry);
    const own = entry.from === "user" && entry.user === state.user;
    const quoted = quoteOf(entry, state.entries);
    items.push({ key: entry.id, sign: JSON.stringify([entry.read, entry.unsent, leads, quoted]), entry: { ...entry, quoted }, leads, own });
    last = entry;
  }
  return items;
}

const senderOf = (entry) => entry.message?.sender?.name ?? entry.name;

function quoteOf(entry, entries) {
  const id = entry.message?.quotedMessageId;
  const source = id && entries.find((each) => each.id === id);
  return source ? preview(source.message) : undefined;
}

function drawEntry({ entry, own, leads }, context, onMenu) {
  const side = own ? "own" : "other";
  const node = el("article", { class: `entry ${side} ${leads ? "leads" : ""} kind-${entry.message.type}`, "aria-label": entryName(entry, own), data: { entry: entry.id } });
  if (!own) node.append(avatar(entry, leads));
  const column = el("div", { class: "entry-column" });
  if (!own && leads) column.append(el("p", { class: "sender", text: senderLine(entry) }));
  column.append(el("div", { class: "entry-row" }, content(entry, context), meta(entry, own, onMenu)));
  node.append(column);
  return node;
}

const entryName = (entry, own) => `${own ? "自分" : senderLine(entry)}、${clockTime(entry.at)}`;

function content(entry, context) {
  if (!entry.unsent) return drawMessage(entry.message, context, entry);
  return el("div", { class: "balloon faint", text: "メッセージの送信を取り消しました" });
}

function senderLine(entry) {
  const sender = entry.message.sender?.name;
  return sender ? `${sender} from ${entry.name}` : entry.name;
}

function avatar(entry, leads) {
  const face = el("div", { class: `avatar ${entry.from}`, "aria-hidden": "true" });
  if (leads) face.textContent = [...(entry.message.sender?.name ?? entry.name ?? "？")][0];
  else face.classList.add("blank");
  return face;
}

function meta(entry, own, onMenu) {
  const read = own && entry.read && !entry.unsent ? el("span", { class: "read", text: "既読" }) : null;
  const time = el("time", { datetime: new Date(entry.at).toISOString(), text: clockTime(entry.at) });
  const silent = entry.silent ? el("span", { class: "read", text: "通知なし" }) : null;
  const more = hasMenu(entry, own) ? menuButton(entry, onMenu) : null;
  return el("div", { class: "meta" }, more, read, silent, time);
}

function menuButton(entry, onMenu) {
  return el("button", { class: "entry-more", type: "button", "aria-label": "メッセージの操作", text: "…", on: { click: () => onMenu(entry) } });
}

function typingMark() {
  return el("div", { class: "typing", hidden: true, role: "status" },
    el("span", { class: "visually-hidden", text: "返信を準備しています" }), el("i"), el("i"), el("i"));
}

const NOTICES = {
  blocked: "アカウントをブロックしました", unblocked: "ブロックを解除しました", followed: "友だちに追加しました",
  joined: "アカウントがトークに参加しました", left: "アカウントがトークから退出しました",
};

function noticeText(entry) {
  if (entry.text === "member_joined") return `${entry.name ?? ""}が参加しました`;
  if (entry.text === "member_left") return `${entry.name ?? ""}が退出しました`;
  return NOTICES[entry.text] ?? entry.text;
}
