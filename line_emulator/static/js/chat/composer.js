import * as api from "../api.js";
import { CANCEL, ask, choose } from "../dialogs.js";
import { button, el, icon } from "../dom.js";
import { say } from "../language.js";
import { orToast } from "../toast.js";
import { preview } from "./message.js";
import { PLACES, readBase64, samplePhoto } from "./samples.js";
import { EMOJI, attachTray, stickerTray } from "./trays.js";

const TEXT_LIMIT = 5000;
const FEWEST_ROWS_PX = 40;
const TALLEST_PX = 120;

/** Everything a user can send: text, stickers, pictures, files, voice, places. */
export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.trays = { attach: attachTray(this), sticker: stickerTray(this) };
    this.input = this.textArea();
    this.mention = el("input", { type: "checkbox", checked: true });
    const asked = el("span", { text: say("mention_account") });
    const bot = el("label", {}, this.mention, asked);
    this.others = el("span", { class: "mention-others" });
    this.mentionRow = el("div", { class: "mention", hidden: true }, bot, this.others);
    const looks = { class: "icon-button send", type: "submit", "aria-label": say("send"), disabled: true };
    this.submit = el("button", looks, icon("send", 20));
    this.quoteBar = el("div", { class: "quote-bar", hidden: true });
    const parts = [this.quoteBar, this.mentionRow, this.row(), ...Object.values(this.trays)];
    this.element = el("div", { class: "composer" }, ...parts);
  }

  row() {
    const submit = (event) => { event.preventDefault(); this.sendText(); };
    return el("form", { class: "composer-row", on: { submit } },
      this.trayButton("attach", "plus", say("attach")), this.input,
      this.trayButton("sticker", "smile", say("send_sticker")), this.submit);
  }

  textArea() {
    const keydown = (event) => {
      // Safari ends a conversion with a key that is no longer "composing" but still has code 229.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.sendText();
    };
    return el("textarea", {
      rows: "1", maxlength: TEXT_LIMIT, enterkeyhint: "send",
      placeholder: say("write_message"), "aria-label": say("write_message"),
      on: { keydown, input: () => this.typed() },
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
    const props = { class: "icon-button", "aria-label": say("drop_quote") };
    const drop = button(props, () => this.setQuote(null), icon("close", 16));
    const quoted = say("quoted", { name: entry.name ?? "", words: preview(entry.message) });
    this.quoteBar.replaceChildren(el("p", { text: quoted }), drop);
    this.input.focus();
  }

  setChat({ group, members, blocked }) {
    this.group = group;
    this.mentionRow.hidden = !group;
    this.offerMentions(members);
    this.input.disabled = blocked;
    for (const button of this.element.querySelectorAll(".tray-button")) button.disabled = blocked;
    if (blocked) this.openTray(null);
  }

  /** A box for everyone and one for each other member of the group; what is ticked stays ticked while it is open. */
  offerMentions(members) {
    const wanted = members.length ? [{ id: "all", name: "All" }, ...members] : [];
    const names = JSON.stringify(wanted.map(({ id, name }) => [id, name]));
    if (names === this.others.dataset.names) return;
    this.others.dataset.names = names;
    this.others.replaceChildren(...wanted.map(({ id, name }) =>
      el("label", {}, el("input", { type: "checkbox", value: id }), el("span", { text: `@${name}` }))));
  }

  mentioned() {
    const ticked = [...this.others.querySelectorAll("input:checked")].map((box) => box.value);
    return ticked.length ? ticked : null;
  }

  /** Puts the word of a LINE emoji where the caret is. */
  insert(word) {
    this.input.setRangeText(word, this.input.selectionStart, this.input.selectionEnd, "end");
    this.typed();
    this.input.focus();
  }

  async sendText() {
    const text = this.input.value;
    if (text.trim() === "") return;
    const emoji = EMOJI.map(({ word }) => word).filter((word) => text.includes(word));
    const marked = { mention_bot: this.group && this.mention.checked ? true : null, mentions: this.mentioned() };
    const fields = { text, ...marked, emoji: emoji.length ? emoji : null, quote: this.quote };
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
    const press = () => this.openTray(this.trays[name].hidden ? name : null);
    const state = { "aria-label": label, "aria-expanded": "false", data: { tray: name } };
    return button({ class: "icon-button tray-button", ...state }, press, icon(picture, 22));
  }

  /** A photo of the user's own or one drawn here. */
  async sendPhoto(kind) {
    const drawn = samplePhoto(kind);
    const chosen = await askForPhoto(kind, drawn, this.phone.element);
    if (chosen === null) return;
    const data = chosen === "drawn" ? drawn : await readBase64(chosen);
    await this.send("image", { data, mime: chosen === "drawn" ? "image/jpeg" : chosen.type });
  }

  async sendLocation() {
    const items = PLACES.map((place) => ({ label: place.name, value: place }));
    const place = await choose(say("send_location"), items, this.phone.element);
    if (place === null) return;
    const { name, address, latitude, longitude } = place;
    await this.send("location", { title: name, address, latitude, longitude });
  }
}

/** A file, "drawn" for the picture made here, or null. */
function askForPhoto(kind, drawn, over) {
  const own = el("input", { type: "file", accept: "image/jpeg,image/png", "aria-label": say("image_file") });
  const shown = el("img", { class: "dialog-photo", src: `data:image/jpeg;base64,${drawn}`, alt: say("sample_photo") });
  const label = el("label", { class: "dialog-file" }, say("own_image"), own);
  const send = { label: say("send"), value: () => own.files[0] ?? "drawn", main: true };
  const title = kind === "camera" ? say("take_photo") : say("send_photo");
  return ask({ title, over, body: [shown, label], buttons: [CANCEL, send] });
}
