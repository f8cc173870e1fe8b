/** Times as a phone in Japan shows them. */
const ZONE = { timeZone: "Asia/Tokyo" };
const CLOCK = new Intl.DateTimeFormat("ja-JP", { ...ZONE, hour: "numeric", minute: "2-digit" });
const EXACT = new Intl.DateTimeFormat("ja-JP", { ...ZONE, hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("ja-JP", { ...ZONE, month: "long", day: "numeric", weekday: "short" });
const KEY = new Intl.DateTimeFormat("sv-SE", ZONE);

export const clockTime = (at) => CLOCK.format(at);
export const exactTime = (at) => EXACT.format(at);
export const dayKey = (at) => KEY.format(at);

export function dayName(at, now = Date.now()) {
  if (dayKey(at) === dayKey(now)) return "今日";
  if (dayKey(at) === dayKey(now - 86400000)) return "昨日";
  return DAY.format(at);
}
