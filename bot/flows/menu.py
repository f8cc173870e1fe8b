"""The menu, the greeting and short notices, each with buttons that lead on."""

from collections.abc import Sequence

from bot.flows.buttons import menu_button, say_button
from bot.flows.context import Context
from bot.flows.postback import encode
from bot.flows.session import Session
from bot.replies.actions import Button, Postback
from bot.replies.views import Card, Menu, MenuItem, Notice, Tone, Welcome

NAME = "menu"
REFERRED = frozenset({"help", "sorry", "too_many"})  # notices that name the event's reference
MAIN = ("precheck", "faq", "name_check")


def opener(function: str, label: str, *, primary: bool = False) -> Button:
    """Return a button that opens a function."""
    return Button(label, _open(function, label), "primary" if primary else "secondary")


def _open(function: str, label: str) -> Postback:
    return Postback(encode(NAME, "open", function), label)


def menu(ctx: Context, *, first: Sequence[MenuItem] = ()) -> Menu:
    """Return the menu: every function with its purpose, below those that apply just now."""
    text = ctx.texts.ui.menu
    return Menu(
        title=text.title,
        lead=text.lead,
        items=(
            *first,
            *(
                MenuItem(label=item.label, note=item.note, action=_open(function, item.label))
                for function, item in text.items.items()
            ),
        ),
    )


def welcome(ctx: Context, *, returning: bool) -> Welcome:
    """Return the greeting after following or unblocking."""
    text = ctx.texts.ui.welcome
    return Welcome(
        title=text.title,
        lead=text.returning if returning else text.lead,
        points=text.points,
        note=text.note,
        buttons=(*main_buttons(ctx), menu_button(ctx)),
    )


def main_buttons(ctx: Context) -> tuple[Button, ...]:
    """Return buttons for the functions that most users want. The first is primary."""
    items = ctx.texts.ui.menu.items
    return tuple(opener(name, items[name].label, primary=name == "precheck") for name in MAIN)


def notice(ctx: Context, key: str, *, session: Session | None = None, buttons: Sequence[Button] = ()) -> Notice:
    """Return a short notice with buttons to the waiting flow, if there is one, and to the menu."""
    text = ctx.texts.ui.notices[key]
    tone: Tone = "warning" if key in ("stale", "stale_running", "sorry", "too_many") else "info"
    said = _with_reference(text.text, ctx) if key in REFERRED else text.text
    return Notice(title=text.title, text=said, tone=tone, buttons=(*buttons, *next_buttons(ctx, session)))


def _with_reference(text: str, ctx: Context) -> str:
    """Add the event's reference, by which an operator finds what happened."""
    reference = ctx.reference
    return f"{text}\n{ctx.texts.ui.reference.format(reference=reference)}" if reference else text


def last_card(title: str, text: str, buttons: Sequence[Button], ctx: Context) -> Card:
    """Return the last card of a carousel. It replaces quick replies, which LINE for desktop does not show."""
    return Card(title=title, tags=(), text=text, reason="", buttons=(*buttons, menu_button(ctx)), source="")


def next_buttons(ctx: Context, session: Session | None = None) -> tuple[Button, ...]:
    """Return 続ける if a flow waits, and the menu button."""
    waiting = session is not None and session.resumable is not None
    resume = (say_button(ctx.texts.ui.moves.resume, primary=True),) if waiting else ()
    return (*resume, menu_button(ctx))
