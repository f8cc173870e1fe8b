import { el } from "./dom.js";

const SHOWN_MS = 3200;

/** A short notice at the foot of the page, read out by screen readers. */
export function toast(text, { bad = false } = {}) {
  const note = el("p", { class: bad ? "toast bad" : "toast", text });
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), bad ? 2 * SHOWN_MS : SHOWN_MS);
}

/** Runs something that may be refused; the refusal becomes a notice and the result null. */
export async function orToast(work) {
  try {
    return await work();
  } catch (error) {
    toast(error.message, { bad: true });
    return null;
  }
}
