import * as api from "../api.js";
import { coalesce } from "../coalesce.js";
import { el } from "../dom.js";
import { say } from "../language.js";
import { orToast } from "../toast.js";
import { callRecords } from "./calls.js";
import { prettyJson } from "./json.js";
import { Switches } from "./switches.js";
import { Tabs } from "./tabs.js";
import { webhookRecords } from "./webhooks.js";

/** What the platform knows: the last webhooks, the bot's calls and their verdicts, the session, the switches. */
export class Panel {
  constructor(element) {
    this.refresh = coalesce(() => orToast(() => this.load()));
    this.webhooks = webhookRecords();
    this.calls = callRecords();
    this.session = el("div");
    this.switches = new Switches({ phone: () => this.phone, onDone: () => this.refresh() });
    this.tabs = new Tabs(say("panel_views"), [
      { id: "webhooks", label: "Webhook", content: this.webhooks.element },
      { id: "calls", label: "API", content: this.calls.element },
      { id: "session", label: say("session"), content: this.session },
      { id: "switches", label: say("switches"), content: this.switches.element },
    ]);
    this.foot = el("p", { class: "panel-foot" });
    element.append(this.tabs.element, this.foot);
  }

  about(phone) {
    this.phone = phone;
    this.refresh();
  }

  /** A phone has looked again, later perhaps than the panel. */
  hears(phone) {
    if (phone === this.phone) this.switches.showPhone(phone);
  }

  async load() {
    if (!this.phone) return;
    const touches = this.switches.touches;
    const state = await api.fetchPanel(this.phone.user);
    this.webhooks.update(state.webhooks);
    this.calls.update(state.calls);
    this.showSession(state.session);
    this.switches.update(state, touches);
    this.switches.showPhone(this.phone);
    this.showCounts(state);
  }

  showSession(session) {
    const sign = JSON.stringify(session);
    if (sign === this.sessionSign) return;
    this.sessionSign = sign;
    const none = el("p", { class: "panel-empty", text: say("no_session") });
    this.session.replaceChildren(session ? prettyJson(session, say("session_of_bot")) : none);
  }

  showCounts(state) {
    const bad = state.calls.filter((call) => call.verdict !== "accepted").length;
    const failed = state.webhooks.filter((hook) => hook.outcome !== "ok").length;
    this.tabs.mark("webhooks", failed);
    this.tabs.mark("calls", bad);
    this.tabs.mark("switches", switchedOn(state.control));
    const { limit, used } = state.quota;
    this.foot.textContent = say("pushes_used", { used: `${used}${limit === null ? "" : ` / ${limit}`}` });
  }
}

const USUAL = { slow: 0, token_life: 60, reorder: 0 };

function switchedOn(control) {
  const isSet = (value) => (Array.isArray(value) ? value.length > 0 : value !== null && value !== false);
  const isOn = ([name, value]) => (name in USUAL ? value !== USUAL[name] : isSet(value));
  return Object.entries(control).filter(isOn).length;
}
