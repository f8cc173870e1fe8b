import * as api from "../api.js";
import { button, el } from "../dom.js";
import { say } from "../language.js";
import { exactTime, dayName } from "../moments.js";
import { orToast } from "../toast.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
const JAPAN = 9 * HOUR;
const MORNING = 9.5 * HOUR + 60; // seconds after midnight: a minute after 9:30

/** Moves the platform's clock on; a bot that was told of it sends what falls due until then. */
export class Clock {
  constructor(onDone) {
    this.onDone = onDone;
    this.now = 0;
    this.shown = el("p", { class: "clock" });
    this.element = el("fieldset", { class: "switch-group" }, el("legend", { text: say("clock.title") }), this.shown,
      el("div", { class: "button-row" },
        this.on(say("clock.hour"), "Move the clock on by an hour", () => HOUR),
        this.on(say("clock.day"), "Move the clock on by a day", () => DAY),
        this.on(say("clock.morning"), "Move the clock on to the next morning", () => untilMorning(this.now / 1000))));
  }

  update(now) {
    this.now = now;
    this.shown.textContent = say("clock.now", { day: dayName(now), time: exactTime(now) });
  }

  on(label, title, seconds) {
    const press = async () => {
      await orToast(() => api.advance(seconds()));
      this.onDone();
    };
    return button({ class: "button", title }, press, label);
  }
}

function untilMorning(now) {
  const today = (now + JAPAN) % DAY;
  return today < MORNING ? MORNING - today : MORNING + DAY - today;
}
