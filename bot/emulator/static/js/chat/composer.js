import * as api from "../api.js";
import { ask, choose } from "../dialogs.js";
import { el, icon } from "../dom.js";
import { orToast } from "../toast.js";
import { preview } from "./message.js";
import { PLACES, readBase64, sampleFile, samplePhoto } from "./samples.js";
import { STICKERS } from "./media.js";

const TEXT_LIMIT = 5000;
const FEWEST_ROWS_PX = 40;
const TALLEST_PX = 120;

/** Everything a user can send: text, stickers, pictures, files, voice, places. */
export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.trays = { attach: this.attachTray(), sticker: this.stickerTray() };
    this.input = this.textArea();
    this.mention = el("input", { type: "checkbox", checked: true });
    this.mentionRow = el("label", { class: "mention", hidden: true }, this.mention, el("span", { text: "アカウントにメンションする" }));
    this.submit = el("button", { class: "icon-button send", type: "submit", "aria-label": "送信", disabled: true }, icon("send", 20));
    this.quoteBar = el("div", { class: "quote-bar", hidden: true });
    this.element = el("div", { class: "composer" }, this.quoteBar, this.mentionRow, this.row(), ...Object.values(this.trays));
  }

  row() {
    const submit = (event) => { event.preventDefault(); this.sendText(); };
    return el("form", { class: "composer-row", on: { submit } },
      this.trayButton("attach", "plus", "写真や位置情報などを送る"), this.input,
      this.trayButton("sticker", "smile", "スタンプを送る"), this.submit);
  }

  textArea() {
    const keydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.sendText();
    };
    return el("textarea", {
      rows: "1", maxlength: TEXT_LIMIT, placeholder: "メッセージを入力", "aria-label": "メッセージを入力",
      enterkeyhint: "send", on: { keydown, input: () => this.typed() },
    });
  }

  typed() {
    this.submit.disabled = this.input.value.trim() === "";
    this.input.style.height = `${FEWEST_ROWS_PX}px`;
    this.input.style.height = `${Math.min(TALLEST_PX, this.input.scrollHeight)}px`;
    // On a phone the keyboard would cover the menu now.
    if (this.input.value) this.phone.menu.setOpen(false);
  }

  /** Puts words into the input and the caret behind them, as a button with openKeyboard does. */
  fill(words) {
    this.input.value = words;
    this.typed();
    this.phone.menu.setOpen(false);
    this.input.focus();
  }

  /** The next text will answer to this message. */
  setQuote(entry) {
    this.quote = entry?.id ?? null;
    this.quoteBar.hidden = !entry;
    if (!entry) return;
    const drop = el("button", { class: "icon-button", type: "button", "aria-label": "リプライをやめる", on: { click: () => this.setQuote(null) } }, icon("close", 16));
    this.quoteBar.replaceChildren(el("p", { text: `${entry.name ?? ""}：${preview(entry.message)}` }), drop);
    this.input.focus();
  }

  setChat({ group, blocked }) {
    this.group = group;
    this.mentionRow.hidden = !group;
    this.input.disabled = blocked;
    for (const button of this.element.querySelectorAll(".tray-button")) button.disabled = blocked;
    if (blocked) this.openTray(null);
  }

  async sendText() {
    const text = this.input.value;
    if (text.trim() === "") return;
    const fields = { text, mention_bot: this.group && this.mention.checked ? true : null, quote: this.quote };
    this.input.value = "";
    this.setQuote(null);
    this.typed();
    const sent = await this.send("text", fields);
    // What was refused is not lost: it stands in the input again.
    if (sent === null && this.input.value === "") this.fill(text);
  }

  send(kind, fields) {
    this.openTray(null);
    this.phone.thread.toEnd();
    return orToast(() => api.send(this.phone.where(), kind, fields));
  }

  openTray(name) {
    for (const [key, tray] of Object.entries(this.trays)) tray.hidden = key !== name;
    for (const button of this.element.querySelectorAll(".tray-button")) {
      button.setAttribute("aria-expanded", String(button.dataset.tray === name));
    }
    if (name) this.phone.menu.setOpen(false);
  }

  trayButton(name, picture, label) {
    const click = () => this.openTray(this.trays[name].hidden ? name : null);
    return el("button", { class: "icon-button tray-button", type: "button", "aria-label": label, "aria-expanded": "false", data: { tray: name }, on: { click } }, icon(picture, 22));
  }

  attachTray() {
    const entries = [
      ["image", "写真", () => this.sendPhoto("roll")], ["camera", "カメラ", () => this.sendPhoto("camera")],
      ["play", "動画", () => this.send("video")], ["voice", "音声", () => this.send("audio")],
      ["file", "ファイル", () => this.send("file", sampleFile())], ["pin", "位置情報", () => this.sendLocation()],
    ];
    const buttons = entries.map(([picture, label, click]) => el("button", { type: "button", class: "tray-item", on: { click } }, icon(picture, 24), el("span", { text: label })));
    return el("div", { class: "tray", role: "group", "aria-label": "送るもの", hidden: true }, ...buttons);
  }

  stickerTray() {
    const buttons = STICKERS.map((each) => el("button", {
      type: "button", class: "tray-item sticker-item", "aria-label": `スタンプ ${each.name}`,
      on: { click: () => this.send("sticker", { package: each.package, sticker: each.sticker }) },
    }, el("span", { class: "sticker-face", text: each.face }), el("span", { text: each.name })));
    return el("div", { class: "tray", role: "group", "aria-label": "スタンプ", hidden: true }, ...buttons);
  }

  /** A photo of the user's own or one drawn here. */
  async sendPhoto(kind) {
    const own = el("input", { type: "file", accept: "image/jpeg,image/png", "aria-label": "画像ファイル" });
    const drawn = samplePhoto(kind);
    const shown = el("img", { class: "dialog-photo", src: `data:image/jpeg;base64,${drawn}`, alt: "見本の写真" });
    const chosen = await ask({
      title: kind === "camera" ? "写真を撮る" : "写真を送る", over: this.phone.element, body: [shown, el("label", { class: "dialog-file" }, "手元の画像を使う", own)],
      buttons: [{ label: "キャンセル", value: null }, { label: "送信", value: () => own.files[0] ?? "drawn", main: true }],
    });
    if (chosen === null) return;
    const data = chosen === "drawn" ? drawn : await readBase64(chosen);
    await this.send("image", { data, mime: chosen === "drawn" ? "image/jpeg" : chosen.type });
  }

  async sendLocation() {
    const items = PLACES.map((place) => ({ label: place.name, value: place }));
    const place = await choose("位置情報を送る", items, this.phone.element);
    if (place === null) return;
    const { name, address, latitude, longitude } = place;
    await this.send("location", { title: name, address, latitude, longitude });
  }
}
