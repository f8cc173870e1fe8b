import { LANGUAGE, say } from "./language.js";

/** Times as a phone in Japan shows them, in the reader's language. */
const LOCALE = { en: "en-GB", ja: "ja-JP" }[LANGUAGE];
const ZONE = { timeZone: "Asia/Tokyo" };
const CLOCK = new Intl.DateTimeFormat(LOCALE, { ...ZONE, hour: "numeric", minute: "2-digit" });
const EXACT = new Intl.DateTimeFormat(LOCALE, { ...ZONE, hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat(LOCALE, { ...ZONE, month: "long", day: "numeric", weekday: "short" });
const KEY = new Intl.DateTimeFormat("sv-SE", ZONE);

export const clockTime = (at) => CLOCK.format(at);
export const exactTime = (at) => EXACT.format(at);
export const dayKey = (at) => KEY.format(at);

export function dayName(at, now = Date.now()) {
  if (dayKey(at) === dayKey(now)) return say("today");
  if (dayKey(at) === dayKey(now - 86400000)) return say("yesterday");
  return DAY.format(at);
}
