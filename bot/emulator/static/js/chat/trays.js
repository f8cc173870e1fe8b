import { button, el, icon } from "../dom.js";
import { sampleFile } from "./samples.js";
import { STICKERS } from "./media.js";

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
  return tray("スタンプ", STICKERS.map((each) => {
    const press = () => composer.send("sticker", { package: each.package, sticker: each.sticker });
    const face = el("span", { class: "sticker-face", text: each.face });
    const props = { class: "tray-item sticker-item", "aria-label": `スタンプ ${each.name}` };
    return button(props, press, face, el("span", { text: each.name }));
  }));
}

function tray(name, buttons) {
  return el("div", { class: "tray", role: "group", "aria-label": name, hidden: true }, ...buttons);
}
