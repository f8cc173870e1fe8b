import { CANCEL, ask } from "../dialogs.js";
import { el } from "../dom.js";

/** Asks for a group's name and members; `self` is always one of them. Null when dismissed. */
export function askForGroup(users, self) {
  const name = el("input", { type: "text", maxlength: "40", value: "情報政策課", "aria-label": "グループ名" });
  const invite = el("input", { type: "checkbox", checked: true });
  const tick = (user) => el("input", { type: "checkbox", checked: true, disabled: user.id === self });
  const boxes = users.map((user) => ({ user, box: tick(user) }));
  const rows = boxes.map(({ user, box }) => el("label", {}, box, ` ${user.name}`));
  const invitation = el("label", {}, invite, " アカウントを招待する");
  const value = () => ({
    name: name.value.trim() || "グループ",
    invite: invite.checked,
    members: boxes.filter(({ box }) => box.checked).map(({ user }) => user.id),
  });
  return ask({
    title: "グループを作る",
    body: [el("div", { class: "dialog-fields" }, name, el("p", { text: "メンバー" }), ...rows, invitation)],
    buttons: [CANCEL, { label: "作る", value, main: true }],
  });
}
