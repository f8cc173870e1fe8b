import { button, el, icon } from "../dom.js";
import { say } from "../language.js";

const DEFAULT_ICONS = { camera: "camera", cameraRoll: "image", location: "pin" };

/** The row of quick replies over the input; it is there only while the platform says so. */
export class QuickReplies {
  constructor({ onTap, imageUrl }) {
    this.onTap = onTap;
    this.imageUrl = imageUrl;
    this.element = el("div", { class: "quick", role: "group", "aria-label": say("quick_replies"), hidden: true });
  }

  update(quick) {
    const sign = JSON.stringify(quick);
    if (sign === this.sign) return;
    this.sign = sign;
    this.element.hidden = !quick?.items?.length;
    this.element.replaceChildren(...(quick?.items ?? []).map((item) => this.chip(item, quick.entry)));
    this.element.scrollLeft = 0;
  }

  chip(item, entry) {
    const label = el("span", { text: item.action.label });
    return button({ class: "chip" }, () => this.onTap(item.action, entry), this.picture(item), label);
  }

  picture(item) {
    const source = item.imageUrl ? this.imageUrl(item.imageUrl) : null;
    if (source) return el("img", { src: source, alt: "", width: 20, height: 20 });
    const name = DEFAULT_ICONS[item.action.type];
    return name ? icon(name, 18) : null;
  }
}
