import * as api from "./api.js";
import { CANCEL, ask } from "./dialogs.js";
import { el } from "./dom.js";
import { say } from "./language.js";

/** Asks who gets the new phone: one of the users without any, or somebody new. The id, or null. */
export async function chooseUser(free) {
  const { name, follows, old, body } = fields(free);
  const value = () => (old.value || name.value.trim() ? { id: old.value, name: name.value.trim() } : undefined);
  const chosen = await ask({ title: say("add_phone"), body, buttons: [CANCEL, { label: say("add"), value, main: true }] });
  if (!chosen) return null;
  return chosen.id || (await api.addUser(chosen.name, follows.checked)).user.id;
}

function fields(free) {
  const name = el("input", { type: "text", maxlength: "20", autocomplete: "off", "aria-label": say("new_user_name") });
  const follows = el("input", { type: "checkbox", checked: true });
  const users = free.map((user) => el("option", { value: user.id, text: user.name }));
  const old = el("select", { "aria-label": say("user") }, el("option", { value: "", text: say("new_user") }), ...users);
  const fresh = el("div", { class: "dialog-fields" }, name, el("label", {}, follows, ` ${say("add_as_friend")}`));
  old.addEventListener("change", () => { fresh.hidden = old.value !== ""; });
  return { name, follows, old, body: [el("div", { class: "dialog-fields" }, old), fresh] };
}
