import { el } from "../dom.js";

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON laid out to be read, names and values in their own colours; keyboard users can scroll it. */
export function prettyJson(value, label) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2) ?? "";
  const pre = el("pre", { class: "json", tabindex: "0", role: "region", "aria-label": label });
  pre.append(...(typeof value === "string" ? [text] : coloured(text)));
  return pre;
}

function coloured(text) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(TOKENS)) {
    parts.push(text.slice(done, match.index), el("span", { class: kindOf(match), text: match[1] ?? match[0] }));
    if (match[2]) parts.push(match[2]);
    done = match.index + match[0].length;
  }
  return [...parts, text.slice(done)];
}

function kindOf(match) {
  if (match[2]) return "json-name";
  return match[1] ? "json-text" : "json-value";
}
