"use strict";
// A kitchen sink in Node without packages: one word for each kind of message and call, and an answer to each event.
const crypto = require("node:crypto");
const http = require("node:http");

const TOKEN = process.env.CHANNEL_ACCESS_TOKEN;
const PICTURE = "https://example.com/picture.png";

async function call(method, path, sent, host = "api.line.me") {
  const headers = { authorization: `Bearer ${TOKEN}`, ...(sent ? { "content-type": "application/json" } : {}) };
  const answer = await fetch(`https://${host}${path}`, { method, headers, body: sent && JSON.stringify(sent) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

const get = async (path) => (await call("GET", path)).json();
const post = (path, sent) => call("POST", path, sent);
const text = (words) => ({ type: "text", text: words });
const message = (label) => ({ type: "message", label, text: label });
const postback = { type: "postback", label: "Buy", data: "buy=1", displayText: "I buy it" };
const link = { type: "uri", label: "Open", uri: "https://example.com/" };
const template = (contents) => ({ type: "template", altText: contents.type, template: contents });
const column = (title) => ({ title, text: "a column", thumbnailImageUrl: PICTURE, actions: [postback, link] });
const size = { width: 1040, height: 1040 };
const area = { x: 0, y: 0, ...size };

const MESSAGES = {
  emoji: {
    type: "textV2", text: "Hello {face}",
    substitution: { face: { type: "emoji", productId: "5ac1bfd5040ab15980c9b435", emojiId: "001" } },
  },
  all: { type: "textV2", text: "Hello, {all}", substitution: { all: { type: "mention", mentionee: { type: "all" } } } },
  sticker: { type: "sticker", packageId: "446", stickerId: "1988" },
  image: { type: "image", originalContentUrl: PICTURE, previewImageUrl: PICTURE },
  video: { type: "video", originalContentUrl: "https://example.com/v.mp4", previewImageUrl: PICTURE },
  audio: { type: "audio", originalContentUrl: "https://example.com/a.m4a", duration: 1000 },
  location: { type: "location", title: "Here", address: "A street 1", latitude: 35.6, longitude: 139.7 },
  imagemap: {
    type: "imagemap", baseUrl: "https://example.com/map", altText: "a map", baseSize: size,
    actions: [{ type: "message", text: "tapped", area }],
  },
  buttons: template({ type: "buttons", text: "Which?", actions: [postback, link, message("Third")] }),
  confirm: template({ type: "confirm", text: "Sure?", actions: [message("Yes"), message("No")] }),
  carousel: template({ type: "carousel", columns: [column("One"), column("Two")] }),
  "image carousel": template({ type: "image_carousel", columns: [{ imageUrl: PICTURE, action: message("Pick") }] }),
  datetime: template({
    type: "buttons", text: "When?", actions: [{ type: "datetimepicker", label: "Date", data: "when", mode: "date" }],
  }),
  flex: {
    type: "flex", altText: "a card",
    contents: { type: "bubble", body: { type: "box", layout: "vertical", contents: [{ type: "text", text: "a card" }] } },
  },
  quick: { ...text("Pick one"), quickReply: { items: [{ type: "action", action: message("Quick") }] } },
  sender: { ...text("from somebody"), sender: { name: "Cook", iconUrl: PICTURE } },
};

const answered = (event, ...messages) => post("/v2/bot/message/reply", { replyToken: event.replyToken, messages });
const bounds = { x: 0, y: 0, width: 2500, height: 843 };
const MENU = {
  size: { width: 2500, height: 843 }, selected: false, name: "menu", chatBarText: "Menu",
  areas: [{ bounds, action: message("From the menu") }],
};

const COMMANDS = {
  profile: async ({ source }) => text((await get(`/v2/bot/profile/${source.userId}`)).displayName),
  info: async () => text((await get("/v2/bot/info")).displayName),
  quota: async () => text((await get("/v2/bot/message/quota")).type),
  quote: ({ message: { quoteToken } }) => ({ ...text("quoted"), quoteToken }),
  push: ({ source }) => post("/v2/bot/message/push", { to: source.userId, messages: [text("pushed")] }),
  multicast: ({ source }) => post("/v2/bot/message/multicast", { to: [source.userId], messages: [text("to some")] }),
  broadcast: () => post("/v2/bot/message/broadcast", { messages: [text("to all")] }),
  loading: async ({ source }) => {
    await post("/v2/bot/chat/loading/start", { chatId: source.userId, loadingSeconds: 5 });
    return text("loaded");
  },
  validate: async () => {
    await post("/v2/bot/message/validate/reply", { messages: [text("valid")] });
    return text("valid");
  },
  menu: async () => {
    const { richMenuId } = await (await post("/v2/bot/richmenu", MENU)).json();
    const { richmenus } = await get("/v2/bot/richmenu/list");
    await call("DELETE", `/v2/bot/richmenu/${richMenuId}`);
    return text(`${richmenus.length} menu`);
  },
  group: async ({ source }) => text((await get(`/v2/bot/group/${source.groupId}/summary`)).groupName),
  members: async ({ source }) => text(String((await get(`/v2/bot/group/${source.groupId}/members/count`)).count)),
  bye: ({ source }) => post(`/v2/bot/group/${source.groupId}/leave`),
};

async function forText(event) {
  const words = event.message.text;
  if (!(words in COMMANDS)) return answered(event, MESSAGES[words] ?? text(words));
  const answer = await COMMANDS[words](event);
  return answer instanceof Response ? answer : answered(event, answer);
}

async function forMedia(event) {
  const answer = await call("GET", `/v2/bot/message/${event.message.id}/content`, undefined, "api-data.line.me");
  return answered(event, text(`${event.message.type} of ${(await answer.arrayBuffer()).byteLength} bytes`));
}

const BY_MESSAGE = {
  text: forText,
  image: forMedia, video: forMedia, audio: forMedia, file: forMedia,
  sticker: (event) => answered(event, text(`sticker ${event.message.stickerId}`)),
  location: (event) => answered(event, text(`at ${event.message.latitude}`)),
};

const BY_EVENT = {
  message: (event) => BY_MESSAGE[event.message.type](event),
  postback: (event) => answered(event, text([event.postback.data, event.postback.params?.date].join(" ").trim())),
  follow: (event) => answered(event, text("Thank you")),
  join: (event) => answered(event, text("Hello, group")),
  memberJoined: (event) => answered(event, text("Hello, you")),
};

http.createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", async () => {
    const raw = Buffer.concat(parts);
    const right = crypto.createHmac("sha256", process.env.CHANNEL_SECRET).update(raw).digest("base64");
    if (request.headers["x-line-signature"] !== right) return response.writeHead(400).end();
    try {
      for (const event of JSON.parse(raw).events) await BY_EVENT[event.type]?.(event);
      return response.writeHead(200).end();
    } catch (error) {
      console.error(error);
      return response.writeHead(500).end();
    }
  });
}).listen(process.env.PORT, "127.0.0.1");
