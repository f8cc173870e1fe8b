"""Decides which rich menu a user sees after a turn: one with 続ける or with 審査の状況 while that applies."""

from bot.flows import menu
from bot.flows.after.result import NAME as AFTER
from bot.flows.after.state import is_waiting
from bot.flows.postback import decode
from bot.flows.precheck.flow import PRECHECK
from bot.flows.session import Session
from bot.handlers.events import Event
from bot.rich_menus.definition import RESUME
from bot.rich_menus.menu_change import MenuChange, MenuKind
from bot.rich_menus.texts import alias_of

TAB = alias_of("apply")


def change(event: Event, before: Session, after: Session) -> MenuChange | None:
    """Return the change of menu. None if the user sees the right one already, as is nearly always the case."""
    user = event.source.userId
    if not user or not event.source.private or event.mode == "standby":
        return None
    was, now = _menu(before), _menu(after)
    if now != "default" and (was != now or event.postback.params.get("newRichMenuAliasId") == TAB):
        return MenuChange(user, now)  # the tab has just shown the menu that is the same for everyone
    if now == "default" and (was != now or _may_be_outdated(event)):
        return MenuChange(user, "default")
    return None


def _menu(session: Session) -> MenuKind:
    """Return the menu for this user: an unfinished pre-check goes before an application that waits for its result."""
    state = session.flows.get(PRECHECK.name)
    if state is not None and not state.ended:
        return "resume"
    return "waiting" if is_waiting(session) else "default"


def _may_be_outdated(event: Event) -> bool:
    """Return True if the menu may be outdated: sessions expire without an event, and menus survive blocking."""
    tap = decode(event.postback.data)
    tapped = tap is not None and tap.flow == menu.NAME and tap.value in (RESUME, AFTER)
    return tapped or (event.type == "follow" and event.follow.isUnblocked)
