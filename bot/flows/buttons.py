"""Buttons and rows that several functions show."""

from bot.flows.context import Context
from bot.flows.postback import encode
from bot.replies.actions import Button, Postback, Say
from bot.replies.views import MenuItem


def menu_button(ctx: Context) -> Button:
    """Return the button that leads to the menu from everywhere."""
    return say_button(ctx.texts.ui.moves.menu)


def say_button(word: str, *, primary: bool = False) -> Button:
    """Return a button that types its label, which is a command."""
    return Button(word, Say(word), "primary" if primary else "secondary")


def postback_button(flow: str, step: str, value: str, label: str) -> Button:
    """Return a button of a stateless flow, which works however old it is."""
    return Button(label, Postback(encode(flow, step, value), label))


def postback_row(flow: str, step: str, value: str, label: str, note: str) -> MenuItem:
    """Return a row of a list; tapping it does what `postback_button` does."""
    return MenuItem(label=label, note=note, action=Postback(encode(flow, step, value), label))
