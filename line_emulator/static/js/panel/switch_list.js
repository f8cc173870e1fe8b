const OFF = ["なし", null];
const UNTIL_OFF = ["切るまで", null];

/** Each switch: its name at the platform, its label, its choices; without choices it is on or off. */
export const TO_BOT = [
  { name: "redelivery", label: "失敗したイベントを再送する", title: "Redeliver events that got no 2xx" },
  { name: "twice", label: "すべて同時に2通届ける", title: "Deliver every request twice at once" },
  { name: "standby", label: "スタンバイ（応答権なし）", title: "Events in standby mode, without reply token" },
  { name: "webhook_off", label: "Webhookを送らない", title: "Use webhook is off" },
  {
    name: "reorder", label: "順序の入れ替え", title: "Hold events, deliver in reverse",
    choices: [["しない", 0], ["2件ごと", 2], ["3件ごと", 3], ["5件ごと", 5]],
  },
];

export const FROM_BOT = [
  { name: "stubs", label: "統計などに仮の値で応じる", title: "Answer narrowcast, audiences and statistics with stubs" },
  {
    name: "slow", label: "応答を遅らせる", title: "Delay each API call",
    choices: [["しない", 0], ["1秒", 1], ["3秒", 3], ["6秒", 6], ["12秒", 12]],
  },
  {
    name: "failing", label: "エラーを返す", title: "Answer API calls with this status",
    choices: [OFF, ["500", 500], ["502", 502], ["503", 503]],
  },
  {
    name: "failing_count", label: "エラーの回数", title: "How many calls fail", under: true,
    choices: [UNTIL_OFF, ["1回", 1], ["3回", 3], ["10回", 10]],
  },
  {
    name: "drop", label: "接続を切る", title: "Cut the connection",
    choices: [OFF, ["処理の前", "before"], ["処理の後", "after"]],
  },
  {
    name: "drop_count", label: "切断の回数", title: "How many connections are cut", under: true,
    choices: [UNTIL_OFF, ["1回", 1], ["3回", 3]],
  },
  {
    name: "refuse_message", label: "送信を400で断る", title: "Refuse the n-th send",
    choices: [OFF, ["次の1回", 1], ["2回目", 2], ["3回目", 3]],
  },
  {
    name: "refuse_every", label: "何回かに1回、400で断る", title: "Refuse every n-th send",
    choices: [OFF, ["2回に1回", 2], ["5回に1回", 5]],
  },
  { name: "rate_limited", label: "回数制限（429）", title: "Every call is rate limited" },
  {
    name: "monthly_limit", label: "月間の上限（プッシュ）", title: "Monthly quota of pushes",
    choices: [OFF, ["0通", 0], ["5通", 5], ["200通", 200]],
  },
  {
    name: "token_life", label: "応答トークンの寿命", title: "Life of reply tokens",
    choices: [["60秒", 60], ["10秒", 10], ["3秒", 3], ["1秒", 1]],
  },
];
