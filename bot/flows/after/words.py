"""Reads what users write after the application: 昨日申し込みました, 結果が来た, だめだった, まだ来ない."""

from bot.flows.after import application, result
from bot.flows.after.state import is_waiting, texts_of
from bot.flows.context import Context
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult

LONGEST = 40  # characters of a message that says only this


def handle_text(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Return the way on if the whole message says what has become of the application. None otherwise."""
    words, typed = texts_of(ctx).words, text.strip()
    if len(typed) > LONGEST:
        return None
    said = _labelled(typed, ctx) or words.find(typed, weak=is_waiting(session) and session.base_flow is None)
    if said:
        return result.said(said, session, ctx)
    day = words.day_in(typed)
    if day and application.is_day(day, ctx):
        return application.begin(session, ctx, day)
    return None


def _labelled(typed: str, ctx: Context) -> str:
    """Return what the button with this label says. Empty if there is none."""
    texts = texts_of(ctx)
    labels = {
        texts.applied: "applied",
        texts.menu.label: "status",
        texts.buttons.status: "status",
        texts.buttons.came: "came",
        texts.buttons.refused: "refused",
        texts.buttons.accepted: "accepted",
        texts.buttons.not_yet: "not_yet",
        texts.buttons.again: "applied",
        texts.buttons.other_day: "applied",
        texts.buttons.checklist: "checklist",
    }
    return labels.get(typed, "")
