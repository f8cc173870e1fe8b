import { activates } from "../dom.js";

/** What an action is called when it has no label of its own to read out. */
export function actionName(action) {
  return action.label ?? action.displayText ?? action.text ?? action.uri ?? "";
}

/** Makes a component with an action tappable, by mouse, finger and key. */
export function actionable(node, component, context) {
  const { action } = component;
  if (!action || !context.onAction) return node;
  node.classList.add("fx-tappable");
  node.setAttribute("role", action.type === "uri" ? "link" : "button");
  node.tabIndex = 0;
  if (action.label) node.setAttribute("aria-label", action.label);
  activates(node, (event) => {
    event.stopPropagation();
    context.onAction(action, node);
  });
  return node;
}
