"""担当者に聞く: hands a user to a person in LINE's own manager, is silent meanwhile, and offers it after misses.

Everything here is off unless the setting DESK_CHAT gives the context its hours.
"""

from dataclasses import replace
from datetime import date

from msgspec import structs

from bot.content.desk_chat import DeskChatTexts
from bot.content.precheck_explanation import in_japanese
from bot.flows.buttons import menu_button, say_button
from bot.flows.context import Context
from bot.flows.session import DeskState, Session
from bot.flows.turn_result import TurnResult
from bot.metrics import catalogue
from bot.metrics.catalogue import MetricEvent
from bot.replies.views import AnswerView, Notice, Reply

DAY_MS = 24 * 3_600_000
OFFERED_AFTER = 2  # answers that did not help
LONGEST = 40  # characters of a message that only asks for a person
_WITHIN = ((600_000, "10min"), (3_600_000, "1h"), (4 * 3_600_000, "4h"), (DAY_MS, "1d"))
ALWAYS = frozenset({"erase"})  # what is promised to work at any time


def texts_of(ctx: Context) -> DeskChatTexts:
    return ctx.resources.counters.desk_chat


def handle_message(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Hand over, stay silent, or come back. Return None if the bot is to answer as ever.

    `text` is empty for a message that is no text.
    """
    if ctx.desk is None:
        return None
    typed = text.strip()
    command = ctx.resources.commands.read(typed)
    if command and command.name in ALWAYS:
        return None
    if is_with_a_person(session, ctx):
        return _while_with_a_person(session, typed, ctx)
    if len(typed) <= LONGEST and texts_of(ctx).asks(typed):
        return _hand_over(session, ctx)
    if texts_of(ctx).goes_back(typed):
        return TurnResult(session, (_returned(ctx),))
    return None


def is_with_a_person(session: Session, ctx: Context) -> bool:
    """Return True while the bot is silent: for a day, or until the user comes back."""
    return session.desk.silent and ctx.event_ms - session.desk.asked_ms < DAY_MS


def may_mark_as_read(session: Session, ctx: Context) -> bool:
    """Return True if no message of this user can still wait for a person. LINE marks all older ones, too."""
    until = session.desk.unread_until
    return ctx.desk is not None and not session.desk.silent and (not until or ctx.today > date.fromisoformat(until))


def come_back(session: Session, ctx: Context) -> tuple[Session, tuple[MetricEvent, ...]]:
    """Return the session of a user who uses the bot again, and how long the bot was silent."""
    if ctx.desk is None or not session.desk.silent:
        return session, ()
    waited = max(0, ctx.event_ms - session.desk.asked_ms)
    within = next((name for most, name in _WITHIN if waited < most), "later")
    after = session.with_desk(structs.replace(session.desk, silent=False))
    return after, (MetricEvent(catalogue.DESK_RETURNS, (within,)),)


def offer_after_misses(result: TurnResult, before: Session, ctx: Context, *, missed: bool) -> TurnResult:
    """Count answers that did not help, and offer a person from the second one on."""
    if ctx.desk is None or not missed:
        return result
    misses = before.desk.misses + 1
    session = result.session.with_desk(structs.replace(result.session.desk, misses=misses))
    if misses < OFFERED_AFTER or not result.replies:
        return replace(result, session=session)
    return replace(result, session=session, replies=(*result.replies[:-1], _with_button(result.replies[-1], ctx)))


def _with_button(reply: Reply, ctx: Context) -> Reply:
    button = say_button(texts_of(ctx).ask)
    if isinstance(reply, Notice | AnswerView):
        return replace(reply, buttons=(*reply.buttons, button))
    return replace(reply, quick=(*reply.quick, button))


def _hand_over(session: Session, ctx: Context) -> TurnResult:
    """Say when people answer, and be silent from now on."""
    hours, texts = ctx.desk, texts_of(ctx)
    if hours is None:
        return TurnResult(session)
    shown = texts.asked_open if hours.is_open(ctx.event_ms) else texts.asked_closed
    day = in_japanese(hours.next_day(ctx.event_ms), year=ctx.today.year)
    text = shown.text.format(hours=hours.text, day=day, back=texts.back)
    state = DeskState(asked_ms=ctx.event_ms, silent=True, unread_until=hours.answered_by(ctx.event_ms).isoformat())
    notice = Notice(title=shown.title, text=text, buttons=(say_button(texts.back), menu_button(ctx)))
    return TurnResult(session.with_desk(state), (notice,), metric_events=(MetricEvent(catalogue.DESK_REQUESTS),))


def _while_with_a_person(session: Session, typed: str, ctx: Context) -> TurnResult | None:
    """Be silent on what is written to the person. メニュー and ボットに戻る bring the bot back."""
    command = ctx.resources.commands.read(typed)
    if command and command.name == "menu":
        return None  # the router shows the menu, and `come_back` ends the silence
    if not texts_of(ctx).goes_back(typed):
        return TurnResult(session)
    after, events = come_back(session, ctx)
    return TurnResult(after, (_returned(ctx),), metric_events=events)


def _returned(ctx: Context) -> Notice:
    text = texts_of(ctx).returned
    return Notice(title=text.title, text=text.text, buttons=(menu_button(ctx),))
