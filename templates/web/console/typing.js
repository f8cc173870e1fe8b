"use strict";
// Saves a draft while it is typed. Without this script, the form's button does the same.
(() => {
  const form = document.querySelector("form[data-typing]");
  const status = document.getElementById("typing");
  const when = document.getElementById("typing-when");
  if (!form || !status) return;

  const PAUSE = 1200; // milliseconds after the last key
  const LONGEST = 8000; // typing without a pause
  const AGAIN = 4000; // after a failure
  const LOOK = 20000; // whether somebody else has saved
  const PRESENT = 300000; // after the last act: an abandoned page lets its login end
  const kept = "typing " + form.dataset.typing;
  let changed = 0, saved = 0, firstChange = 0, lastAct = Date.now();
  let timer = 0, sending = null, stopped = false;

  const seen = () => form.elements.namedItem("seen").value;
  const fields = () => [...form.elements].filter(one => one.name.startsWith("f:"));
  const say = text => { if (status.textContent !== text) status.textContent = text; };
  const keep = extra => store(() => sessionStorage.setItem(kept, JSON.stringify(
    { seen: seen(), shown: form.elements.namedItem("shown").value, values: fields().map(one => [one.name, one.value]), ...extra })));
  const forget = () => store(() => sessionStorage.removeItem(kept));
  const store = act => { try { return act(); } catch { return null; } }; // a browser may forbid it

  function restore() {
    const found = store(() => JSON.parse(sessionStorage.getItem(kept)));
    const done = new URLSearchParams(location.search).get("done");
    if (!found || "answered" in form.dataset || (found.sent && done === "saved")) return forget();
    const lost = found.values.filter(([name, value]) => form.elements.namedItem(name)?.value !== value);
    if (!lost.length) return forget();
    for (const [name, value] of lost) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    setSeen(found.seen);
    form.elements.namedItem("shown").value = found.shown;
    say(status.dataset.restored);
    mark();
  }

  function setSeen(revision) {
    for (const one of document.querySelectorAll("input[name=seen]")) one.value = revision;
  }

  function mark() {
    changed += 1;
    lastAct = Date.now();
    firstChange ||= lastAct;
    keep();
    plan(lastAct - firstChange > LONGEST ? 0 : PAUSE);
  }

  function plan(wait) {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, wait);
  }

  async function save() {
    if (sending || stopped || saved === changed) return;
    firstChange = 0;
    sending = send(changed, new URLSearchParams(new FormData(form)));
    const wait = await sending;
    sending = null;
    if (saved !== changed && wait) plan(wait);
  }

  // Returns how long to wait until the next try; 0 waits for the next key
  async function send(sent, body) {
    let answer;
    try {
      const keepalive = document.hidden && body.toString().length < 60000; // more is refused
      answer = await fetch("/console/content/typed", { method: "POST", body, redirect: "manual", keepalive });
    } catch {
      say(status.dataset.offline);
      return AGAIN;
    }
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
      say(status.dataset.login);
      return 0;
    }
    const found = await answer.json().catch(() => null);
    if (!found || ![200, 409, 422].includes(answer.status)) {
      say(status.dataset.offline);
      return AGAIN;
    }
    say(found.says);
    if (answer.status === 409) return stop();
    if (answer.status === 422) return 0;
    setSeen(found.revision);
    saved = sent;
    if (saved === changed) forget();
    else keep();
    when.textContent = new Date().toLocaleTimeString("ja-JP");
    return PAUSE;
  }

  function stop() {
    stopped = true;
    status.classList.add("warn", "said");
    return 0;
  }

  async function look() {
    const idle = document.hidden || Date.now() - lastAct > PRESENT;
    if (idle || sending || stopped) return;
    const asked = new URLSearchParams({ key: form.elements.namedItem("key").value, seen: seen() });
    const before = seen();
    const found = await fetch("/console/content/typed?" + asked, { redirect: "manual" })
      .then(answer => answer.ok ? answer.json() : null).catch(() => null);
    if (!found?.says || sending || before !== seen()) return;
    say(found.says);
    stop();
  }

  form.addEventListener("input", mark);
  // the button waits for what is on its way: the two would take each other for somebody else
  form.addEventListener("submit", async event => {
    clearTimeout(timer);
    keep({ sent: true });
    if (!sending) {
      stopped = true;
      return;
    }
    event.preventDefault();
    await sending;
    stopped = true;
    keep({ sent: true });
    form.submit();
  });
  addEventListener("pageshow", event => { if (event.persisted) { stopped = false; look(); } });
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); else look(); });
  for (const act of ["pointerdown", "keydown"]) addEventListener(act, () => { lastAct = Date.now(); });
  setInterval(look, LOOK);
  restore();
})();
