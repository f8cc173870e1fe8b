import { button, el, icon } from "../dom.js";
import { actionName } from "../flex/action.js";
import { say } from "../language.js";

/** The rich menu: its picture with a button on each area, and the bar that opens and closes it. */
export class RichMenu {
  constructor({ onTap, onResize }) {
    this.onTap = onTap;
    this.onResize = onResize;
    this.open = false;
    this.sheet = el("div", { class: "menu-sheet", role: "group", "aria-label": say("rich_menu") });
    this.label = el("span");
    this.bar = button({ class: "menu-bar" }, () => this.setOpen(!this.open), this.label, icon("down", 16));
    this.element = el("div", { class: "menu", hidden: true }, this.sheet, this.bar);
  }

  /** A menu seen for the first time opens if it is `selected`; a switch of tabs leaves it as it is. */
  update(menu) {
    const sign = JSON.stringify(menu);
    if (sign === this.sign) return;
    const first = !this.shown && menu;
    this.sign = sign;
    this.shown = menu;
    this.element.hidden = !menu;
    if (menu) this.draw(menu);
    if (first) this.open = Boolean(menu.selected);
    this.setOpen(this.open);
  }

  setOpen(open) {
    this.open = open;
    this.sheet.hidden = !open;
    this.bar.setAttribute("aria-expanded", String(open));
    this.onResize();
  }

  draw(menu) {
    const focused = [...this.sheet.children].indexOf(document.activeElement);
    const picture = el("img", { src: menu.image, alt: "", draggable: "false" });
    this.sheet.style.aspectRatio = `${menu.size.width} / ${menu.size.height}`;
    this.sheet.replaceChildren(picture, ...menu.areas.map((area) => this.area(area, menu.size)));
    this.label.textContent = menu.chatBarText;
    if (focused > 0) this.sheet.children[focused]?.focus();
  }

  area({ bounds, action }, size) {
    const name = areaName(action);
    const spot = button({ class: "menu-area", "aria-label": name, title: name }, () => this.onTap(action));
    spot.style.left = `${(100 * bounds.x) / size.width}%`;
    spot.style.top = `${(100 * bounds.y) / size.height}%`;
    spot.style.width = `${(100 * bounds.width) / size.width}%`;
    spot.style.height = `${(100 * bounds.height) / size.height}%`;
    return spot;
  }
}

const areaName = (action) => actionName(action) || action.richMenuAliasId || say("menu_item");
