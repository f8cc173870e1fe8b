/** Drives a running line-emulator: people act, the bot answers, and nothing may have been refused. */

export class LineEmulatorError extends Error {
  constructor(status, message) {
    super(message);
    this.name = "LineEmulatorError";
    this.status = status;
  }
}

export class LineEmulator {
  /** @param {string} [url] the address that `line-emulator serve` or `run` printed */
  constructor(url = process.env.LINE_EMULATOR_URL ?? "http://127.0.0.1:8000") {
    this.url = url.replace(/\/$/, "");
  }

  async newUser(name, { follows = false } = {}) {
    return (await this.#post("/_/users", { name, follows })).user.id;
  }

  async newGroup(name, members, { invite = true, kind = "group" } = {}) {
    return (await this.#post("/_/groups", { name, members, invite, kind })).group.id;
  }

  /** Types a text, and resolves once the bot has answered the webhook. */
  says(user, text, options = {}) {
    return this.send(user, { kind: "text", text, ...options });
  }

  /** Does anything else that a user can do: see "/_/send" in API.md. */
  send(user, what) {
    return this.#post("/_/send", { user, ...what });
  }

  /** Taps the newest visible button with this label. */
  taps(user, label, options = {}) {
    return this.#post("/_/tap", { user, label, ...options });
  }

  /** Resolves with the bot's messages since the user's last action, once there are so many. */
  async waitFor(user, { count = 1, text = "", chat, timeout = 5 } = {}) {
    return (await this.#post("/_/wait", { user, count, text, timeout, ...(chat ? { chat } : {}) })).entries;
  }

  control(switches) {
    return this.#post("/_/control", switches);
  }

  async advance(seconds) {
    await this.#post("/_/advance", { seconds });
  }

  /** Forgets everything, as before a test. */
  async reset() {
    await this.#post("/_/reset", {});
  }

  async calls() {
    return (await this.#ask("/_/panel?limit=1000")).calls;
  }

  /** The calls that LINE would refuse, and those that the emulator does not know. */
  async refusals() {
    return (await this.calls()).filter(({ verdict }) => verdict === "refused" || verdict === "uncovered");
  }

  /** A chat as text without the ids, tokens and times of this run. */
  conversation(user, chat = user) {
    return this.#text(`/_/conversation?${new URLSearchParams({ user, chat })}`);
  }

  /** Webhooks and calls in their order, for the message of a test that fails. */
  story() {
    return this.#text("/_/story");
  }

  #post(path, body) {
    const headers = { "content-type": "application/json" };
    return this.#ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async #ask(path, init) {
    return (await this.#answer(path, init)).json();
  }

  async #text(path) {
    return (await this.#answer(path)).text();
  }

  async #answer(path, init) {
    const answer = await fetch(this.url + path, init);
    if (answer.ok) return answer;
    const { error } = await answer.json().catch(() => ({ error: answer.statusText }));
    throw new LineEmulatorError(answer.status, error);
  }
}
