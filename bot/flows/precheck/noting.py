"""Notes what a message says about the pre-check: new answers, corrections, contradictions, points left open."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.flows.context import Context
from bot.flows.lookups import account_name_verdict
from bot.flows.precheck.flow import invalidate_dependents
from bot.flows.precheck.steps import ORDER, is_open, left_open, prune
from bot.flows.reading import Reading
from bot.flows.session import FlowState

LONGEST = 200  # characters in which a word of correction is looked for
OF_AN_ACCOUNT_IN_USE: Mapping[str, tuple[str, ...]] = {
    "verified": ("yes", "pending"),
    "current_plan": ("communication", "light", "standard"),
    "plan_in_use": ("this_account",),
}


@dataclass(frozen=True, slots=True)
class Noted:
    """The state after a message, and what became of each thing said in it.

    `corrected` has the answers before. `conflicts` and `doubtful` are values that are not recorded before the user
    has agreed: they contradict an answer, or are an account name that the plan does not accept.
    """

    state: FlowState
    new: tuple[str, ...] = ()
    corrected: Mapping[str, Any] | None = None
    same: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    conflicts: Mapping[str, Any] | None = None
    doubtful: str = ""

    @property
    def changes(self) -> bool:
        """Return True if the message added anything to the answers."""
        return bool(self.new or self.corrected or self.left_open)


def is_correction(text: str, ctx: Context) -> bool:
    """Return True if the words say that an earlier answer was wrong."""
    return any(re.search(form, text[:LONGEST]) for form in ctx.texts.precheck.conversation.corrections)


def note(state: FlowState, reading: Reading, ctx: Context, *, correction: bool) -> Noted:
    """Record what the message says. An answer that contradicts an earlier one is recorded only as a correction."""
    noted = Noted(state, corrected={}, conflicts={})
    facts = {**_implied(reading.facts, state), **reading.facts}
    for step in ORDER:
        if step in facts:
            noted = _fact(noted, step, facts[step], ctx, correction=correction)
        elif step in reading.unsure and (is_open(noted.state, step) or step in noted.state.answers):
            answered = noted.state.with_answer(step, left_open(step), ctx.message_id)
            noted = replace(noted, state=answered, left_open=(*noted.left_open, step))
    return noted if noted.conflicts else _pruned(noted)


def _implied(facts: Mapping[str, Any], state: FlowState) -> Mapping[str, Any]:
    """Return that there is an account if one that is verified, or has a plan, is spoken of."""
    if state.answers.get("has_account") is True:
        return {}
    implies = any(facts.get(step) in values for step, values in OF_AN_ACCOUNT_IN_USE.items())
    return {"has_account": True} if implies else {}


def _fact(noted: Noted, step: str, value: Any, ctx: Context, *, correction: bool) -> Noted:
    state, before = noted.state, noted.state.answers.get(step)
    if before is not None and before == value:
        return replace(noted, same=(*noted.same, step))
    if step == "account_name" and not _acceptable(value, state, ctx):
        return replace(noted, doubtful=value)
    asked = state.step == step and not state.ended
    if not (is_open(state, step) or correction or asked):
        return replace(noted, conflicts={**(noted.conflicts or {}), step: value})
    after = invalidate_dependents(state, state.with_answer(step, value, ctx.message_id), ctx)
    if is_open(state, step):
        return replace(noted, state=after, new=(*noted.new, step))
    return replace(noted, state=after, corrected={**(noted.corrected or {}), step: before})


def _acceptable(name: str, state: FlowState, ctx: Context) -> bool:
    return account_name_verdict(name, state.answers.get("body"), ctx.resources).verdict == "ok"


def _pruned(noted: Noted) -> Noted:
    """Return the result without answers that no longer apply, such as the verification of no account."""
    state = prune(noted.state.without("review"))
    left = set(state.answers)
    return replace(
        noted,
        state=state,
        new=tuple(step for step in noted.new if step in left),
        left_open=tuple(step for step in noted.left_open if step in left),
        corrected={step: before for step, before in (noted.corrected or {}).items() if step in left},
    )
