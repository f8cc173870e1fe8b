"""A message read as the chat reads it, for programs: facts, questions, a command, small talk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.flows.context import Context
from bot.flows.engine import Accept, Flow, Reprompt
from bot.flows.precheck.answers import QUESTION, SKIP, UNKNOWN, offered
from bot.flows.precheck.flow import PRECHECK
from bot.flows.precheck.names import option_label
from bot.flows.session import FlowState
from bot.understanding.messages import understand
from bot.understanding.search import Answered
from bot.understanding.talk import kind_of

COMMANDS = frozenset({"menu", "help", "restart", "back", "cancel", "resume", "erase"})


@dataclass(frozen=True)
class Reading:
    """The contents of a message; a field is empty if the message has nothing of that kind.

    `ask_back`: values that would be offered as buttons because the answer is not sure. `unsure`: questions that the
    writer cannot answer now.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    ask_back: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()
    questions: tuple[Answered, ...] = ()
    command: str | None = None
    talk: str | None = None


def read_message(text: str, step: str | None, known: Mapping[str, Any], ctx: Context) -> Reading:
    """Read a message at a pending question of the pre-check (`step`), or outside of it (None)."""
    command = ctx.resources.commands.read(text)
    if command and command.kind == "always" and command.name in COMMANDS:
        return Reading(command=command.name)
    talk = kind_of(ctx.resources.talk.read(text))
    if talk and (step is None or talk != "backchannel"):
        return Reading(talk=talk)
    answer = _answer(text, step, known, ctx) if step else None
    if answer or talk:
        return answer or Reading(talk=talk)
    return Reading(questions=_questions(text, ctx, asked=step is None or bool(QUESTION.search(text))))


def _answer(text: str, step: str, known: Mapping[str, Any], ctx: Context) -> Reading | None:
    """Read the words as an answer to the pending question; None if they are none."""
    talk = FlowState(
        flow=PRECHECK.name, conversation_id=ctx.new_conversation_id, step=step, answers=known, asked=(*known, step)
    )
    read = PRECHECK.steps[step].parse_text(text, talk, ctx)
    if isinstance(read, Accept):
        unsure = read.value in (None, SKIP, UNKNOWN)
        return Reading(unsure=(step,)) if unsure else Reading(facts={step: read.value})
    if isinstance(read, Reprompt):
        return Reading(ask_back={step: _offered(read, talk, PRECHECK, ctx)})
    return None


def _offered(again: Reprompt, talk: FlowState, flow: Flow, ctx: Context) -> tuple[str, ...]:
    """The values on the buttons: those of this word, else those that the question always has."""
    if again.options:
        return tuple(option_label(value, talk, ctx) for value in again.options)
    return tuple(offered(talk, ctx)) if flow.steps[talk.step].choices else ()


def _questions(text: str, ctx: Context, *, asked: bool) -> tuple[Answered, ...]:
    """Each question with its answer; words that do not sound like a question count only if one entry is likely."""
    answered = understand(text, ctx.resources.search, ctx.resources.talk).answered
    if answered is None or not (asked or answered.is_likely):
        return ()
    return answered.several or (answered,)
