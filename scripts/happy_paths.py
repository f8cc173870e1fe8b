"""The happy paths through the pre-check: played with every combination of answers, not read from a declaration.

Which question follows is decided by the flow's own `then`; an arrow is named after the answers that lead along it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from bot.flows.context import Context
from bot.flows.engine import Accept, Finish, NextQuestion
from bot.flows.precheck.answers import offered
from bot.flows.precheck.flow import PRECHECK
from bot.flows.resources import load_resources
from bot.flows.session import FlowState

RESULT = "done"
FIT, UNFIT = "a body that may have the plan, or is not known", "a body that can never have the plan"
TYPED: Mapping[str, Mapping[str, str]] = {
    "body": {FIT: "神奈川県横浜市", UNFIT: "神奈川県横浜市西区"},
    "account_name": {"typed": "横浜市"},
}
NO_ANSWERS = frozenset({"pick"})  # opens a calendar

Bilingual = Mapping[str, str]  # the word for each answer so far
Steps = dict[str, dict[str, list[Bilingual]]]


@cache
def happy_paths() -> Mapping[str, Mapping[str, str]]:
    """From each question to the next ones, each with the answers that lead there; "" where nothing decides."""
    seen: Steps = defaultdict(lambda: defaultdict(list))
    ctx = Context(resources=load_resources(), today=date(2026, 11, 24), new_sid="", message_id="")
    _play(FlowState(flow=PRECHECK.name, conversation_id="", step=PRECHECK.first), {}, ctx, seen)
    return {origin: _named(origin, targets) for origin, targets in seen.items()}


def _play(talk: FlowState, words: Bilingual, ctx: Context, seen: Steps) -> None:
    """Every answer to the pending question, and on from there."""
    for word, value in _answers(talk, ctx):
        then = PRECHECK.advance(talk.with_answer(talk.step, value, ""), talk.step, ctx)
        target = then.state.step if isinstance(then, NextQuestion) else RESULT
        said = {**words, talk.step: word}
        seen[talk.step][target].append(said)
        if not isinstance(then, Finish):
            _play(then.state, said, ctx, seen)


def _answers(talk: FlowState, ctx: Context) -> Iterator[tuple[str, Any]]:
    step = PRECHECK.steps[talk.step]
    yield from TYPED.get(talk.step, {}).items()
    buttons = step.choices if talk.step == "review" else offered(talk, ctx)
    for value in buttons:
        given = None if value in NO_ANSWERS else step.parse_choice(value, talk, ctx)
        if isinstance(given, Accept):
            yield value, given.value


def _named(origin: str, targets: Mapping[str, list[Bilingual]]) -> Mapping[str, str]:
    """By the answers to one question, this one or else an earlier one, that tell the ways apart."""
    if len(targets) == 1:
        return dict.fromkeys(targets, "")
    asked = next(iter(targets.values()))[0]
    for question in (origin, *asked):
        words = {target: list(dict.fromkeys(said[question] for said in ways)) for target, ways in targets.items()}
        every = [word for found in words.values() for word in found]
        if len(every) == len(set(every)):
            name = "" if question == origin else f"{question}: "
            return {target: name + " · ".join(found) for target, found in words.items()}
    raise ValueError(f"what follows {origin} hangs on more than one answer")
