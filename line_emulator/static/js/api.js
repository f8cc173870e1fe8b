import { say } from "./language.js";

/** The emulator's own HTTP API, one function a request; what it refuses is thrown as Refused. */
export class Refused extends Error {}

// Reading waits for nothing; what acts may wait for the bot, to which the emulator gives its own time.
const READ_WITHIN_MS = 10_000;
const ACT_WITHIN_MS = 60_000;

async function request(path, options = {}) {
  const signal = AbortSignal.timeout(options.method === "POST" ? ACT_WITHIN_MS : READ_WITHIN_MS);
  const response = await fetch(path, { ...options, signal }).catch(unreachable);
  const answer = await response.json().catch((error) => (signal.aborted ? unreachable(error) : {}));
  if (!response.ok) throw new Refused(answer.error ?? `${response.status}`);
  return answer;
}

function unreachable(error) {
  if (error.name === "TimeoutError") throw new Refused(say("no_answer_in_time"));
  throw new Refused(say("unreachable"));
}

const post = (path, body) =>
  request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

function query(fields) {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

export const fetchUsers = () => request("/_/users");
export const fetchState = (user, chat) => request(`/_/state${query({ user, chat })}`);
export const fetchPanel = (user) => request(`/_/panel${query({ user, limit: 30 })}`);
export const fetchGallery = () => request("/_/gallery.json");
export const fetchManager = (user) => request(`/_/manager${query({ user })}`);
export const replyAsPerson = (user, text) => post("/_/manager/reply", { user, text });
export const addUser = (name, follows) => post("/_/users", { name, follows });
export const addGroup = (name, kind, members, invite) => post("/_/groups", { name, kind, members, invite });
export const markSeen = (user, chat) => post("/_/seen", compact({ user, chat }));
export const send = (where, kind, fields = {}) => post("/_/send", compact({ ...where, kind, ...fields }));
export const tap = (where, action, entry, params) => post("/_/tap", compact({ ...where, action, entry, params }));
export const setControl = (switches) => post("/_/control", switches);
export const doOnce = (what, fields = {}) => post("/_/do", compact({ what, ...fields }));
export const advance = (seconds) => post("/_/advance", { seconds });
export const clear = (what) => post("/_/clear", { what });

function compact(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

const RETRY_MS = 2000;

/** For what the page cannot begin without: asks again until there is an answer. */
export async function untilAnswered(ask) {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await new Promise((resolve) => { setTimeout(resolve, RETRY_MS); });
    }
  }
}

/**
 * Server-sent changes while the page is in view, connected again whenever the line breaks; `onLink` hears whether it
 * stands. A page out of view lets go of its line: a browser has six for all tabs, and its first change tells all.
 */
export function listen(onChange, onLink) {
  let source = null;
  let retry = 0;
  const close = () => {
    clearTimeout(retry);
    source?.close();
  };
  const open = () => {
    close();
    source = new EventSource("/_/events");
    source.addEventListener("change", (event) => onChange(JSON.parse(event.data)));
    source.addEventListener("open", () => onLink(true));
    source.addEventListener("error", () => {
      onLink(false);
      // Browsers differ in which errors they try again after.
      close();
      retry = setTimeout(open, RETRY_MS);
    });
  };
  const follow = () => (document.hidden ? close() : open());
  document.addEventListener("visibilitychange", follow);
  follow();
}

/** Whether this server lets the page show pictures of other hosts; by default it does not. */
export async function pictureRules() {
  const signal = AbortSignal.timeout(READ_WITHIN_MS);
  const response = await fetch("/", { method: "HEAD", signal }).catch(unreachable);
  const othersToo = /img-src[^;]*https:/.test(response.headers.get("Content-Security-Policy") ?? "");
  const hosts = (response.headers.get("X-Picture-Hosts") ?? "").split(" ").filter(Boolean);
  return { othersToo, hosts };
}
