/** LINE's older template messages told in Flex, so that one renderer draws them all. */
export function asFlex(template) {
  return { buttons, confirm, carousel, image_carousel: imageCarousel }[template.type]?.(template) ?? null;
}

const text = (words, more = {}) => ({ type: "text", text: words, wrap: true, ...more });
const link = (action) => ({ type: "button", action, height: "sm", style: "link" });
const column = (contents, more = {}) => ({ type: "box", layout: "vertical", contents, ...more });

function buttons(template) {
  return card(template, { imageSize: template.imageSize, ratio: template.imageAspectRatio });
}

function carousel(template) {
  const look = { imageSize: template.imageSize, ratio: template.imageAspectRatio };
  return { type: "carousel", contents: template.columns.map((each) => card(each, look)) };
}

function card(part, { imageSize, ratio }) {
  const words = [part.title && text(part.title, { weight: "bold", size: "lg" }), text(part.text, { size: "sm" })];
  return {
    type: "bubble", size: "kilo", action: part.defaultAction,
    hero: part.thumbnailImageUrl ? picture(part, { imageSize, ratio }) : undefined,
    body: column(words.filter(Boolean), { spacing: "sm" }),
    footer: column(part.actions.map(link)), styles: { footer: { separator: true } },
  };
}

function picture(part, { imageSize, ratio }) {
  return {
    type: "image", url: part.thumbnailImageUrl, size: "full", aspectMode: imageSize === "contain" ? "fit" : "cover",
    aspectRatio: ratio === "square" ? "1:1" : "151:100", backgroundColor: part.imageBackgroundColor,
  };
}

function confirm(template) {
  const row = { type: "box", layout: "horizontal", contents: template.actions.map(link) };
  const body = column([text(template.text)]);
  return { type: "bubble", size: "kilo", body, footer: row, styles: { footer: { separator: true } } };
}

function imageCarousel(template) {
  return {
    type: "carousel",
    contents: template.columns.map((each) => ({
      type: "bubble", size: "hecto", action: each.action,
      body: column([
        { type: "image", url: each.imageUrl, size: "full", aspectMode: "cover" },
        ...(each.action.label ? [overPicture(each.action.label)] : []),
      ], { paddingAll: "0px" }),
    })),
  };
}

/** The label lies on the picture, near its lower edge. */
function overPicture(label) {
  const words = text(label, { align: "center", size: "sm", color: "#ffffff", wrap: false });
  return column([words], {
    position: "absolute", offsetBottom: "12px", offsetStart: "16px", offsetEnd: "16px",
    backgroundColor: "#00000088", cornerRadius: "16px", paddingAll: "6px",
  });
}
