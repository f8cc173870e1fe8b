import { el } from "../dom.js";
import { say } from "../language.js";
import { exactTime } from "../moments.js";
import { prettyJson } from "./json.js";
import { Records, facts, pill } from "./records.js";

const VERDICTS = {
  accepted: [say("call.accepted"), "good"], refused: [say("call.refused"), "bad"],
  fault: [say("call.fault"), "warn"], uncovered: [say("call.uncovered"), "bad"],
};

export const callRecords = () =>
  new Records({ label: say("calls"), empty: say("no_calls"), draw: drawCall });

function drawCall(call) {
  const [name, look] = VERDICTS[call.verdict] ?? [call.verdict, "warn"];
  const title = el("span", { class: "record-name", text: `${call.method} ${call.path}` });
  const time = el("time", { text: exactTime(call.at) });
  const summary = el("summary", {}, pill(name, look), pill(String(call.status ?? "—"), "plain"), title, time);
  return el("details", {}, summary, problems(say("reasons"), call.reasons), problems(say("hints"), call.hints, "hints"), facts([
    ["x-line-request-id", call.request_id],
    ["x-line-retry-key", call.retry_key],
    [say("took"), `${Math.round(call.ms * 10) / 10} ms`],
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
  if (hasContent(call.request)) parts.push(el("h4", { text: say("request") }), prettyJson(call.request, say("request_body")));
  if (hasContent(call.response)) parts.push(el("h4", { text: say("response") }), prettyJson(call.response, say("response_body")));
  return parts;
}

const hasContent = (body) => body !== null && body !== undefined && body !== "";
