import { button, el, icon } from "../dom.js";
import { say } from "../language.js";

/** Bubbles side by side, bodies stretched to the tallest, with arrows for those who cannot swipe. */
export function drawCarousel(carousel, drawBubble) {
  const bubbles = carousel.contents ?? [];
  const label = say("carousel", { count: bubbles.length });
  const track = el("div", { class: "fx-track", tabindex: "0", role: "group", "aria-label": label });
  bubbles.forEach((bubble, index) => {
    const name = `${index + 1}/${bubbles.length}`;
    track.append(el("div", { class: "fx-slide", role: "group", "aria-label": name }, drawBubble(bubble)));
  });
  const node = el("div", { class: "fx-carousel" }, track);
  if (bubbles.length > 1) addArrows(node, track);
  return node;
}

function addArrows(node, track) {
  const arrows = [arrow("back", say("card.previous"), track, -1), arrow("forward", say("card.next"), track, 1)];
  const update = () => {
    const end = track.scrollWidth - track.clientWidth;
    arrows[0].hidden = track.scrollLeft < 4;
    arrows[1].hidden = track.scrollLeft > end - 4;
  };
  track.addEventListener("scroll", update, { passive: true });
  new ResizeObserver(update).observe(track);
  node.append(...arrows);
}

function arrow(name, label, track, direction) {
  const go = () => track.scrollBy({ left: direction * stepWidth(track), behavior: "smooth" });
  return button({ class: `fx-arrow fx-arrow-${name}`, "aria-label": label }, go, icon(name, 18));
}

function stepWidth(track) {
  const slides = track.children;
  return slides.length > 1 ? slides[1].offsetLeft - slides[0].offsetLeft : track.clientWidth;
}
