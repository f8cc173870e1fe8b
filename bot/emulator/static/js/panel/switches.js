import * as api from "../api.js";
import { ask } from "../dialogs.js";
import { el } from "../dom.js";
import { orToast, toast } from "../toast.js";

const OFF = ["なし", null];

/** Each switch: its name at the platform, its label, and its choices; two choices are drawn as a checkbox. */
const TO_BOT = [
  { name: "redelivery", label: "失敗したイベントを再送する", title: "Redeliver events that got no 2xx" },
  { name: "twice", label: "すべて同時に2通届ける", title: "Deliver every request twice at once" },
  { name: "standby", label: "スタンバイ（応答権なし）", title: "Events in standby mode, without reply token" },
  { name: "reorder", label: "順序の入れ替え", title: "Hold events, deliver in reverse", choices: [["しない", 0], ["2件ごと", 2], ["3件ごと", 3], ["5件ごと", 5]] },
];
const FROM_BOT = [
  { name: "slow", label: "応答を遅らせる", title: "Delay each API call", choices: [["しない", 0], ["1秒", 1], ["3秒", 3], ["6秒", 6], ["12秒", 12]] },
  { name: "failing", label: "エラーを返す", title: "Answer API calls with this status", choices: [OFF, ["500", 500], ["502", 502], ["503", 503]] },
  { name: "failing_count", label: "　エラーの回数", title: "How many calls fail", choices: [["切るまで", null], ["1回", 1], ["3回", 3], ["10回", 10]] },
  { name: "drop", label: "接続を切る", title: "Cut the connection", choices: [OFF, ["処理の前", "before"], ["処理の後", "after"]] },
  { name: "drop_count", label: "　切断の回数", title: "How many connections are cut", choices: [["切るまで", null], ["1回", 1], ["3回", 3]] },
  { name: "refuse_message", label: "送信を400で断る", title: "Refuse the n-th send", choices: [OFF, ["次の1回", 1], ["2回目", 2], ["3回目", 3]] },
  { name: "rate_limited", label: "回数制限（429）", title: "Every call is rate limited" },
  { name: "monthly_limit", label: "月間の上限（プッシュ）", title: "Monthly quota of pushes", choices: [OFF, ["0通", 0], ["5通", 5], ["200通", 200]] },
  { name: "token_life", label: "応答トークンの寿命", title: "Life of reply tokens", choices: [["60秒", 60], ["10秒", 10], ["3秒", 3], ["1秒", 1]] },
];

/** The switches and one-time actions; `phone()` is the phone they are about. */
export class Switches {
  constructor({ phone, onDone }) {
    this.phone = phone;
    this.onDone = onDone;
    this.controls = new Map();
    this.held = el("span");
    this.element = el("div", { class: "switches" }, this.toBot(), this.fromBot(), this.user(), this.forget());
  }

  update({ control, held }, state) {
    for (const [name, set] of this.controls) set(control[name]);
    this.held.textContent = held ? `（${held}件）` : "";
    this.blockButton.textContent = state?.blocked ? "ブロックを解除" : "ブロック";
    this.whose.textContent = `${this.phone().name()}さんの電話`;
  }

  toBot() {
    return group("Webhook の届き方", ...TO_BOT.map((each) => this.switch(each)), el("div", { class: "button-row" },
      this.action("最後のイベントを再送", "Redeliver the last event", () => api.doOnce("redeliver", { user: this.phone().user })),
      this.action("同時に2通届ける", "Deliver the last event twice at once", () => api.doOnce("twice", { user: this.phone().user })),
      this.action("保留分を届ける", "Release held events", () => api.doOnce("release"), this.held),
      this.action("検証（Verify）", "Send the verification request", () => api.doOnce("verify"))));
  }

  fromBot() {
    return group("API の応じ方", ...FROM_BOT.map((each) => this.switch(each)), el("div", { class: "button-row" },
      this.action("応答トークンを失効させる", "Expire all reply tokens", () => api.doOnce("expire_tokens"))));
  }

  user() {
    this.blockButton = this.action("ブロック", "Block or unblock the account", () => this.block());
    this.whose = el("span", { text: "選んでいる電話" });
    return group(this.whose, el("div", { class: "button-row" }, this.blockButton,
      this.action("直前の送信を取り消す", "Unsend the last message", () => this.unsend()),
      this.action("グループを作る", "Make a group chat", () => this.makeGroup()),
      this.action("アカウントを招待・退出", "The bot joins or leaves the open group", () => this.toggleBot())));
  }

  forget() {
    return group("消去", el("div", { class: "button-row" },
      this.action("記録", "Clear recorded webhooks and calls", () => api.clear("records")),
      this.action("トーク", "Clear the chats", () => api.clear("chats")),
      this.action("すべて", "Clear everything, reset the switches", () => api.clear("all"))));
  }

  action(label, title, work, extra = null) {
    const click = async () => {
      const answer = await orToast(work);
      if (answer) this.report(answer);
    };
    return el("button", { class: "button", type: "button", title, on: { click } }, label, extra);
  }

  report(answer) {
    this.onDone();
    if (answer.delivery) toast(answer.delivery.outcome === "ok" ? "届けました" : `届きませんでした（${answer.delivery.outcome}）`);
  }

  switch(each) {
    return each.choices ? this.selection(each) : this.checkbox(each);
  }

  set(name, value) {
    return orToast(() => api.setControl({ [name]: value })).then(this.onDone);
  }

  checkbox({ name, label, title }) {
    const input = el("input", { type: "checkbox", role: "switch", on: { change: () => this.set(name, input.checked) } });
    this.controls.set(name, (value) => { input.checked = Boolean(value); });
    return el("label", { class: "switch", title }, el("span", { text: label }), input);
  }

  selection({ name, label, title, choices }) {
    const options = choices.map(([text, value]) => el("option", { value: JSON.stringify(value), text }));
    const select = el("select", { "aria-label": label.trim(), on: { change: () => this.set(name, JSON.parse(select.value)) } }, ...options);
    this.controls.set(name, (value) => choose(select, value));
    return el("label", { class: "switch", title }, el("span", { text: label }), select);
  }

  async block() {
    const { user, state } = this.phone();
    return api.send({ user }, state?.blocked ? "follow" : "unfollow");
  }

  async unsend() {
    const phone = this.phone();
    const mine = phone.state.entries.filter((entry) => entry.from === "user" && entry.user === phone.user && entry.via === "message" && !entry.unsent);
    if (!mine.length) throw new Error("取り消せる送信がありません。");
    return api.send(phone.where(), "unsend", { message: mine.at(-1).id });
  }

  async makeGroup() {
    const phone = this.phone();
    const wanted = await askForGroup(phone.state.users, phone.user);
    if (!wanted) return null;
    const { group: made } = await api.addGroup(wanted.name, "group", wanted.members, wanted.invite);
    phone.openChat(made.id);
    return {};
  }

  async toggleBot() {
    const phone = this.phone();
    const open = phone.state.groups.find((each) => each.id === phone.chat);
    if (!open) throw new Error("先に、電話でグループのトークを開いてください。");
    return api.send(phone.where(), open.bot_in ? "leave" : "join");
  }
}

function group(title, ...content) {
  return el("fieldset", { class: "switch-group" }, el("legend", {}, title), ...content);
}

/** Shows a value the list does not have, too: another program may have set it. */
function choose(select, value) {
  const wanted = JSON.stringify(value ?? null);
  if (![...select.options].some((option) => option.value === wanted)) select.append(el("option", { value: wanted, text: String(value) }));
  if (document.activeElement !== select) select.value = wanted;
}

async function askForGroup(users, self) {
  const name = el("input", { type: "text", maxlength: "40", value: "情報政策課", "aria-label": "グループ名" });
  const invite = el("input", { type: "checkbox", checked: true });
  const boxes = users.map((user) => ({ id: user.id, box: el("input", { type: "checkbox", checked: true, disabled: user.id === self }), name: user.name }));
  const rows = boxes.map(({ box, name: who }) => el("label", {}, box, ` ${who}`));
  const value = () => ({ name: name.value.trim() || "グループ", invite: invite.checked, members: boxes.filter(({ box }) => box.checked).map(({ id }) => id) });
  return ask({
    title: "グループを作る",
    body: [el("div", { class: "dialog-fields" }, name, el("p", { text: "メンバー" }), ...rows, el("label", {}, invite, " アカウントを招待する"))],
    buttons: [{ label: "キャンセル", value: null }, { label: "作る", value, main: true }],
  });
}
