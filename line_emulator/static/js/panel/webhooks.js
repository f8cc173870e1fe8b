import { el } from "../dom.js";
import { say } from "../language.js";
import { exactTime } from "../moments.js";
import { prettyJson } from "./json.js";
import { Records, facts, pill } from "./records.js";

const OUTCOMES = {
  ok: say("hook.ok"),
  error_status_code: say("hook.error_status_code"),
  request_timeout: say("hook.request_timeout"),
  could_not_connect: say("hook.could_not_connect"),
  unclassified: say("hook.unclassified"),
};

export const webhookRecords = () =>
  new Records({ label: "Webhook", empty: say("no_webhooks"), draw: drawWebhook });

function drawWebhook(hook) {
  const summary = el("summary", {},
    pill(OUTCOMES[hook.outcome] ?? hook.outcome, hook.outcome === "ok" ? "good" : "bad"),
    el("span", { class: "record-name", text: eventNames(hook.body) }),
    hook.redelivery ? pill(say("redelivered"), "warn") : null,
    hook.attempt > 1 ? pill(say("attempt", { count: hook.attempt }), "warn") : null,
    el("time", { text: exactTime(hook.at) }));
  return el("details", { data: { opens: "newest" } }, summary, ...detail(hook));
}

function eventNames(body) {
  if (!body.events.length) return say("empty_notice");
  return body.events.map(eventName).join(say("comma"));
}

/** A raw event may lack its kind, or have something else there. */
function eventName(event) {
  const kinds = [event.type, event.message?.type].filter((kind) => typeof kind === "string" && kind);
  return kinds.join(" / ") || say("no_kind");
}

function detail(hook) {
  return [
    facts([
      [say("sent_to"), hook.url],
      [say("response"), say("status_in", { status: hook.status ?? say("no_status"), ms: Math.round(hook.ms) })],
      ["x-line-signature", hook.signature],
      [say("detail"), hook.detail],
    ]),
    prettyJson(hook.body, say("webhook_body")),
  ];
}
