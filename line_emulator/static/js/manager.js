/* The manager's view: who has written, what the bot has marked as read, and answers by a person. */
import { fetchManager, listen, replyAsPerson } from "./api.js";
import { coalesce } from "./coalesce.js";
import { arrange, button, el } from "./dom.js";
import { say } from "./language.js";

const byId = (id) => document.getElementById(id);
const WRITERS = { user: say("user"), bot: say("bot"), manager: say("staff") };
const buttons = new Map();
let chosen = null;

const unreadWords = (count) => (count ? say("unread_count", { count }) : say("none_unread"));

/** One button a person, kept while the list changes, so that it keeps its focus. */
function row(person) {
  if (!buttons.has(person.id)) buttons.set(person.id, button({ class: "manager-person" }, () => choose(person)));
  const node = buttons.get(person.id);
  node.setAttribute("aria-pressed", String(person.id === chosen));
  node.replaceChildren(
    el("b", { text: person.name }),
    el("span", { class: "manager-unread", text: unreadWords(person.unread) }),
    el("span", { class: "manager-latest", text: person.latest }));
  return node;
}

function entry(shown) {
  const mark = shown.read === null ? "" : shown.read ? say("read") : say("unread");
  return el("p", { class: `manager-entry from-${shown.from}` },
    el("b", { text: WRITERS[shown.from] }),
    el("span", { class: "manager-text", text: shown.text }),
    mark ? el("small", { text: mark }) : null);
}

const refresh = coalesce(async () => {
  const asked = chosen;
  try {
    const { people, entries } = await fetchManager(asked);
    arrange(byId("people"), people.map(row));
    if (asked === null || asked !== chosen) return;
    const list = byId("entries");
    list.replaceChildren(...entries.map(entry));
    list.scrollTop = list.scrollHeight;
    const reachable = people.find((one) => one.id === asked)?.reachable ?? false;
    byId("reply").hidden = !reachable;
  } catch (error) {
    forget(error);
  }
});

/** After a reset the chosen user is gone; anything else is told and tried again with the next change. */
function forget(error) {
  chosen = null;
  byId("chat-name").textContent = error.message;
  byId("entries").replaceChildren();
  byId("reply").hidden = true;
}

function choose(person) {
  chosen = person.id;
  byId("chat-name").textContent = say("person", { name: person.name });
  byId("trouble").textContent = "";
  refresh();
}

byId("reply").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await replyAsPerson(chosen, byId("words").value);
    byId("words").value = "";
    byId("trouble").textContent = "";
  } catch (error) {
    byId("trouble").textContent = say("not_sent", { reason: error.message });
  }
});

listen(refresh, (up) => { byId("link-state").textContent = up ? say("connected") : say("reconnecting"); });
refresh();
