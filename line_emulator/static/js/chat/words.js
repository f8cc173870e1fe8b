import { el } from "../dom.js";
import { say } from "../language.js";
import { face } from "./faces.js";

const EMOJI = "\ue000"; // a character of nobody's, where a LINE emoji stands

const LINK = /https?:\/\/[^\s<>"'、。，．」』）】]+/g;

/** A text message's letters: links become links, everything else stays text. */
export function drawWords(text, onLink) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(LINK)) {
    parts.push(...withFaces(text.slice(done, match.index)), link(match[0], onLink));
    done = match.index + match[0].length;
  }
  return [...parts, ...withFaces(text.slice(done))].filter((part) => part !== "");
}

/** The text with a drawn face wherever a LINE emoji stands. */
const withFaces = (text) =>
  text.split(EMOJI).flatMap((part, index) => (index ? [face(say("line_emoji"), { size: "1.35em" }), part] : [part]));

function link(url, onLink) {
  const click = (event) => { event.preventDefault(); onLink(url); };
  return el("a", { href: url, rel: "noopener noreferrer", text: url, on: { click } });
}

/**
 * LINE emoji stand as "$" in a bot's text and as some words in a user's, of which `length` tells; their pictures are
 * LINE's, so a neutral face stands here.
 */
export function withEmoji(message) {
  const letters = (message.text ?? "").split("");
  for (const { index, length } of message.emojis ?? []) {
    if (length) letters.splice(index, length, EMOJI, ...Array(length - 1).fill(""));
    else if (letters[index] === "$") letters[index] = EMOJI;
  }
  return letters.join("");
}

/** A textV2 with its braces resolved: mentions by name, emoji as a neutral face. */
export function substituted(message, nameOf) {
  return (message.text ?? "").replace(/\{\{|\}\}|\{(\w{1,20})\}/g, (whole, key) => {
    if (!key) return whole[0];
    const entry = message.substitution?.[key];
    if (entry?.type === "mention") return mentioned(entry.mentionee ?? {}, nameOf);
    return entry ? EMOJI : whole;
  });
}

const mentioned = (mentionee, nameOf) => `@${mentionee.type === "all" ? "All" : nameOf(mentionee.userId)}`;
