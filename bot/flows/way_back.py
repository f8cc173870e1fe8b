"""A counter opened in the middle of the pre-check leads back to the question that waits."""

from dataclasses import replace

from bot.flows.context import Context
from bot.flows.session import Session
from bot.replies.actions import Button, Say
from bot.replies.views import Answer, Check, Costs, Menu, MenuItem, Notice, Process, Reply, Table, Timeline


def added(replies: tuple[Reply, ...], session: Session, ctx: Context) -> tuple[Reply, ...]:
    """The replies, the last of them with 続ける where a talk waits below."""
    waiting = session.below
    if waiting is None or not replies:
        return replies
    word = ctx.texts.ui.moves.resume
    button = Button(word, Say(word), "primary")
    label = ctx.texts.ui.menu.items[waiting.flow].label
    return (*replies[:-1], _with(replies[-1], button, label))


def _with(view: Reply, button: Button, waiting: str) -> Reply:
    """On a button where the bubble has some, as a row in a list, else as a quick reply."""
    match view:
        case Table() | Costs() | Check() | Timeline() | Process() | Notice() | Answer():
            return view if button in view.buttons else replace(view, buttons=(button, *view.buttons))
        case Menu():
            row = MenuItem(label=button.label, note=waiting, action=button.action)
            return replace(view, items=(*view.items, row))
    return replace(view, quick=(button, *view.quick))
