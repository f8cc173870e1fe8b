import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { LineEmulator, LineEmulatorError } from "../index.js";

// LINE_EMULATOR_URL leads to an emulator whose bot repeats what it is told.
const line = new LineEmulator();
let user;

beforeEach(async () => {
  await line.reset();
  user = await line.newUser("Ann");
});
afterEach(async () => assert.deepEqual(await line.refusals(), [], await line.story()));

test("the bot answers", async () => {
  const { delivery } = await line.says(user, "Hello");
  assert.equal(delivery.outcome, "ok");
  const [answer] = await line.waitFor(user, { text: "Hello" });
  assert.equal(answer.message.text, "Hello");
  assert.equal(await line.conversation(user), "Ann: Hello\n\nBot: Hello\n");
});

test("what does not come is an error with the story", async () => {
  await line.says(user, "Hello");
  const failed = line.waitFor(user, { count: 2, timeout: 0.1 });
  await assert.rejects(failed, (error) => error instanceof LineEmulatorError && error.status === 408
    && error.message.includes("message/reply"));
});

test("a label that nobody sees cannot be tapped", async () => {
  await assert.rejects(line.taps(user, "Buy"), { status: 409 });
});

test("groups, faults and moved time", async () => {
  const group = await line.newGroup("Team", [user]);
  await line.control({ failing: 500, failing_count: 1 });
  await line.says(user, "lost", { chat: group });
  await line.says(user, "Hello", { chat: group });
  assert.equal((await line.waitFor(user, { chat: group }))[0].message.text, "Hello");
  assert.deepEqual((await line.calls()).map(({ verdict }) => verdict), ["accepted", "fault"]);
  await line.advance(3600);
});
