/* Puts the page's own words, which stand in English in its HTML, into the reader's language. */
import { LANGUAGE, say } from "./language.js";

document.documentElement.lang = LANGUAGE;
for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
for (const node of document.querySelectorAll("[data-say-label]")) {
  node.setAttribute("aria-label", say(node.dataset.sayLabel));
}
