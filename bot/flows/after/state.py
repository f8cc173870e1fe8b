"""The application that a session knows of, and how buttons name it.

A session is kept for seven days, and a review may last longer. So each button names the application itself.
"""

from datetime import date, timedelta

from bot.content.after import PLANS, AfterTexts
from bot.domain.waiting import Application
from bot.flows.context import Context
from bot.flows.precheck.flow import PRECHECK
from bot.flows.session import FlowState, Session

APPLIED = "applied"  # the flow that asks for the day
DAY, PLAN, RESULT = "applied_on", "current_plan", "result"
ACCEPTED, REFUSED = "accepted", "refused"
TICKED = "ticked"
_OLDEST = timedelta(days=400)  # of a button; older ones are not of an application that somebody still waits for


def texts_of(ctx: Context) -> AfterTexts:
    return ctx.resources.counters.after


def application_of(session: Session) -> Application | None:
    """Return the application that this session knows of. None if the day is unknown or is no day."""
    state = session.flows.get(APPLIED)
    try:
        day = date.fromisoformat(state.answers[DAY]) if state else None
    except (KeyError, TypeError, ValueError):
        return None
    plan = str(state.answers.get(PLAN)) if state else ""
    return Application(day, plan if plan in PLANS else "unknown") if day else None


def result_of(session: Session) -> str:
    """Return `accepted`, `refused`, or an empty text while the result is open."""
    state = session.flows.get(APPLIED)
    return str(state.answers.get(RESULT) or "") if state else ""


def is_waiting(session: Session) -> bool:
    """Return True while an application is known and its result is open."""
    return application_of(session) is not None and not result_of(session)


def with_result(session: Session, result: str, ctx: Context, application: Application | None = None) -> Session:
    """Return the session with the result and the application, which it may have forgotten. Empty: no result yet."""
    state = session.flows.get(APPLIED) or FlowState(
        flow=APPLIED, conversation_id=ctx.new_conversation_id, step=DAY, ephemeral=True, ended=True
    )
    if application:
        state = state.with_answer(DAY, application.applied_on.isoformat()).with_answer(PLAN, application.current_plan)
    return session.suspend(state.with_answer(RESULT, result) if result else state.without(RESULT))


def encoded(application: Application | None) -> str:
    """Return the application as a button carries it. Empty if it is unknown."""
    return f"{application.applied_on.isoformat()}.{application.current_plan}" if application else ""


def decoded(value: str, today: date) -> Application | None:
    """Return the application that a button names. None if it names none, or one of another time."""
    day, _, plan = value.partition(".")
    try:
        applied_on = date.fromisoformat(day)
    except ValueError:
        return None
    recent = today - _OLDEST <= applied_on <= today
    return Application(applied_on, plan) if recent and plan in PLANS else None


def precheck_of(session: Session) -> FlowState | None:
    """Return the pre-check whose answers the user still has."""
    state = session.flows.get(PRECHECK.name)
    return state if state and state.answers else None
