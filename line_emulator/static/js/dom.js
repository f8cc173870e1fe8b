/** Builds one element; text always goes in as text, never as markup. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    assign(node, name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A button that does `press`; never one that submits a form by accident. */
export function button(props, press, ...children) {
  return el("button", { type: "button", ...props, on: { click: press } }, ...children);
}

function assign(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") node.className = value;
  else if (name === "text") node.textContent = value;
  else if (name === "on") listen(node, value);
  else if (name === "data") Object.assign(node.dataset, value);
  else node.setAttribute(name, value === true ? "" : value);
}

function listen(node, handlers) {
  for (const [type, handler] of Object.entries(handlers)) {
    node.addEventListener(type, handler);
  }
}

const SVG = "http://www.w3.org/2000/svg";

/** A line icon drawn from path data, hidden from screen readers: the control around it carries the name. */
export function icon(name, size = 20) {
  const svg = document.createElementNS(SVG, "svg");
  const attrs = {
    viewBox: "0 0 24 24", width: size, height: size, fill: "none", stroke: "currentColor",
    "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
  };
  for (const [key, value] of Object.entries(attrs)) svg.setAttribute(key, value);
  for (const d of ICONS[name] ?? []) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** Hands a click or the keys that mean a click to one handler. */
export function activates(node, handler) {
  node.addEventListener("click", handler);
  node.addEventListener("keydown", (event) => {
    if (event.target !== node || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    handler(event);
  });
}

/** Makes `nodes` the children of `parent`; what stays in place is not touched, so that focus and scroll survive. */
export function arrange(parent, nodes) {
  const staying = new Set(nodes);
  // First of all: a node moved past one that is going would lose its focus to the move.
  for (const child of [...parent.childNodes]) if (!staying.has(child)) child.remove();
  let spot = parent.firstChild;
  for (const node of nodes) {
    if (node === spot) spot = spot.nextSibling;
    else parent.insertBefore(node, spot);
  }
}

const ICONS = {
  // All drawn for this page.
  back: ["M15 5l-7 7 7 7"],
  forward: ["M9 5l7 7-7 7"],
  plus: ["M12 5v14", "M5 12h14"],
  send: ["M4 12l16-8-6 17-3-7z", "M11 14l9-10"],
  smile: ["M12 3a9 9 0 100 18 9 9 0 000-18z", "M8.5 14a4 4 0 007 0", "M9 9.5v.5", "M15 9.5v.5"],
  image: ["M4 5h16v14H4z", "M4 16l5-5 4 4 3-3 4 4", "M15.5 9v.5"],
  pin: ["M12 21s7-6 7-11a7 7 0 10-14 0c0 5 7 11 7 11z", "M12 12a2 2 0 100-4 2 2 0 000 4z"],
  file: ["M6 3h8l4 4v14H6z", "M14 3v4h4"],
  voice: ["M12 4v10", "M9 7v4", "M15 7v4", "M6 10a6 6 0 0012 0", "M12 16v4"],
  menu: ["M4 7h16", "M4 12h16", "M4 17h16"],
  down: ["M6 9l6 6 6-6"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  play: ["M8 5l11 7-11 7z"],
  camera: ["M4 7h4l2-3h4l2 3h4v12H4z", "M12 16a3.5 3.5 0 100-7 3.5 3.5 0 000 7z"],
};
