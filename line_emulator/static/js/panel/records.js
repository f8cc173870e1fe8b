import { arrange, el } from "../dom.js";

/** A list of records newest first: each folds open, and what stands open stays open through updates. */
export class Records {
  constructor({ label, empty, draw }) {
    this.empty = el("p", { class: "panel-empty", text: empty });
    this.draw = draw;
    this.drawn = new Map();
    this.list = el("ol", { class: "records", "aria-label": label, reversed: true });
    this.element = el("div", {}, this.empty, this.list);
  }

  update(records) {
    this.empty.hidden = records.length > 0;
    const before = this.drawn;
    this.drawn = new Map();
    const nodes = records.map((record, place) => this.node(record, before, place === 0));
    arrange(this.list, nodes);
  }

  node(record, before, newest) {
    const kept = before.get(record.id);
    const sign = `${record.status} ${record.outcome ?? record.verdict}`;
    const node = kept?.sign === sign ? kept.node : el("li", {}, this.draw(record, { newest }));
    // Only the newest record opens by itself; one that the reader opened is left alone.
    if (!newest && kept && node.dataset.auto) this.fold(node);
    if (newest && !kept) this.unfold(node);
    this.drawn.set(record.id, { sign, node });
    return node;
  }

  unfold(node) {
    const details = node.querySelector("details");
    if (details?.dataset.opens !== "newest") return;
    details.open = true;
    node.dataset.auto = "yes";
  }

  fold(node) {
    node.querySelector("details").open = false;
    delete node.dataset.auto;
  }
}

/** Name and value pairs, those without a value left out. */
export function facts(pairs) {
  const given = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  const rows = given.flatMap(([name, value]) => [el("dt", { text: name }), el("dd", { text: value })]);
  return el("dl", { class: "facts" }, ...rows);
}

export const pill = (text, look) => el("span", { class: `pill ${look}`, text });
