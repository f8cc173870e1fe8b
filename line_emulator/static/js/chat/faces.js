const SVG = "http://www.w3.org/2000/svg";

/** Faces drawn for this page: a machine without colour fonts shows them, too. */
const MOUTHS = {
  smile: "M7.5 14c1.2 2 2.8 3 4.5 3s3.300-1 4.500-3",
  open: "M8 13.500h8c0 3-1.800 4.500-4 4.500s-4-1.500-4-4.500z",
  flat: "M8.500 15.500h7",
  sad: "M8 17c1-1.600 2.400-2.300 4-2.300s3 .7 4 2.300",
  small: "M10.500 15.500c.5.7 1 1 1.500 1s1-.3 1.500-1",
};
const EYES = {
  dots: ["M9 9v1.500", "M15 9v1.500"],
  closed: ["M7.700 10.300c.8-1 1.800-1 2.600 0", "M13.700 10.300c.8-1 1.800-1 2.600 0"],
  wink: ["M9 9v1.500", "M13.700 10h2.600"],
};

/** One face as an image with a name for screen readers. */
export function face(name, { eyes = "dots", mouth = "smile", size = 20, extra = [] } = {}) {
  const svg = element("svg", { viewBox: "0 0 24 24", width: size, height: size, role: "img", "aria-label": name });
  svg.append(element("circle", { cx: 12, cy: 12, r: 10, fill: "#ffd95a", stroke: "#8a6d1a" }));
  const strokes = [...EYES[eyes], MOUTHS[mouth], ...extra];
  const line = { fill: "none", stroke: "#4a3a10", "stroke-width": 1.5, "stroke-linecap": "round" };
  svg.append(...strokes.map((d) => element("path", { ...line, d })));
  return svg;
}

function element(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}
