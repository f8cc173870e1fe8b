import { button, el, icon } from "../dom.js";
import { face } from "./faces.js";
import { sampleFile } from "./samples.js";
import { STICKERS } from "./media.js";

/** LINE emoji: a word in the text, whose place is told to the bot; the faces are ours. */
export const EMOJI = [
  { word: "(love)", look: { eyes: "closed" }, name: "ラブ" },
  { word: "(happy)", look: { mouth: "open" }, name: "うれしい" },
  { word: "(bow)", look: { eyes: "closed", mouth: "small" }, name: "おじぎ" },
  { word: "(ok)", look: { eyes: "wink" }, name: "オーケー" },
];

/** What can be sent besides text: pictures, files, voice, a place. */
export function attachTray(composer) {
  const items = [
    ["image", "写真", () => composer.sendPhoto("roll")],
    ["camera", "カメラ", () => composer.sendPhoto("camera")],
    ["play", "動画", () => composer.send("video")],
    ["voice", "音声", () => composer.send("audio")],
    ["file", "ファイル", () => composer.send("file", sampleFile())],
    ["pin", "位置情報", () => composer.sendLocation()],
  ];
  return tray("送るもの", items.map(([picture, label, press]) =>
    button({ class: "tray-item" }, press, icon(picture, 24), el("span", { text: label }))));
}

export function stickerTray(composer) {
  const emoji = EMOJI.map((each) => {
    const props = { class: "tray-item", "aria-label": `LINE絵文字 ${each.name}` };
    const drawn = face(each.name, { ...each.look, size: 34 });
    return button(props, () => composer.insert(each.word), drawn, el("span", { text: each.name }));
  });
  return tray("スタンプ", [...emoji, ...STICKERS.map((each) => {
    const press = () => composer.send("sticker", { package: each.package, sticker: each.sticker });
    const drawn = face(each.name, { ...each.look, size: 40 });
    const props = { class: "tray-item sticker-item", "aria-label": `スタンプ ${each.name}` };
    return button(props, press, drawn, el("span", { text: each.name }));
  })]);
}

function tray(name, buttons) {
  return el("div", { class: "tray", role: "group", "aria-label": name, hidden: true }, ...buttons);
}
