/** Reduces the letters of a line until it fits its width, and again whenever that width changes. */
export function shrinkToFit(line) {
  const asked = () => line.style.fontSize;
  let original = null;
  const fit = () => {
    original ??= asked();
    line.style.fontSize = original;
    const room = line.clientWidth;
    const wide = line.scrollWidth;
    if (room > 0 && wide > room) {
      const size = parseFloat(getComputedStyle(line).fontSize);
      line.style.fontSize = `${Math.floor((size * room * 10) / wide) / 10}px`;
    }
  };
  new ResizeObserver(fit).observe(line);
}
