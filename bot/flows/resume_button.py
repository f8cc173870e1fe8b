"""Adds 続ける to what a function replies if it was opened over a flow that waits for an answer."""

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
    """Return the replies, with 続ける in the last of them if a flow waits below."""
    waiting = session.base_flow
    if waiting is None or not replies:
        return replies
    button = say_button(ctx.texts.ui.moves.resume, primary=True)
    opener = menu.opener(waiting.flow, ctx.texts.ui.menu.items[waiting.flow].label)
    return (*replies[:-1], _with(replies[-1], button, opener))


def _with(view: Reply, button: Button, opener: Button) -> Reply:
    """Add the button in place of one that opens the same flow, as a row of a list, or else as a quick reply."""
    match view:
        case TableView() | Costs() | Check() | Timeline() | Process() | Notice() | AnswerView():
            others = tuple(other for other in view.buttons if other != button and not _same(other, opener))
            return replace(view, buttons=(button, *others))
        case Cards() if view.cards:
            last = view.cards[-1]  # a card has three buttons at most: 続ける displaces the menu
            leads_on = last if last.source else replace(last, buttons=(button, *last.buttons)[:CARD_BUTTONS])
            return replace(view, cards=(*view.cards[:-1], leads_on), quick=(button, *view.quick))
        case Menu():
            row = MenuItem(label=button.label, note=opener.label, action=button.action)
            return replace(view, items=(*view.items, row))
    return replace(view, quick=(button, *view.quick))


def _same(button: Button, opener: Button) -> bool:
    """Return True if both buttons open the same function, even under different labels."""
    left, right = button.action, opener.action
    return isinstance(left, Postback) and isinstance(right, Postback) and left.data == right.data
