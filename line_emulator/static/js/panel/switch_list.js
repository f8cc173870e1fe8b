import { say } from "../language.js";

const seconds = (...lengths) => lengths.map((length) => [say("switch.seconds", { count: length }), length]);
const OFF = [say("switch.none"), null];
const UNTIL_OFF = [say("switch.until_off"), null];

/** Each switch: its name at the platform, its label, its choices; without choices it is on or off. */
export const TO_BOT = [
  { name: "redelivery", label: say("switch.redelivery"), title: "Redeliver events that got no 2xx" },
  { name: "twice", label: say("switch.twice"), title: "Deliver every request twice at once" },
  { name: "standby", label: say("switch.standby"), title: "Events in standby mode, without reply token" },
  { name: "webhook_off", label: say("switch.webhook_off"), title: "Use webhook is off" },
  {
    name: "reorder", label: say("switch.reorder"), title: "Hold events, deliver in reverse",
    choices: [[say("switch.no"), 0], [say("switch.by_2"), 2], [say("switch.by_3"), 3], [say("switch.by_5"), 5]],
  },
];

export const FROM_BOT = [
  { name: "stubs", label: say("switch.stubs"), title: "Answer narrowcast, audiences and statistics with stubs" },
  {
    name: "slow", label: say("switch.slow"), title: "Delay each API call",
    choices: [[say("switch.no"), 0], ...seconds(1, 3, 6, 12)],
  },
  {
    name: "failing", label: say("switch.failing"), title: "Answer API calls with this status",
    choices: [OFF, ["500", 500], ["502", 502], ["503", 503]],
  },
  {
    name: "failing_count", label: say("switch.failing_count"), title: "How many calls fail", under: true,
    choices: [UNTIL_OFF, [say("switch.times.1"), 1], [say("switch.times.3"), 3], [say("switch.times.10"), 10]],
  },
  {
    name: "drop", label: say("switch.drop"), title: "Cut the connection",
    choices: [OFF, [say("switch.before"), "before"], [say("switch.after"), "after"]],
  },
  {
    name: "drop_count", label: say("switch.drop_count"), title: "How many connections are cut", under: true,
    choices: [UNTIL_OFF, [say("switch.times.1"), 1], [say("switch.times.3"), 3]],
  },
  {
    name: "refuse_message", label: say("switch.refuse_message"), title: "Refuse the n-th send",
    choices: [OFF, [say("switch.next"), 1], [say("switch.second"), 2], [say("switch.third"), 3]],
  },
  {
    name: "refuse_every", label: say("switch.refuse_every"), title: "Refuse every n-th send",
    choices: [OFF, [say("switch.every_2"), 2], [say("switch.every_5"), 5]],
  },
  { name: "rate_limited", label: say("switch.rate_limited"), title: "Every call is rate limited" },
  {
    name: "monthly_limit", label: say("switch.monthly_limit"), title: "Monthly quota of pushes",
    choices: [OFF, [say("switch.pushes.0"), 0], [say("switch.pushes.5"), 5], [say("switch.pushes.200"), 200]],
  },
  {
    name: "token_life", label: say("switch.token_life"), title: "Life of reply tokens",
    choices: seconds(60, 10, 3, 1),
  },
];
