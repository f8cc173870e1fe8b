import { el } from "../dom.js";
import { exactTime } from "../moments.js";
import { prettyJson } from "./json.js";
import { Records, facts, pill } from "./records.js";

const OUTCOMES = {
  ok: "受理",
  error_status_code: "エラー応答",
  request_timeout: "2秒超過",
  could_not_connect: "接続できず",
  unclassified: "その他の失敗",
};

export const webhookRecords = () =>
  new Records({ label: "Webhook", empty: "まだ何も届けていません。電話からメッセージを送ると、ここに出ます。", draw: drawWebhook });

function drawWebhook(hook) {
  const summary = el("summary", {},
    pill(OUTCOMES[hook.outcome] ?? hook.outcome, hook.outcome === "ok" ? "good" : "bad"),
    el("span", { class: "record-name", text: eventNames(hook.body) }),
    hook.redelivery ? pill("再送", "warn") : null,
    hook.attempt > 1 ? pill(`${hook.attempt}回目`, "warn") : null,
    el("time", { text: exactTime(hook.at) }));
  return el("details", { data: { opens: "newest" } }, summary, ...detail(hook));
}

function eventNames(body) {
  if (!body.events.length) return "空の通知（Verify）";
  return body.events.map(eventName).join("、");
}

/** A raw event may lack its kind, or have something else there. */
function eventName(event) {
  const kinds = [event.type, event.message?.type].filter((kind) => typeof kind === "string" && kind);
  return kinds.join(" / ") || "種類のないイベント";
}

function detail(hook) {
  return [
    facts([
      ["送り先", hook.url],
      ["応答", `${hook.status ?? "なし"}（${Math.round(hook.ms)} ms）`],
      ["x-line-signature", hook.signature],
      ["補足", hook.detail],
    ]),
    prettyJson(hook.body, "Webhook の本文"),
  ];
}
