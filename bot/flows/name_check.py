"""アカウント名チェック: checks if the plan accepts an account name, as many names as the user types."""

import re

from bot.content.account_names import name_message
from bot.content.cached import plain_vocabulary
from bot.domain.name_verdict import NameOutcome, NameVerdict
from bot.domain.parsing.choices import read_choice
from bot.domain.parsing.dates import read_date
from bot.flows.context import Context
from bot.flows.engine import Accept, Flow, PromptOptions, Reprompt, Respond, Step
from bot.flows.lookups import account_name_verdict
from bot.flows.menu import opener
from bot.flows.named_subjects import is_sentence
from bot.flows.precheck.answers import is_covered_question
from bot.flows.precheck.names import name_as_typed, quoted_in_sentence, tidy
from bot.flows.questions import choice, moves, question
from bot.flows.session import FlowState
from bot.governments import MatchLevel
from bot.replies.actions import Button, Copy
from bot.replies.views import Check, Mark, Question, Suggestion
from bot.understanding.facts.findings import CLOSED

STEP = "account_name"
_NAMED = frozenset({MatchLevel.EXACT, MatchLevel.STEM, MatchLevel.READING, MatchLevel.VARIANT, MatchLevel.FORMER})
SUGGESTED = 4
_MARKS: dict[NameOutcome, Mark] = {
    NameOutcome.OK: "pass",
    NameOutcome.NG: "fail",
    NameOutcome.UNCLEAR: "unclear",
}


_CHOSEN = re.compile(
    r"^(?:じゃあ?|では|それなら|なら)、?(.{2,30}?[都道府県市区町村庁所場])(?:で|なら|は|だと)?[?？。]?$"
)  # じゃあ福岡市で


def _ask(state: FlowState, ctx: Context, prompt: PromptOptions) -> Question:
    text = ctx.texts.name_check
    return question(
        heading=text.heading,
        text=text.question,
        source=text.source.format(page=text.question.page),
        buttons=(),
        ways=moves(state, ctx.texts.ui.moves),
        prompt=prompt,
    )


def _parse_text(typed: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """Accept any text as a name, unless it is a question that the knowledge answers."""
    del state
    typed = quoted_in_sentence(typed) or _CHOSEN.sub(r"\1", typed.strip())
    name = name_as_typed(typed)
    if not tidy(typed):
        return Reprompt(ctx.texts.precheck.problems["name_empty"])
    if is_covered_question(name, ctx):
        return None
    if _asks(typed, ctx):
        return None
    if is_sentence(typed):
        return None if _is_about_more(typed, ctx) else _name_told(typed, ctx)
    return None if _answers_else(typed, ctx) else Accept(name)


def _asks(typed: str, ctx: Context) -> bool:
    """Return True for words that ask, in any dialect, and name no government (いつ出せばええの)."""
    asks = any(clause.asks for clause in ctx.resources.facts.clauses(typed))
    return asks and ctx.resources.register.find(typed).level not in _NAMED and not any(mark in typed for mark in "「『")


def _is_about_more(typed: str, ctx: Context) -> bool:
    """Return True for a message with answers to other questions of the pre-check beside a name."""
    return bool(set(ctx.resources.facts.read(typed, None, {}, ctx.today).facts) & set(CLOSED))


def _answers_else(typed: str, ctx: Context) -> bool:
    """Return True for a text that answers another question (認証済み, ある, 12/10), and names no government."""
    if ctx.resources.register.find(typed).level in _NAMED:
        return False
    vocabularies = (plain_vocabulary(), *ctx.resources.vocabularies.values())
    if any(read_choice(typed, words) for words in vocabularies) or read_date(typed, today=ctx.today).day:
        return True
    return bool(set(ctx.resources.facts.read(typed, None, {}, ctx.today).facts) - {STEP, "body"})


def _name_told(typed: str, ctx: Context) -> Accept | None:
    """Accept the name that a sentence gives (名称は「雲南市役所」でございます); one without a name is no name."""
    told = ctx.resources.facts.read(typed, STEP, {}, ctx.today).facts.get(STEP)
    return Accept(name_as_typed(str(told))) if told and not is_sentence(str(told)) else None


def _parse_choice(value: str, state: FlowState, ctx: Context) -> Accept | None:
    """Accept a suggested name that was tapped to be checked."""
    del state, ctx
    name = name_as_typed(value)
    return Accept(name) if tidy(name) else None


def _advance(state: FlowState, step: str, ctx: Context) -> Respond:
    """Show the card. The flow stays at its step and accepts the next name."""
    name = state.answers[step]
    verdict = account_name_verdict(name, None, ctx.resources)
    waiting = state.without(step).at(step)  # a checked name is not stored
    return Respond(waiting, (_card(name, verdict, waiting, ctx),))


def _card(name: str, verdict: NameVerdict, state: FlowState, ctx: Context) -> Check:
    text = ctx.texts.name_check
    return Check(
        heading=text.heading,
        subject=name,
        mark=_MARKS[verdict.verdict],
        headline=text.headlines[verdict.verdict.value],
        reasons=(name_message(verdict), *_more(verdict, ctx), text.next),
        suggestions_title=text.suggestions_title,
        suggestions=tuple(
            Suggestion(text=found, note="", button=Button(text.copy_label, Copy(found)))
            for found in verdict.suggestions[:SUGGESTED]
        ),
        caution=text.caution,
        source=text.source.format(page=text.question.page),
        buttons=(opener("precheck", text.precheck), choice(state, STEP, "cancel", ctx.texts.ui.moves.cancel)),
    )


def _more(verdict: NameVerdict, ctx: Context) -> tuple[str, ...]:
    """Name the governments that share an accepted name, and say if the card does not show all suggestions."""
    text = ctx.texts.name_check
    if verdict.verdict is NameOutcome.OK and len(verdict.governments) > 1:
        return (text.homonyms.format(names="、".join(body.full_name for body in verdict.governments)),)
    return (text.more,) if len(verdict.suggestions) > SUGGESTED else ()


NAME_CHECK = Flow(
    name="name_check",
    first=STEP,
    steps={STEP: Step(STEP, (), (), _parse_text, _parse_choice, ends=True)},
    ask=_ask,
    advance=_advance,
    ephemeral=True,
)
