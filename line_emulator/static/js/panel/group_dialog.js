import { CANCEL, ask } from "../dialogs.js";
import { el } from "../dom.js";
import { say } from "../language.js";

/** Asks for a group's name and members; `self` is always one of them. Null when dismissed. */
export function askForGroup(users, self) {
  const name = el("input", { type: "text", maxlength: "40", value: say("sample_group"), "aria-label": say("group_name") });
  const invite = el("input", { type: "checkbox", checked: true });
  const tick = (user) => el("input", { type: "checkbox", checked: true, disabled: user.id === self });
  const boxes = users.map((user) => ({ user, box: tick(user) }));
  const rows = boxes.map(({ user, box }) => el("label", {}, box, ` ${user.name}`));
  const invitation = el("label", {}, invite, ` ${say("invite_account")}`);
  const value = () => ({
    name: name.value.trim() || say("group"),
    invite: invite.checked,
    members: boxes.filter(({ box }) => box.checked).map(({ user }) => user.id),
  });
  return ask({
    title: say("make_group"),
    body: [el("div", { class: "dialog-fields" }, name, el("p", { text: say("members") }), ...rows, invitation)],
    buttons: [CANCEL, { label: say("make"), value, main: true }],
  });
}
