"""Finds the user's place among the steps of page 7 from the session."""

from dataclasses import dataclass

from bot.content.after import WhereText
from bot.content.precheck_explanation import range_in_japanese
from bot.domain.precheck import check
from bot.domain.waiting import Application
from bot.flows.after.state import ACCEPTED, REFUSED, application_of, precheck_of, result_of, texts_of
from bot.flows.context import Context
from bot.flows.precheck.steps import answers_of
from bot.flows.session import FlowState, Session

ACCOUNT, CONDITIONS, PLAN, APPLY, REVIEW, EFFECTIVE = range(6)  # the steps of process.yaml, in their order


@dataclass(frozen=True, slots=True)
class Place:
    """A step of the process, counted from 0, and the words that mark it."""

    step: int
    words: str


def place_of(session: Session, ctx: Context) -> Place | None:
    """Return the user's place. None if the user has neither applied nor begun a pre-check."""
    texts, found, result = texts_of(ctx).process, application_of(session), result_of(session)
    if result == REFUSED:
        return Place(CONDITIONS, texts.again)
    if result == ACCEPTED:
        return _accepted(found, texts, ctx)
    if found:
        dates = found.schedule
        review = range_in_japanese(dates.review_from, dates.review_to, year=ctx.today.year)
        return Place(REVIEW, texts.review.format(review=review))
    state = precheck_of(session)
    return _before(state, texts, ctx) if state else None


def _accepted(found: Application | None, texts: WhereText, ctx: Context) -> Place:
    """Return the last step. Light and Standard wait there for the start of a month."""
    if found is None or not found.waits_for_month or ctx.today >= found.schedule.effective_to:
        return Place(EFFECTIVE, texts.in_use)
    dates = found.schedule
    effective = range_in_japanese(dates.effective_from, dates.effective_to, year=ctx.today.year)
    return Place(EFFECTIVE, texts.effective.format(effective=effective))


def _before(state: FlowState, texts: WhereText, ctx: Context) -> Place:
    """Return the place before the application, from the answers of the pre-check."""
    if state.answers.get("has_account") is False:
        return Place(ACCOUNT, texts.account)
    if not state.ended:
        return Place(CONDITIONS, texts.conditions)
    decision = check(answers_of(state), register=ctx.resources.register, today=ctx.today)
    if not decision.verdict.may_apply:
        return Place(CONDITIONS, texts.conditions)
    changes_plan = state.answers.get("current_plan") in ("light", "standard")
    return Place(PLAN, texts.plan) if changes_plan else Place(APPLY, texts.apply)
