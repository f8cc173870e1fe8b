/*
 * The gallery draws every sample that `GET /_/gallery.json` names:
 *
 *     {"templates": [{"name": "verdict", "note": "one line, optional", "message": {…a LINE message object…}}, …]}
 *
 * A bare list is taken too. `message` may be of any type that a bot can send (Flex, text, template …);
 * a Flex container on its own ("bubble", "carousel") is drawn as well. Samples of one template share its
 * name and are told apart by `note`. Buttons are drawn but do nothing.
 */
import { pictureRules, fetchGallery } from "./api.js";
import { drawMessage } from "./chat/message.js";
import { QuickReplies } from "./chat/quick.js";
import { el } from "./dom.js";
import { say } from "./language.js";
import { ownPictures } from "./pictures.js";

const byId = (id) => document.getElementById(id);

function asMessage(given) {
  const container = given.type === "bubble" || given.type === "carousel";
  return container ? { type: "flex", altText: "", contents: given } : given;
}

function card(sample, context) {
  const message = asMessage(sample.message);
  const bytes = new TextEncoder().encode(JSON.stringify(message)).length;
  const name = `${sample.name} ${sample.note ?? ""}`.toLowerCase();
  return el("section", { class: "gallery-card", "aria-label": sample.name, data: { name } },
    el("h2", { text: sample.name }),
    sample.note ? el("p", { class: "gallery-note", text: sample.note }) : null,
    el("div", { class: "gallery-drawing" }, drawMessage(message, context), chips(message, context)),
    el("p", { class: "gallery-alt", text: message.altText ?? "" }),
    el("p", { class: "gallery-size", text: `${(bytes / 1000).toFixed(1)} KB` }));
}

function chips(message, context) {
  if (!message.quickReply) return null;
  const quick = new QuickReplies({ onTap: context.onAction, imageUrl: context.imageUrl });
  quick.update({ items: message.quickReply.items });
  return quick.element;
}

function showCount() {
  const shown = document.querySelectorAll(".gallery-card:not([hidden])").length;
  byId("gallery-count").textContent = say("gallery_count", { count: shown });
}

function filter(words) {
  for (const each of document.querySelectorAll(".gallery-card")) {
    each.hidden = !each.dataset.name.includes(words.toLowerCase());
  }
  showCount();
}

function wireTools() {
  byId("gallery-filter").addEventListener("input", (event) => filter(event.target.value.trim()));
  byId("gallery-scale").addEventListener("change", (event) => {
    byId("gallery").style.setProperty("--fx-scale", event.target.value);
  });
}

const SHOWN_ONLY = { onAction: () => undefined, onLink: () => undefined, nameOf: () => say("member") };

async function start() {
  const context = { ...SHOWN_ONLY, imageUrl: ownPictures(await pictureRules()) };
  const answer = await fetchGallery();
  const samples = Array.isArray(answer) ? answer : answer.templates;
  byId("gallery").replaceChildren(...samples.map((sample) => card(sample, context)));
  byId("gallery").setAttribute("aria-busy", "false");
  wireTools();
  showCount();
}

start().catch((error) => {
  byId("gallery-count").textContent = say("gallery_failed", { reason: error.message });
});
