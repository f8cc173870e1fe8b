"""The checklist after the plan was applied: rows to tick, and a page to print.

The buttons carry the ticks, so that an old list still works. Nothing is stored but in the session.
"""

from collections.abc import Iterable

from bot.flows.after.application import AFTER
from bot.flows.after.state import APPLIED, TICKED, texts_of
from bot.flows.buttons import menu_button, postback_row
from bot.flows.context import Context
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.replies.actions import Open
from bot.replies.views import Menu, MenuItem

STEP = "checklist"
NOTHING = "-"  # a button's value for a list without ticks


def show(session: Session, value: str, ctx: Context) -> TurnResult:
    """Show the list with the ticks that the button carries."""
    ticked = known_ticks(value.split("."), ctx)
    state = session.flows.get(APPLIED)
    if state:
        session = session.suspend(state.with_answer(TICKED, list(ticked)))
    return TurnResult(session, (view(ticked, ctx),))


def stored_ticks(session: Session) -> str:
    """Return the ticks of this session, as a button carries them."""
    state = session.flows.get(APPLIED)
    found = state.answers.get(TICKED) if state else None
    return _value(str(name) for name in found) if isinstance(found, list) else NOTHING


def known_ticks(names: Iterable[str], ctx: Context) -> tuple[str, ...]:
    """Return the names of items that exist, in the order of the list."""
    given = set(names)
    return tuple(name for name in texts_of(ctx).checklist.items if name in given)


def view(ticked: tuple[str, ...], ctx: Context) -> Menu:
    """Return the list, each row with what a tap makes of it."""
    texts = texts_of(ctx).checklist
    lead = texts.all_done if len(ticked) == len(texts.items) else ""
    counted = texts.lead.format(done=len(ticked), all=len(texts.items))
    return Menu(
        title=texts.title,
        lead=lead or counted,
        items=(*(_row(name, ticked, ctx) for name in texts.items), *_print_row(ticked, ctx)),
        source=ctx.cite(*texts.pages),
        quick=(menu_button(ctx),),
    )


def _row(name: str, ticked: tuple[str, ...], ctx: Context) -> MenuItem:
    texts = texts_of(ctx).checklist
    item, is_done = texts.items[name], name in ticked
    after = _value(other for other in texts.items if (other in ticked) != (other == name))
    mark = texts.done if is_done else texts.open
    return postback_row(AFTER, STEP, after, f"{mark} {item.label}", item.note)


def _print_row(ticked: tuple[str, ...], ctx: Context) -> tuple[MenuItem, ...]:
    if ctx.checklist_url is None:
        return ()
    label = texts_of(ctx).buttons.print
    return (MenuItem(label=label, note="", action=Open(ctx.checklist_url(ticked), external=True)),)


def _value(names: Iterable[str]) -> str:
    return ".".join(names) or NOTHING
