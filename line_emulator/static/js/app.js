import { pictureRules, listen, untilAnswered } from "./api.js";
import { say } from "./language.js";
import { ownPictures } from "./pictures.js";
import { Panel } from "./panel/panel.js";
import { Stage, inviteOrToast } from "./stage.js";

const byId = (id) => document.getElementById(id);

/** The dot in the bar. */
function showLink(up) {
  const state = byId("link-state");
  state.textContent = up ? say("connected") : say("reconnecting");
  state.classList.toggle("down", !up);
}

function wirePanelToggle() {
  const [button, panel] = [byId("toggle-panel"), byId("panel")];
  const set = (open) => {
    panel.hidden = !open;
    document.body.classList.toggle("panel-open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => set(panel.hidden));
  set(window.matchMedia("(min-width: 900px)").matches);
}

async function start() {
  wirePanelToggle();
  const panel = new Panel(byId("panel"));
  const imageUrl = ownPictures(await untilAnswered(pictureRules));
  const heeded = { onActive: (phone) => panel.about(phone), onState: (phone) => panel.hears(phone) };
  const stage = new Stage(byId("stage"), { imageUrl, ...heeded });
  byId("add-phone").addEventListener("click", () => inviteOrToast(stage));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) stage.refreshAll(); });
  listen((change) => { stage.heard(change); panel.refresh(); }, showLink);
}

start();
