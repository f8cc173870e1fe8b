"""What a screen reader or a keyboard would stumble over in a page, as far as a script in the page can see it."""

STUMBLES = r"""() => {
  const found = [], all = selector => [...document.querySelectorAll(selector)];
  const say = (what, e) => found.push(what + ": " + e.outerHTML.slice(0, 90));
  const name = e => (e.getAttribute("aria-label") || e.textContent || "").trim();
  if (document.documentElement.lang !== "ja") found.push("language of the page");
  if (!document.title.trim()) found.push("title of the page");
  if (all("h1").length !== 1) found.push("headings of the first level: " + all("h1").length);
  if (all("main").length !== 1) found.push("main parts: " + all("main").length);
  let level = 0;
  for (const e of all("h1, h2, h3, h4")) {
    const now = Number(e.tagName[1]);
    if (now > level + 1) say("level left out before", e);
    if (!name(e)) say("empty heading", e);
    level = now;
  }
  const ids = all("[id]").map(e => e.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) found.push("id used twice: " + id);
  for (const e of all("input:not([type=hidden]), select, textarea"))
    if (!e.labels.length && !e.getAttribute("aria-label")) say("no label", e);
  for (const e of all("a, button, summary")) if (!name(e)) say("no name", e);
  for (const e of all("[tabindex]")) if (e.tabIndex > 0) say("order of its own", e);
  for (const e of all("img, svg")) if (!e.getAttribute("alt") && !e.getAttribute("aria-label")
    && !e.getAttribute("aria-labelledby") && e.getAttribute("aria-hidden") !== "true" && !e.querySelector("title"))
    say("no words", e);
  for (const attribute of ["aria-describedby", "aria-labelledby", "aria-controls", "list", "for"])
    for (const e of all(`[${attribute}]`)) for (const id of e.getAttribute(attribute).split(/\s+/))
      if (!document.getElementById(id)) say(attribute + " of nothing", e);
  for (const e of all("button, select, input:not([type=hidden]), textarea, nav a, .choice a, .go, summary")) {
    const box = e.getBoundingClientRect();
    if (e.checkVisibility() && (box.height < 22 || box.width < 22)) say("too small to hit", e);
  }
  for (const e of all("[role=status], [role=alert]")) if (e.closest("[aria-hidden=true]")) say("never heard", e);
  return found;
}"""
