import * as api from "../api.js";
import { button, el } from "../dom.js";
import { say } from "../language.js";
import { orToast, toast } from "../toast.js";
import { Clock } from "./clock.js";
import { askForGroup } from "./group_dialog.js";
import { FROM_BOT, TO_BOT } from "./switch_list.js";

/** The switches and one-time actions; `phone()` is the phone they are about. */
export class Switches {
  constructor({ phone, onDone }) {
    this.phone = () => phone() ?? refuse(say("no_phone"));
    this.onDone = onDone;
    this.controls = new Map();
    this.touches = 0;
    this.untaken = 0;
    this.held = el("span");
    this.clock = new Clock(onDone);
    this.element = el("div", { class: "switches" }, this.toBot(), this.fromBot(), this.user(), this.clock.element, this.forget());
  }

  /** `touches` as they were at the asking: an answer from before the last touch would turn that switch back. */
  update({ control, held, now }, touches) {
    this.clock.update(now);
    const stands = touches === this.touches && !this.untaken;
    if (stands) for (const [name, set] of this.controls) set(control[name]);
    this.held.textContent = held ? say("held", { count: held }) : "";
  }

  showPhone(phone) {
    this.blockButton.textContent = phone.state?.blocked ? say("unblock") : say("block_short");
    this.whose.textContent = say("phone_of", { name: phone.name() });
  }

  toBot() {
    return group(say("to_bot"), ...TO_BOT.map((each) => this.switch(each)), el("div", { class: "button-row" },
      this.action(say("redeliver"), "Redeliver the last event", () => this.again("redeliver")),
      this.action(say("deliver_twice"), "Deliver the last event twice at once", () => this.again("twice")),
      this.action(say("release"), "Release held events", () => api.doOnce("release"), this.held),
      this.action(say("verify"), "Send the verification request", () => api.doOnce("verify"))));
  }

  fromBot() {
    const expire = this.action(say("expire_tokens"), "Expire all reply tokens", () => api.doOnce("expire_tokens"));
    const switches = FROM_BOT.map((each) => this.switch(each));
    return group(say("from_bot"), ...switches, el("div", { class: "button-row" }, expire));
  }

  user() {
    this.blockButton = this.action(say("block_short"), "Block or unblock the account", () => this.block());
    this.whose = el("span", { text: say("active_phone") });
    return group(this.whose, el("div", { class: "button-row" }, this.blockButton,
      this.action(say("unsend_last"), "Unsend the last message", () => this.unsend()),
      this.action(say("make_group"), "Make a group chat", () => this.makeGroup()),
      this.action(say("toggle_bot"), "The bot joins or leaves the open group", () => this.toggleBot())));
  }

  forget() {
    return group(say("clear"), el("div", { class: "button-row" },
      this.action(say("clear.records"), "Clear recorded webhooks and calls", () => api.clear("records")),
      this.action(say("clear.chats"), "Clear the chats", () => api.clear("chats")),
      this.action(say("clear.all"), "Clear everything, reset the switches", () => api.clear("all"))));
  }

  action(label, title, work, extra = null) {
    const press = async () => {
      const answer = await orToast(work);
      if (answer) this.report(answer);
    };
    return button({ class: "button", title }, press, label, extra);
  }

  again(what) {
    return api.doOnce(what, { user: this.phone().user });
  }

  report(answer) {
    this.onDone();
    const outcome = answer.delivery?.outcome;
    if (outcome) toast(outcome === "ok" ? say("delivered") : say("not_delivered", { outcome }));
  }

  switch(each) {
    return each.choices ? this.selection(each) : this.checkbox(each);
  }

  async set(name, value) {
    this.touches += 1;
    this.untaken += 1;
    await orToast(() => api.setControl({ [name]: value }));
    // What was asked for while the platform had not taken it is as old as what was asked for before.
    this.touches += 1;
    this.untaken -= 1;
    this.onDone();
  }

  checkbox({ name, label, title }) {
    const change = () => this.set(name, input.checked);
    const input = el("input", { type: "checkbox", role: "switch", on: { change } });
    this.controls.set(name, (value) => { input.checked = Boolean(value); });
    return el("label", { class: "switch", title }, el("span", { text: label }), input);
  }

  selection({ name, label, title, choices, under }) {
    const options = choices.map(([text, value]) => el("option", { value: JSON.stringify(value), text }));
    const change = () => this.set(name, JSON.parse(select.value));
    const select = el("select", { "aria-label": label, on: { change } }, ...options);
    this.controls.set(name, (value) => choose(select, value));
    return el("label", { class: under ? "switch under" : "switch", title }, el("span", { text: label }), select);
  }

  async block() {
    const { user, state } = this.phone();
    return api.send({ user }, state?.blocked ? "follow" : "unfollow");
  }

  async unsend() {
    const phone = this.phone();
    const isMine = (entry) => entry.user === phone.user && entry.via === "message" && !entry.unsent;
    const last = phone.state.entries.findLast(isMine);
    if (!last) throw new Error(say("nothing_to_unsend"));
    return api.send(phone.where(), "unsend", { message: last.id });
  }

  async makeGroup() {
    const phone = this.phone();
    // Somebody new may not have reached this phone yet.
    const { users } = await api.fetchState(phone.user);
    const wanted = await askForGroup(users, phone.user);
    if (!wanted) return null;
    const { group: made } = await api.addGroup(wanted.name, "group", wanted.members, wanted.invite);
    phone.openChat(made.id);
    return {};
  }

  async toggleBot() {
    const phone = this.phone();
    const open = phone.state.groups.find((each) => each.id === phone.chat);
    if (!open) throw new Error(say("open_group_first"));
    return api.send(phone.where(), open.bot_in ? "leave" : "join");
  }
}

function refuse(reason) {
  throw new Error(reason);
}

function group(title, ...content) {
  return el("fieldset", { class: "switch-group" }, el("legend", {}, title), ...content);
}

/** Shows a value the list does not have, too: another program may have set it. */
function choose(select, value) {
  const wanted = JSON.stringify(value ?? null);
  const known = [...select.options].some((option) => option.value === wanted);
  if (!known) select.append(el("option", { value: wanted, text: String(value) }));
  if (document.activeElement !== select) select.value = wanted;
}
