// Every command of the kitchen sink once; LINE_EMULATOR_URL leads to the emulator that `run` started beside it.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { LineEmulator } from "../../../line_emulator/node/index.js";

const line = new LineEmulator();
let user;

beforeEach(async () => {
  await line.reset();
  user = await line.newUser("Ann", { follows: true });
});
afterEach(async () => assert.deepEqual(await line.refusals(), [], await line.story()));

async function answers(act, chat) {
  const { delivery } = await act;
  assert.equal(delivery.outcome, "ok", await line.story());
  return (await line.waitFor(user, { chat })).map(({ message }) => message.text ?? message.altText ?? message.type);
}

const WORDS = {
  Hello: "Hello", profile: "Ann", quota: "none", quote: "quoted", push: "pushed", multicast: "to some", broadcast: "to all",
  loading: "loaded", validate: "valid", menu: "1 menu", emoji: "Hello {face}", sticker: "sticker", image: "image",
  video: "video", audio: "audio", location: "location", imagemap: "a map", buttons: "buttons", confirm: "confirm",
  carousel: "carousel", "image carousel": "image_carousel", datetime: "buttons", flex: "a card", quick: "Pick one",
  sender: "from somebody", info: "Bot",
};
for (const [words, answer] of Object.entries(WORDS)) {
  test(`says ${words}`, async () => assert.deepEqual(await answers(line.says(user, words)), [answer]));
}

const SENT = {
  image: "image of 7 bytes", video: "video of 7 bytes", audio: "audio of 7 bytes", file: "file of 7 bytes",
  sticker: "sticker 1988", location: "at 35.6",
};
for (const [kind, answer] of Object.entries(SENT)) {
  const data = kind === "sticker" || kind === "location" ? {} : { data: "cGljdHVyZQ==" };
  const more = { file: { name: "a.txt" }, location: { latitude: 35.6, longitude: 139.7 } }[kind];
  const act = { kind, ...data, ...more };
  test(`sends a ${kind}`, async () => assert.deepEqual(await answers(line.send(user, act)), [answer]));
}

test("taps a postback, a picked date and a quick reply", async () => {
  await line.says(user, "buttons");
  assert.deepEqual(await answers(line.taps(user, "Buy")), ["buy=1"]);
  await line.says(user, "datetime");
  assert.deepEqual(await answers(line.taps(user, "Date", { params: { date: "2026-12-01" } })), ["when 2026-12-01"]);
  await line.says(user, "quick");
  assert.deepEqual(await answers(line.taps(user, "Quick")), ["Quick"]);
});

test("blocks and comes back", async () => {
  await line.send(user, { kind: "unfollow" });
  assert.deepEqual(await answers(line.send(user, { kind: "follow" })), ["Thank you"]);
});

test("a group from its first word to the last", async () => {
  const chat = await line.newGroup("Team", [user]);
  const said = (words) => answers(line.says(user, words, { chat }), chat);
  assert.deepEqual(await said("group"), ["Team"]);
  assert.deepEqual(await said("members"), ["1"]);
  assert.deepEqual(await said("all"), ["Hello, {all}"]);
  await line.says(user, "bye", { chat });
  assert.match(await line.conversation(user, chat), /Hello, group[^]*-- left/);
});
