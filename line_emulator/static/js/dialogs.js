import { button, el } from "./dom.js";
import { say } from "./language.js";

/**
 * Opens a modal dialog and waits: the chosen button's `value` (called, if a function), or null when dismissed.
 * `over` is the phone it belongs to and stands over.
 */
export function ask({ title, body = [], buttons, over = null, kind = "plain" }) {
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: `dialog dialog-${kind}`, "aria-label": title });
    let chosen = null;
    const finish = ({ value }) => {
      chosen = typeof value === "function" ? value() : value;
      if (chosen !== undefined) dialog.close();
    };
    const form = dialogForm({ title, body, buttons, finish });
    dialog.append(form);
    dialog.addEventListener("close", () => { dialog.remove(); resolve(chosen ?? null); });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
    dialog.showModal();
    if (over) centre(dialog, over);
  });
}

function dialogForm({ title, body, buttons, finish }) {
  const row = el("div", { class: "dialog-buttons" }, ...buttons.map((each) => dialogButton(each, finish)));
  const main = buttons.find((each) => each.main) ?? buttons[0];
  const submit = (event) => { event.preventDefault(); finish(main); };
  return el("form", { method: "dialog", novalidate: true, on: { submit } }, el("h2", { text: title }), ...body, row);
}

function dialogButton(given, finish) {
  const look = `button ${given.main ? "primary" : ""} ${given.style ?? ""}`;
  if (given.main) return el("button", { class: look, type: "submit", text: given.label });
  return button({ class: look, text: given.label }, () => finish(given));
}

function centre(dialog, over) {
  const frame = over.getBoundingClientRect();
  const room = document.documentElement;
  const left = frame.left + frame.width / 2 - dialog.offsetWidth / 2;
  const top = frame.top + frame.height / 2 - dialog.offsetHeight / 2;
  const within = (value, size, most) => Math.max(8, Math.min(value, most - size - 8));
  dialog.style.margin = "0";
  dialog.style.left = `${within(left, dialog.offsetWidth, room.clientWidth)}px`;
  dialog.style.top = `${within(top, dialog.offsetHeight, room.clientHeight)}px`;
}

export const CANCEL = { label: say("cancel"), value: null };

/** Asks before a link is opened, with its whole address in view. */
export function confirmLink(url, over) {
  const address = el("p", { class: "dialog-address", text: url });
  return ask({
    title: say("open_link"), over, body: [address],
    buttons: [CANCEL, { label: say("open"), value: true, main: true }],
  });
}

/** A list of choices, one of them or null. */
export function choose(title, items, over) {
  const choices = items.map((item) => ({ ...item, style: `choice ${item.style ?? ""}` }));
  const buttons = [...choices, { label: say("close"), value: null, style: "quiet" }];
  return ask({ title, over, buttons, kind: "sheet" });
}

const PICKERS = {
  date: { type: "date", title: say("pick.date") },
  time: { type: "time", title: say("pick.time") },
  datetime: { type: "datetime-local", title: say("pick.datetime") },
};

/** The date picker of a datetimepicker action: its params, or null. */
export function pickMoment(action, over) {
  const picker = PICKERS[action.mode] ?? PICKERS.date;
  const input = el("input", {
    type: picker.type, class: "dialog-moment", "aria-label": picker.title, required: true,
    min: normal(action.min), max: normal(action.max), value: normal(action.initial) ?? startingMoment(action.mode),
  });
  const problem = el("p", { class: "dialog-problem", role: "alert" });
  const value = () => {
    if (input.checkValidity() && input.value) return { [action.mode]: input.value.slice(0, 16) };
    problem.textContent = input.validationMessage || say("pick.nothing");
    return undefined;
  };
  const buttons = [CANCEL, { label: say("pick.done"), value, main: true }];
  return ask({ title: picker.title, over, body: [input, problem], buttons });
}

const normal = (value) => value?.replace("t", "T");

function startingMoment(mode) {
  const local = new Date(Date.now() + 9 * 3600000).toISOString();
  return { date: local.slice(0, 10), time: local.slice(11, 16), datetime: local.slice(0, 16) }[mode];
}

/** Shows a text to copy by hand where the browser keeps its clipboard to itself. */
export function showForCopying(text, over) {
  const area = el("textarea", { class: "dialog-copy", readonly: true, rows: "4", "aria-label": say("text_to_copy") });
  area.value = text;
  setTimeout(() => area.select());
  return ask({ title: say("please_copy"), over, body: [area], buttons: [{ label: say("close"), value: null, main: true }] });
}
