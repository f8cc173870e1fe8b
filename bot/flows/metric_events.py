"""Derives what is counted about a turn from the session before and after it."""

from bot.flows.effects import Effect, PublishCode, SetReminder
from bot.flows.postback import decode
from bot.flows.precheck.flow import PRECHECK
from bot.flows.session import FlowState, Session
from bot.metrics import catalogue
from bot.metrics.catalogue import MetricEvent
from bot.replies.actions import Postback
from bot.replies.views import AnswerView, Reply, VerdictView

_NOTHING = FlowState(flow=PRECHECK.name, conversation_id="", step="")


def of_precheck(before: Session, after: Session, *, redeemed: FlowState | None) -> tuple[MetricEvent, ...]:
    """Return the funnel steps of this turn. `redeemed` is the flow that a colleague's code stood for."""
    was, now = before.flows.get(PRECHECK.name, _NOTHING), after.flows.get(PRECHECK.name)
    if now is None or now.conversation_id != was.conversation_id:
        left = (
            ()
            if was.ended or PRECHECK.name not in before.stack or now
            else (MetricEvent(catalogue.PRECHECK_CANCELLED),)
        )
        return left if now is None else (*_begun(redeemed), *_way(redeemed or _NOTHING, now))
    aside = PRECHECK.name in before.stack and PRECHECK.name not in after.stack and not now.ended
    return (*_way(was, now), *((MetricEvent(catalogue.PRECHECK_CANCELLED),) if aside else ()))


def of_replies(replies: tuple[Reply, ...], effects: tuple[Effect, ...]) -> tuple[MetricEvent, ...]:
    """Return the verdicts and entries that were shown, and the code that was offered."""
    shown = (_of_reply(reply) for reply in replies)
    codes = (
        MetricEvent(catalogue.RESUME_CODES, ("published",)) for effect in effects if isinstance(effect, PublishCode)
    )
    return (*(event for event in shown if event), *codes, *_of_reminders(effects))


def _of_reminders(effects: tuple[Effect, ...]) -> tuple[MetricEvent, ...]:
    """Return the reminders that were set. Cancelling all of them does not say which were set."""
    return tuple(
        MetricEvent(catalogue.REMINDERS, (effect.reminder.kind.value, "set"))
        for effect in effects
        if isinstance(effect, SetReminder)
    )


def _begun(redeemed: FlowState | None) -> tuple[MetricEvent, ...]:
    return (
        (MetricEvent(catalogue.RESUME_CODES, ("redeemed",)),)
        if redeemed
        else (MetricEvent(catalogue.PRECHECK_STARTED),)
    )


def _way(was: FlowState, now: FlowState) -> tuple[MetricEvent, ...]:
    """Return the steps answered and asked for the first time. A step answered without being asked counts as both."""
    answered = [step for step in now.answers if step not in was.answers]
    if was.step == "review" and now.ended and not was.ended:
        answered.append("review")
    asked = [step for step in answered if step != was.step]
    moved = now.step != was.step or was.ended
    if not now.ended and moved and now.step not in now.answers:
        asked.append(now.step)
    return (
        *(MetricEvent(catalogue.PRECHECK_SHOWN, (step,)) for step in asked),
        *(MetricEvent(catalogue.PRECHECK_ANSWERED, (step,)) for step in answered),
    )


def _of_reply(reply: Reply) -> MetricEvent | None:
    if isinstance(reply, VerdictView):
        return MetricEvent(catalogue.PRECHECK_VERDICTS, (reply.verdict,))
    if isinstance(reply, AnswerView):
        return _of_entry(reply)
    return None


def _of_entry(answer: AnswerView) -> MetricEvent | None:
    """Return the event of a shown entry, whose id is in the data of 「役に立った」."""
    actions = [button.action for button in answer.feedback]
    taps = [decode(action.data) for action in actions if isinstance(action, Postback)]
    return MetricEvent(catalogue.ENTRIES_SHOWN, (taps[0].value.split(",")[0],)) if taps and taps[0] else None
