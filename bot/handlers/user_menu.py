"""Which rich menu a turn leaves its user with: the one that goes on with a pre-check, as long as one is under way."""

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
    """None where the user sees the right one already, which is nearly always."""
    user = event.source.userId
    if not user or not event.source.private or event.mode == "standby":
        return None
    was, now = _under_way(before), _under_way(after)
    if now and (not was or event.postback.params.get("newRichMenuAliasId") == TAB):
        return MenuChange(user, "resume")  # the tab shows the plain menu: it is the same for everyone
    if not now and (was or _left_over(event)):
        return MenuChange(user, "default")
    return None


def _under_way(session: Session) -> bool:
    state = session.flows.get(PRECHECK.name)
    return state is not None and not state.ended


def _left_over(event: Event) -> bool:
    """The menu may outlive the conversation, which expires without an event, or go on after blocking."""
    tap = decode(event.postback.data)
    tapped = tap is not None and tap.flow == menu.NAME and tap.value == RESUME
    return tapped or (event.type == "follow" and event.follow.isUnblocked)
