"""Menu, greeting and the short notices: a way on from everywhere."""

from collections.abc import Sequence

from bot.flows.buttons import menu_button, say_button
from bot.flows.context import Context
from bot.flows.postback import encode
from bot.flows.session import Session
from bot.replies.actions import Button, Postback
from bot.replies.views import Card, Menu, MenuItem, Notice, Tone, Welcome

NAME = "menu"
MAIN = ("precheck", "faq", "name_check")


def opener(function: str, label: str, *, primary: bool = False) -> Button:
    """A button that opens a function."""
    return Button(label, _open(function, label), "primary" if primary else "secondary")


def _open(function: str, label: str) -> Postback:
    return Postback(encode(NAME, "open", function), label)


def menu(ctx: Context) -> Menu:
    """Every function, each with what it is for."""
    text = ctx.texts.ui.menu
    return Menu(
        title=text.title,
        lead=text.lead,
        items=tuple(
            MenuItem(label=item.label, note=item.note, action=_open(function, item.label))
            for function, item in text.items.items()
        ),
    )


def welcome(ctx: Context, *, returning: bool) -> Welcome:
    """The greeting after following or unblocking."""
    text = ctx.texts.ui.welcome
    return Welcome(
        title=text.title,
        lead=text.returning if returning else text.lead,
        points=text.points,
        note=text.note,
        buttons=(*main_buttons(ctx), menu_button(ctx)),
    )


def main_buttons(ctx: Context) -> tuple[Button, ...]:
    """The functions most people come for; the first is the one to press."""
    items = ctx.texts.ui.menu.items
    return tuple(opener(name, items[name].label, primary=name == "precheck") for name in MAIN)


def notice(ctx: Context, key: str, *, session: Session | None = None, buttons: Sequence[Button] = ()) -> Notice:
    """A short word with a way on: back into a talk that waits, or the menu."""
    text = ctx.texts.ui.notices[key]
    tone: Tone = "warning" if key in ("stale", "stale_running", "sorry", "too_many") else "info"
    return Notice(title=text.title, text=text.text, tone=tone, buttons=(*buttons, *next_buttons(ctx, session)))


def last_card(title: str, text: str, buttons: Sequence[Button], ctx: Context) -> Card:
    """The last card of a carousel: on a desktop, where quick replies do not exist, it is the way on."""
    return Card(title=title, tags=(), text=text, reason="", buttons=(*buttons, menu_button(ctx)), source="")


def next_buttons(ctx: Context, session: Session | None = None) -> tuple[Button, ...]:
    """続ける where a talk waits, and always the menu."""
    waiting = session is not None and session.resumable is not None
    resume = (say_button(ctx.texts.ui.moves.resume, primary=True),) if waiting else ()
    return (*resume, menu_button(ctx))
