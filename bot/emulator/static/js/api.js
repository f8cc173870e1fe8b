/** The emulator's own HTTP API, one function a request; what it refuses is thrown as Refused. */
export class Refused extends Error {}

async function request(path, options = {}) {
  const response = await fetch(path, options).catch(unreachable);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error ?? `${response.status}`);
  return answer;
}

function unreachable() {
  throw new Refused("エミュレーターにつながりません。");
}

const post = (path, body) =>
  request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

function query(fields) {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

export const fetchState = (user, chat) => request(`/_/state${query({ user, chat })}`);
export const fetchPanel = (user) => request(`/_/panel${query({ user, limit: 30 })}`);
export const fetchGallery = () => request("/_/gallery.json");
export const addUser = (name, follows) => post("/_/users", { name, follows });
export const addGroup = (name, kind, members, invite) => post("/_/groups", { name, kind, members, invite });
export const markSeen = (user, chat) => post("/_/seen", compact({ user, chat }));
export const send = (where, kind, fields = {}) => post("/_/send", compact({ ...where, kind, ...fields }));
export const tap = (where, action, entry, params) => post("/_/tap", compact({ ...where, action, entry, params }));
export const setControl = (switches) => post("/_/control", switches);
export const doOnce = (what, fields = {}) => post("/_/do", compact({ what, ...fields }));
export const clear = (what) => post("/_/clear", { what });

function compact(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

const RETRY_MS = 2000;

/** Server-sent changes, connected again whenever the line breaks; `onLink` hears whether it stands. */
export function listen(onChange, onLink) {
  const source = new EventSource("/_/events");
  source.addEventListener("change", (event) => onChange(JSON.parse(event.data)));
  source.addEventListener("open", () => onLink(true));
  source.addEventListener("error", () => {
    onLink(false);
    // Browsers differ in which errors they try again after.
    source.close();
    setTimeout(() => listen(onChange, onLink), RETRY_MS);
  });
}

/** Whether this server lets the page show pictures of other hosts; by default it does not. */
export async function allowsOtherHosts() {
  const response = await fetch("/", { method: "HEAD" });
  return /img-src[^;]*https:/.test(response.headers.get("Content-Security-Policy") ?? "");
}
