/** LINE's keywords in pixels, as its simulator draws them; a pixel value passes through, anything else is null. */
const GAPS = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const FONTS = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const IMAGES = {
  xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220,
};
const BORDERS = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };

const PIXELS = /^\d+(\.\d+)?px$/;
const OFFSET = /^-?\d+(\.\d+)?(px|%)$/;
const PERCENT = /^\d+(\.\d+)?%$/;
const COLOUR = /^#[0-9a-f]{6}([0-9a-f]{2})?$/i;

function keywordOr(table, value, ...patterns) {
  if (typeof value !== "string") return null;
  if (Object.hasOwn(table, value)) return `${table[value]}px`;
  return patterns.some((pattern) => pattern.test(value)) ? value : null;
}

export const gap = (value) => keywordOr(GAPS, value, PIXELS);
export const padding = (value) => keywordOr(GAPS, value, PIXELS, PERCENT);
export const offset = (value) => keywordOr(GAPS, value, OFFSET);
export const radius = (value) => keywordOr(GAPS, value, PIXELS);
export const border = (value) => keywordOr(BORDERS, value, PIXELS);
export const length = (value) => keywordOr({}, value, PIXELS, PERCENT);
export const font = (value) => keywordOr(FONTS, value, PIXELS) ?? "16px";
export const imageWidth = (value) =>
  value === "full" ? "100%" : (keywordOr(IMAGES, value, PIXELS, PERCENT) ?? "100px");
export const colour = (value) => (typeof value === "string" && COLOUR.test(value) ? value : null);

/** "20:13" as the CSS ratio "20 / 13"; LINE's default is a square. */
export function ratio(value) {
  const match = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(value ?? "1:1");
  return match ? `${match[1]} / ${match[2]}` : "1 / 1";
}

/** A font size that follows the reader's setting only where the component asks for it. */
export function scaled(pixels, scaling) {
  return scaling ? `calc(${pixels} * var(--fx-scale, 1))` : pixels;
}
