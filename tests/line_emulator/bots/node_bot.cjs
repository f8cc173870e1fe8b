"use strict";
// A bot in Node without packages: replies through fetch, as LINE's SDK does, and reads through node:https, as axios does.
const crypto = require("node:crypto");
const http = require("node:http");
const https = require("node:https");

const TOKEN = process.env.CHANNEL_ACCESS_TOKEN;
const body = { type: "box", layout: "vertical", contents: [{ type: "text", text: "a card" }] };

const call = (path, sent) => fetch(`https://api.line.me/v2/bot/message/${path}`, {
  method: "POST",
  headers: { "content-type": "application/json", authorization: `Bearer ${TOKEN}` },
  body: JSON.stringify(sent),
});

const read = (host, path) => new Promise((resolve, reject) => {
  const options = { hostname: host, path, headers: { authorization: `Bearer ${TOKEN}` } };
  https.get(options, (answer) => {
    const parts = [];
    answer.on("data", (part) => parts.push(part));
    answer.on("end", () => resolve(Buffer.concat(parts)));
  }).on("error", reject);
});

async function messageFor({ message, source }) {
  if (message.type === "image") {
    const bytes = await read("api-data.line.me", `/v2/bot/message/${message.id}/content`);
    return { type: "text", text: `${bytes.length} bytes` };
  }
  if (message.text === "flex") return { type: "flex", altText: "a card", contents: { type: "bubble", body } };
  if (message.text !== "profile") return { type: "text", text: message.text };
  const profile = JSON.parse(await read("api.line.me", `/v2/bot/profile/${source.userId}`));
  return { type: "text", text: profile.displayName };
}

async function answer(event) {
  if (event.type !== "message") return;
  if (event.message.text === "push") {
    await call("push", { to: event.source.userId, messages: [{ type: "text", text: "pushed" }] });
    return;
  }
  await call("reply", { replyToken: event.replyToken, messages: [await messageFor(event)] });
}

http.createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", async () => {
    const raw = Buffer.concat(parts);
    const right = crypto.createHmac("sha256", process.env.CHANNEL_SECRET).update(raw).digest("base64");
    if (request.headers["x-line-signature"] !== right) return response.writeHead(400).end();
    for (const event of JSON.parse(raw).events) await answer(event);
    return response.writeHead(200).end();
  });
}).listen(process.env.PORT, "127.0.0.1");
