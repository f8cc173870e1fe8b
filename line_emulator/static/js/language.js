import en from "./languages/en.js";
import ja from "./languages/ja.js";

/** Japanese for a browser that prefers it, English for every other one. */
export const LANGUAGE = /^ja\b/i.test(navigator.language) ? "ja" : "en";

const WORDS = { en, ja }[LANGUAGE];

/** The words for a meaning, with each `{name}` in them replaced by that value. */
export const say = (meaning, values = {}) => WORDS[meaning].replace(/\{(\w+)\}/g, (_, name) => values[name]);
