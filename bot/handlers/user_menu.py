"""Decides which rich menu a user sees after a turn: one with 続ける while a pre-check is unfinished."""

from bot.flows import menu
from bot.flows.postback import decode
from bot.flows.precheck.flow import PRECHECK
from bot.flows.session import Session
from bot.handlers.events import Event
from bot.rich_menus.definition import RESUME
from bot.rich_menus.menu_change import MenuChange
from bot.rich_menus.texts import alias_of

TAB = alias_of("apply")


def change(event: Event, before: Session, after: Session) -> MenuChange | None:
    """Return the change of menu. None if the user sees the right one already, as is nearly always the case."""
    user = event.source.userId
    if not user or not event.source.private or event.mode == "standby":
        return None
    was_unfinished, is_unfinished = _unfinished(before), _unfinished(after)
    if is_unfinished and (not was_unfinished or event.postback.params.get("newRichMenuAliasId") == TAB):
        return MenuChange(user, "resume")  # the tab has just shown the menu that is the same for everyone
    if not is_unfinished and (was_unfinished or _may_be_outdated(event)):
        return MenuChange(user, "default")
    return None


def _unfinished(session: Session) -> bool:
    state = session.flows.get(PRECHECK.name)
    return state is not None and not state.ended


def _may_be_outdated(event: Event) -> bool:
    """Return True if the menu may be outdated: sessions expire without an event, and menus survive blocking."""
    tap = decode(event.postback.data)
    tapped = tap is not None and tap.flow == menu.NAME and tap.value == RESUME
    return tapped or (event.type == "follow" and event.follow.isUnblocked)
