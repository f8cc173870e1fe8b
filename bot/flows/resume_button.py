"""A counter opened in the middle of the pre-check leads back to the question that waits."""

from dataclasses import replace

from bot.flows import menu
from bot.flows.buttons import say_button
from bot.flows.context import Context
from bot.flows.session import Session
from bot.replies.actions import Button, Postback
from bot.replies.views import (
    AnswerView,
    Cards,
    Check,
    Costs,
    Menu,
    MenuItem,
    Notice,
    Process,
    Reply,
    TableView,
    Timeline,
)

CARD_BUTTONS = 3


def add_to(replies: tuple[Reply, ...], session: Session, ctx: Context) -> tuple[Reply, ...]:
    """The replies, the last of them with 続ける where a talk waits below."""
    waiting = session.base_flow
    if waiting is None or not replies:
        return replies
    button = say_button(ctx.texts.ui.moves.resume, primary=True)
    opener = menu.opener(waiting.flow, ctx.texts.ui.menu.items[waiting.flow].label)
    return (*replies[:-1], _with(replies[-1], button, opener))


def _with(view: Reply, button: Button, opener: Button) -> Reply:
    """On a button instead of the one that opens the same, as a row in a list, else as a quick reply."""
    match view:
        case TableView() | Costs() | Check() | Timeline() | Process() | Notice() | AnswerView():
            others = tuple(other for other in view.buttons if other != button and not _same(other, opener))
            return replace(view, buttons=(button, *others))
        case Cards() if view.cards:
            last = view.cards[-1]  # three buttons at most: 続ける before the menu
            leads_on = last if last.source else replace(last, buttons=(button, *last.buttons)[:CARD_BUTTONS])
            return replace(view, cards=(*view.cards[:-1], leads_on), quick=(button, *view.quick))
        case Menu():
            row = MenuItem(label=button.label, note=opener.label, action=button.action)
            return replace(view, items=(*view.items, row))
    return replace(view, quick=(button, *view.quick))


def _same(button: Button, opener: Button) -> bool:
    """Whether both open the same function, whatever they are called."""
    left, right = button.action, opener.action
    return isinstance(left, Postback) and isinstance(right, Postback) and left.data == right.data
