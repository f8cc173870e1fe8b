import { button, el } from "../dom.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** Tabs as the ARIA pattern has them: one in the tab order, the arrows move among them. */
export class Tabs {
  constructor(label, pages) {
    this.buttons = new Map(pages.map((page) => [page.id, this.tab(page)]));
    this.sheets = new Map(pages.map((page) => [page.id, sheet(page)]));
    const list = el("div", { class: "tabs", role: "tablist", "aria-label": label }, ...this.buttons.values());
    list.addEventListener("keydown", (event) => this.moved(event));
    this.element = el("div", { class: "tabbed" }, list, ...this.sheets.values());
    this.select(pages[0].id);
  }

  tab({ id, label }) {
    const props = { class: "tab", role: "tab", id: `tab-${id}`, "aria-controls": `sheet-${id}` };
    return button(props, () => this.select(id), label, el("span", { class: "tab-mark", hidden: true }));
  }

  select(id) {
    for (const [each, button] of this.buttons) {
      const on = each === id;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
      this.sheets.get(each).hidden = !on;
    }
    this.selected = id;
  }

  /** A small number on a tab that wants a look. */
  mark(id, count) {
    const mark = this.buttons.get(id).querySelector(".tab-mark");
    mark.hidden = !count;
    mark.textContent = count || "";
  }

  moved(event) {
    const step = STEPS[event.key];
    if (!step) return;
    const ids = [...this.buttons.keys()];
    const next = ids[(ids.indexOf(this.selected) + step + ids.length) % ids.length];
    this.select(next);
    this.buttons.get(next).focus();
  }
}

function sheet({ id, content }) {
  return el("div", { class: "sheet", role: "tabpanel", id: `sheet-${id}`, "aria-labelledby": `tab-${id}` }, content);
}
