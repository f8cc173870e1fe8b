import { button, el, icon } from "../dom.js";
import { say } from "../language.js";
import { face } from "./faces.js";
import { sampleFile } from "./samples.js";
import { STICKERS } from "./media.js";

/** LINE emoji: a word in the text, whose place is told to the bot; the faces are ours. */
export const EMOJI = [
  { word: "(love)", look: { eyes: "closed" }, name: say("emoji.love") },
  { word: "(happy)", look: { mouth: "open" }, name: say("emoji.happy") },
  { word: "(bow)", look: { eyes: "closed", mouth: "small" }, name: say("emoji.bow") },
  { word: "(ok)", look: { eyes: "wink" }, name: say("emoji.ok") },
];

/** What can be sent besides text: pictures, files, voice, a place. */
export function attachTray(composer) {
  const items = [
    ["image", say("photo"), () => composer.sendPhoto("roll")],
    ["camera", say("camera"), () => composer.sendPhoto("camera")],
    ["play", say("video"), () => composer.send("video")],
    ["voice", say("voice"), () => composer.send("audio")],
    ["file", say("file"), () => composer.send("file", sampleFile())],
    ["pin", say("location"), () => composer.sendLocation()],
  ];
  return tray(say("things_to_send"), items.map(([picture, label, press]) =>
    button({ class: "tray-item" }, press, icon(picture, 24), el("span", { text: label }))));
}

export function stickerTray(composer) {
  const emoji = EMOJI.map((each) => {
    const props = { class: "tray-item", "aria-label": say("emoji_named", { name: each.name }) };
    const drawn = face(each.name, { ...each.look, size: 34 });
    return button(props, () => composer.insert(each.word), drawn, el("span", { text: each.name }));
  });
  return tray(say("stickers"), [...emoji, ...STICKERS.map((each) => {
    const press = () => composer.send("sticker", { package: each.package, sticker: each.sticker });
    const drawn = face(each.name, { ...each.look, size: 40 });
    const props = { class: "tray-item sticker-item", "aria-label": say("sticker_named", { name: each.name }) };
    return button(props, press, drawn, el("span", { text: each.name }));
  })]);
}

function tray(name, buttons) {
  return el("div", { class: "tray", role: "group", "aria-label": name, hidden: true }, ...buttons);
}
