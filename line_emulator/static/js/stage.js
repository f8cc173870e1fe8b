import * as api from "./api.js";
import { Phone } from "./chat/phone.js";
import { coalesce } from "./coalesce.js";
import { button, el, icon } from "./dom.js";
import { chooseUser } from "./invite.js";
import { say } from "./language.js";
import { orToast } from "./toast.js";

const MOST_PHONES = 6;
const NOBODY = say("no_users");
const DESKTOP = "Desktop LINE: no rich menu, no quick replies";
const SHOWN = new Set(["chat", "users", "menu", "loading", "cleared"]);

/** The phones side by side, each with a label that says whose it is. */
export class Stage {
  constructor(element, { imageUrl, onActive, onState }) {
    this.element = element;
    this.imageUrl = imageUrl;
    this.onActive = onActive;
    this.onState = onState;
    this.places = [];
    this.note = el("p", { class: "stage-note", text: say("loading") });
    element.append(this.note);
    this.meet = coalesce(() => api.untilAnswered(() => this.lookForUsers()));
  }

  /** Shows the first phones once there are users, who may come later than the page or be others than those shown. */
  async lookForUsers() {
    // As they are now: who comes meanwhile may be missing in the answer.
    const shown = this.places.map((place) => place.phone.user);
    const known = (await api.fetchUsers()).users.map((user) => user.id);
    if (shown.some((user) => !known.includes(user))) location.replace(location.pathname);
    else if (!known.length) this.note.textContent = NOBODY;
    else if (!this.places.length) this.fill(known);
  }

  /** The phones named in the address, or one for the first user. */
  fill(known) {
    const named = (new URLSearchParams(location.search).get("users") ?? "").split(",");
    const wanted = named.filter((id) => known.includes(id));
    for (const user of wanted.length ? wanted : known.slice(0, 1)) this.add(user);
  }

  add(user) {
    const place = new Place(user, this);
    this.places.push(place);
    this.note.remove();
    this.element.append(place.element);
    this.remember();
    this.activate(place);
    place.phone.refresh();
    place.element.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  remove(place) {
    this.places = this.places.filter((each) => each !== place);
    place.element.remove();
    this.remember();
    this.activate(this.places[0]);
  }

  /** The phone in use is the one the panel speaks of. */
  activate(place) {
    if (!place || this.active === place) return;
    this.active = place;
    for (const each of this.places) each.element.classList.toggle("active", each === place);
    this.onActive(place.phone);
  }

  remember() {
    const users = this.places.map((place) => place.phone.user).join(",");
    history.replaceState(null, "", this.places.length > 1 ? `?users=${users}` : location.pathname);
    for (const place of this.places) place.close.hidden = this.places.length === 1;
  }

  /** Every phone looks again, whosever chat it was: each shows what the others have not read. */
  heard(change) {
    if (change.what.includes("users")) this.meet();
    if (!change.what.some((kind) => SHOWN.has(kind))) return;
    this.refreshAll();
  }

  refreshAll() {
    for (const { phone } of this.places) phone.refresh();
  }

  /** Adds a phone for a user without one, or for somebody new. */
  async invite() {
    const { users } = await api.fetchUsers();
    const free = users.filter((user) => !this.shows(user.id));
    if (this.places.length >= MOST_PHONES) return;
    const user = await chooseUser(free);
    // The first user of all may be heard of before the platform has answered.
    if (user && !this.shows(user)) this.add(user);
  }

  shows(user) {
    return this.places.some((place) => place.phone.user === user);
  }
}

/** One phone on the stage with its label. */
class Place {
  constructor(user, stage) {
    this.stage = stage;
    const handed = { change: () => this.hand() };
    this.users = el("select", { class: "whose", "aria-label": say("whose_phone"), on: handed });
    const mode = { class: "button mode", "aria-pressed": "false", title: DESKTOP, text: say("desktop") };
    this.mode = button(mode, () => this.toggleMode());
    const away = { class: "icon-button", "aria-label": say("close_phone") };
    this.close = button(away, () => stage.remove(this), icon("close", 18));
    this.phone = new Phone(user, { imageUrl: stage.imageUrl, onState: (state) => this.show(state) });
    const label = el("div", { class: "place-label" }, this.users, this.mode, this.close);
    this.element = el("div", { class: "place" }, label, this.phone.element);
    this.element.addEventListener("focusin", () => stage.activate(this));
    this.element.addEventListener("pointerdown", () => stage.activate(this));
  }

  show(state) {
    this.stage.onState(this.phone);
    const sign = JSON.stringify([state.users, this.phone.user]);
    // An open list of choices would close if it were written anew.
    if (sign === this.sign) return;
    this.sign = sign;
    const options = state.users.map((user) => {
      const unread = user.unread && user.id !== this.phone.user ? say("unread_mark", { count: user.unread }) : "";
      return el("option", { value: user.id, text: `${user.name}${unread}` });
    });
    this.users.replaceChildren(...options);
    this.users.value = this.phone.user;
  }

  hand() {
    this.phone.setUser(this.users.value);
    this.stage.remember();
    this.stage.onActive(this.phone);
  }

  toggleMode() {
    const desktop = !this.phone.desktop;
    this.mode.setAttribute("aria-pressed", String(desktop));
    this.phone.setDesktop(desktop);
  }
}

export const inviteOrToast = (stage) => orToast(() => stage.invite());
