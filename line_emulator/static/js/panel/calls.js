import { el } from "../dom.js";
import { exactTime } from "../moments.js";
import { prettyJson } from "./json.js";
import { Records, facts, pill } from "./records.js";

const VERDICTS = {
  accepted: ["受理", "good"], refused: ["拒否", "bad"], fault: ["障害", "warn"], uncovered: ["未対応", "bad"],
};

export const callRecords = () =>
  new Records({ label: "API 呼び出し", empty: "ボットからの呼び出しはまだありません。", draw: drawCall });

function drawCall(call) {
  const [name, look] = VERDICTS[call.verdict] ?? [call.verdict, "warn"];
  const title = el("span", { class: "record-name", text: `${call.method} ${call.path}` });
  const time = el("time", { text: exactTime(call.at) });
  const summary = el("summary", {}, pill(name, look), pill(String(call.status ?? "—"), "plain"), title, time);
  return el("details", {}, summary, problems("理由", call.reasons), problems("ヒント", call.hints, "hints"), facts([
    ["x-line-request-id", call.request_id],
    ["x-line-retry-key", call.retry_key],
    ["所要", `${Math.round(call.ms * 10) / 10} ms`],
  ]), ...bodies(call));
}

function problems(label, found, look = "") {
  if (!found?.length) return null;
  return el("ul", { class: `reasons ${look}`, "aria-label": label }, ...found.map(problemLine));
}

function problemLine({ property, message }) {
  return el("li", {}, property ? el("code", { text: property }) : null, ` ${message}`);
}

function bodies(call) {
  const parts = [];
  if (hasContent(call.request)) parts.push(el("h4", { text: "要求" }), prettyJson(call.request, "要求の本文"));
  if (hasContent(call.response)) parts.push(el("h4", { text: "応答" }), prettyJson(call.response, "応答の本文"));
  return parts;
}

const hasContent = (body) => body !== null && body !== undefined && body !== "";
