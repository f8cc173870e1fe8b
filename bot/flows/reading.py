"""A message read as the chat reads it: facts of the pre-check, questions, a command, small talk."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.flows import typed_options
from bot.flows.context import Context
from bot.flows.engine import Accept, Reprompt
from bot.flows.precheck.answers import QUESTION, SKIP, UNKNOWN, offered
from bot.flows.precheck.flow import PRECHECK
from bot.flows.precheck.names import name_as_typed, option_label
from bot.flows.precheck.steps import ORDER
from bot.flows.session import FlowState
from bot.text.measure import clean
from bot.understanding.facts.clauses import Clause, folded
from bot.understanding.facts.findings import CLOSED, FactReading
from bot.understanding.facts.reader import is_argued
from bot.understanding.facts.topics import topic_of
from bot.understanding.messages import understand
from bot.understanding.search import Answered, Outcome
from bot.understanding.talk import kind_of

COMMANDS = frozenset({"menu", "help", "restart", "back", "cancel", "resume", "erase"})
_NAMES = frozenset({"body", "account_name"})
_EXACT = frozenset(ORDER) - _NAMES  # questions whose vocabularies read a short answer
_BESIDE_FACTS = frozenset({"backchannel", "greeting"})  # はい may be an answer; 川越市です。よろしくお願いします
_CHANGES_BODY = re.compile(
    r"(?:団体名?|自治体名?|所属|市町村名?)(?:を|は)[「『]?([^「」『』、。を]{2,20}?)[」』]?(?:に|へ)(?:変更|変え|直|訂正|修正|切り?替え)"
)
LONGEST_EXACT = 20  # characters of an answer in the words of a question's vocabulary


@dataclass(frozen=True)
class Reading:
    """The contents of a message; a field is empty if the message has nothing of that kind.

    `ask_back`: values that would be offered as buttons because the answer is not sure. `unsure`: questions that the
    writer cannot answer now. `asks_again`: nothing was understood, and `ask_back` has all buttons of the question.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    ask_back: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()
    questions: tuple[Answered, ...] = ()
    command: str | None = None
    talk: str | None = None
    asks_again: bool = False

    @property
    def has_facts(self) -> bool:
        """Return True if the message says anything about the pre-check's questions."""
        return bool(self.facts or self.ask_back or self.unsure)


def read_message(text: str, step: str | None, known: Mapping[str, Any], ctx: Context) -> Reading:
    """Read a message at a pending question of the pre-check (`step`), or outside of it (None)."""
    command = _command(text, ctx)
    if command:
        return Reading(command=command)
    talk = kind_of(ctx.resources.talk.read(text))
    if talk and talk not in _BESIDE_FACTS:
        return Reading(talk=talk)
    facts = _of_another_body(text, ctx) or _facts(text, step, known, ctx)
    only_names = not facts.facts.keys() - _NAMES
    names_a_body = (
        talk == "greeting" and step == "body" and bool(facts.ask_back.get("body"))
    )  # お世話になります。昭和村です
    if talk and not names_a_body and (not facts.facts or (talk == "backchannel" and only_names)):
        return Reading(talk=talk)  # そうです is no 曽於
    is_answered = bool(facts.facts or facts.ask_back or facts.unsure)
    questions = tuple(_questions(text, step, ctx, is_answered=is_answered))
    if step and not is_answered and not questions:
        facts = FactReading(ask_back=_doubted(text, step, known, ctx))
        if step in CLOSED and not facts.ask_back and not talk and not QUESTION.search(text):
            return Reading(ask_back={step: tuple(_values(step, known, ctx))}, asks_again=True)
    return Reading(facts.facts, facts.ask_back, facts.unsure, questions, talk=_talk_beside(text, ctx))


def _command(text: str, ctx: Context) -> str | None:
    """Return the command that the whole text is, as one of its words or in free words."""
    command = ctx.resources.commands.read(text)
    if command and command.kind == "always" and command.name in COMMANDS:
        return command.name
    parts = ctx.resources.facts.clauses(text)
    asks = parts and parts[-1].sentence and any(clause.asks for clause in parts)  # 最初からやります。何日かかりますか
    return None if command or asks else ctx.resources.talk.command(text)


def _talk_beside(text: str, ctx: Context) -> str | None:
    """Return the kind of small talk that stands beside facts or a question."""
    kinds = {kind_of(reply) for reply in ctx.resources.talk.parts(text)} - {None}
    return min((kind for kind in kinds if kind), default=None)


def _facts(text: str, step: str | None, known: Mapping[str, Any], ctx: Context) -> FactReading:
    """Read the facts; for a short answer, the pending question's own parser goes before the patterns of free words."""
    read = ctx.resources.facts.read(text, step, known, ctx.today)
    if step == "account_name" and read.facts.get(step) == clean(text).strip():
        return FactReading({**read.facts, step: name_as_typed(text)}, read.ask_back, read.unsure)
    is_empty = not (read.facts or read.ask_back or read.unsure)
    if step == "body" and is_empty and _is_plain_answer(text, ctx) and not topic_of(folded(text)):
        return FactReading(ask_back=_bodies_asked_back(text, known, ctx))
    is_exact = step in _EXACT and _is_plain_answer(text, ctx) and not _is_of_another(text, step)
    exact = _exact(text, step, known, ctx) if step and is_exact else None
    if step == "apply_date" and step in read.ask_back:
        return read  # 来月頭: no day
    if known.get("body") and "body" in read.facts:
        return read  # いえ、鳥取のほうです
    if step in read.offered and isinstance(exact, Accept) and read.ask_back[step][0] == exact.value:
        rest = {key: values for key, values in read.ask_back.items() if key != step}
        return FactReading({**read.facts, step: exact.value}, rest, read.unsure)  # two readers agree
    if step is None or exact is None or (step in CLOSED and (step in read.facts or step in read.ask_back)):
        return read
    others = {key: value for key, value in read.facts.items() if key != step}
    unsure = tuple(key for key in read.unsure if key != step)
    if isinstance(exact, Accept):
        is_known = exact.value not in (None, SKIP, UNKNOWN)
        facts = {**others, step: exact.value} if is_known else others
        return FactReading(facts, read.ask_back, unsure if is_known else (*unsure, step))
    if step in read.unsure or (step in CLOSED and (read.facts or read.ask_back or read.unsure)):
        return read
    return FactReading(others, {**read.ask_back, step: tuple(_values(step, known, ctx))}, unsure)


def _of_another_body(text: str, ctx: Context) -> FactReading | None:
    """Return the body of 団体を北九州市に変更, which at the question for the name is no name."""
    found = _CHANGES_BODY.search(text)
    body = ctx.resources.register.find(found[1]).government if found else None
    return FactReading({"body": body.full_name}) if body else None


def _is_of_another(text: str, step: str | None) -> bool:
    """Return True for プランはまだです at another question, of which まだ alone would be the answer."""
    return step != "plan_in_use" and topic_of(folded(text)) == "plan_in_use"


def _bodies_asked_back(text: str, known: Mapping[str, Any], ctx: Context) -> Mapping[str, tuple[str, ...]]:
    """Return what is offered for a name that no government has: those it resembles, which may be none."""
    exact = _exact(text, "body", known, ctx)
    if not isinstance(exact, Reprompt):
        return {}
    codes = [option for option in exact.options if not typed_options.is_offer(option)]
    return {"body": tuple(option_label(code, _state("body", known, ctx), ctx) for code in codes)}


def _doubted(text: str, step: str, known: Mapping[str, Any], ctx: Context) -> Mapping[str, tuple[Any, ...]]:
    """Return the answer in words that seem to ask and are like no question of the knowledge, to be asked back."""
    value = ctx.resources.facts.read(text, step, known, ctx.today, trusting=True).facts.get(step)
    return {} if value is None else {step: (value,)}


def _is_plain_answer(text: str, ctx: Context) -> bool:
    """Return True for a short answer without a clause that states nothing of the writer's own."""
    if is_argued(text):
        return False  # いや、使いたいから聞いてるんです
    return len(text.strip()) <= LONGEST_EXACT and all(clause.states for clause in ctx.resources.facts.clauses(text))


def _exact(text: str, step: str, known: Mapping[str, Any], ctx: Context) -> Accept | Reprompt | None:
    parsed = PRECHECK.steps[step].parse_text(text, _state(step, known, ctx), ctx)
    return parsed if isinstance(parsed, (Accept, Reprompt)) else None


def _values(step: str, known: Mapping[str, Any], ctx: Context) -> Iterator[Any]:
    """Yield the values on the buttons of a question."""
    listed = offered(_state(step, known, ctx), ctx) if step in CLOSED else {}
    yield from ({"true": True, "false": False}.get(value, value) for value in listed if value not in (SKIP, UNKNOWN))


def _state(step: str, known: Mapping[str, Any], ctx: Context) -> FlowState:
    return FlowState(
        flow=PRECHECK.name, conversation_id=ctx.new_conversation_id, step=step, answers=known, asked=(*known, step)
    )


def _questions(text: str, step: str | None, ctx: Context, *, is_answered: bool) -> Iterator[Answered]:
    """Yield each question with its answer.

    Beside facts only what is asked counts. A text with nothing else is a question if it sounds like one, or if an
    entry is likely.
    """
    asking = _asking(text, ctx)
    if not is_answered:
        answered = understand(text, ctx.resources.search, ctx.resources.talk).answered
        is_asked = step is None or any(surely for _, surely in asking) or bool(QUESTION.search(text))
        if answered and (is_asked or answered.is_likely):
            yield from answered.several or (_about(answered, text, step, ctx),)
        return
    for question, surely in asking:
        answered = understand(question, ctx.resources.search, ctx.resources.talk).answered
        if answered and (surely or answered.is_likely):
            found = _about(answered, question, step, ctx)
            yield from found.several or (found,)


def _about(answered: Answered, question: str, step: str | None, ctx: Context) -> Answered:
    """Take a question without a subject (どこを見ればいいですか) as one about the pending question."""
    if step is None or answered.outcome is Outcome.ANSWER:
        return answered
    label = ctx.texts.precheck.questions[step].label
    about = ctx.resources.search.ask(f"{label} {question}")
    return about if about.outcome is Outcome.ANSWER or answered.outcome is Outcome.NONE else answered


def _asking(text: str, ctx: Context) -> tuple[tuple[str, bool], ...]:
    """Return the sentences that ask, and whether their own words say so."""
    by_sentence: dict[int, list[Clause]] = {}
    for clause in ctx.resources.facts.clauses(text):
        by_sentence.setdefault(clause.sentence, []).append(clause)
    return tuple(
        ("".join(clause.raw for clause in parts), any(clause.asks for clause in parts))
        for parts in by_sentence.values()
        if any(clause.asks or clause.seems_to_ask for clause in parts)
    )
