"use strict";
// Sends a Node bot's calls to LINE's hosts to the emulator. Node loads this through NODE_OPTIONS before the bot.
const http = require("node:http");
const https = require("node:https");
const { syncBuiltinESMExports } = require("node:module");

const HOSTS = new Set(["api.line.me", "api-data.line.me"]);
const target = process.env.LINE_EMULATOR_URL ? new URL(process.env.LINE_EMULATOR_URL) : null;

function redirected(url) {
  const turned = new URL(url);
  turned.protocol = "http:";
  turned.host = target.host;
  return turned;
}

function redirectFetch() {
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!HOSTS.has(url.hostname)) return original(input, init);
    const turned = redirected(url);
    return original(input instanceof Request ? new Request(turned, input) : turned, init);
  };
}

/** https.request and https.get, which axios and node-fetch call with a URL, with options, or with both. */
function redirectHttps(name) {
  const original = https[name];
  https[name] = (...given) => {
    const url = typeof given[0] === "string" || given[0] instanceof URL ? new URL(given[0]) : null;
    const options = url ? (typeof given[1] === "object" ? given[1] : {}) : given[0];
    const host = options.hostname ?? options.host?.split(":")[0] ?? url?.hostname;
    if (!HOSTS.has(host)) return original(...given);
    const callback = given.findLast((one) => typeof one === "function");
    const path = options.path ?? `${url.pathname}${url.search}`;
    const { agent, agents, host: _host, href, origin, ...rest } = options;
    return http[name]({
      ...rest, path, protocol: "http:", hostname: target.hostname, port: target.port, agent: http.globalAgent,
    }, callback);
  };
}

/** The proxy of a network cannot reach an emulator on this machine; axios and Node itself read these variables. */
function avoidProxy() {
  for (const name of ["no_proxy", "NO_PROXY"]) {
    process.env[name] = [process.env[name], ...HOSTS, target.hostname].filter(Boolean).join(",");
  }
}

if (target) {
  avoidProxy();
  redirectFetch();
  redirectHttps("request");
  redirectHttps("get");
  syncBuiltinESMExports();
}
