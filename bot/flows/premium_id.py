"""プレミアムID: explains the two kinds of ID, and checks if a wished ID has a possible form."""

import re
from collections.abc import Mapping

from bot.content.premium_id import PremiumIdTexts
from bot.domain.premium_ids import CheckedId, IdProblem, check_premium_id
from bot.flows.buttons import menu_button
from bot.flows.context import Context
from bot.flows.engine import Accept, Flow, NextQuestion, PromptOptions, Reprompt, Respond, Step
from bot.flows.menu import opener
from bot.flows.precheck.answers import QUESTION
from bot.flows.questions import choice, moves, question
from bot.flows.session import FlowState
from bot.governments import MatchLevel
from bot.replies.actions import Button, Copy
from bot.replies.views import Check, Question, Suggestion, TableView
from bot.text.measure import clean
from bot.text.normalize import normalize
from bot.understanding.search import Outcome

KINDS, WISH, CHECK = "kinds", "wish", "check"
LONGEST = 60  # characters that are checked; an ID has 18 at most
# What counts as an ID before one was asked for, and after.
_SURELY = re.compile(r"@.*|(?=.*[a-z])(?=.{4})[a-z0-9_-]+( [a-z0-9_-]+)?", re.ASCII | re.IGNORECASE)
_LIKELY = re.compile(r"@.*|[a-z0-9 ._+/-]+", re.ASCII | re.IGNORECASE)
_AN_ID = re.compile(r"@[a-z0-9_-]{2,40}", re.ASCII | re.IGNORECASE)
_LATIN = re.compile(r"[a-z@]", re.ASCII | re.IGNORECASE)


def is_an_id(text: str) -> bool:
    """Return True for an ID typed at any time. 「@city.example.lg.jp」 is a mail domain."""
    return _AN_ID.fullmatch(normalize(clean(text)).strip()) is not None


def _ask(state: FlowState, ctx: Context, prompt: PromptOptions) -> TableView | Question:
    if state.step == KINDS and not prompt.problem:
        return _table(state, ctx)
    texts = ctx.resources.counters.premium_id
    return question(
        heading=texts.heading,
        text=texts.question,
        source=ctx.cite(texts.question.page),
        buttons=(),
        ways=moves(state, ctx.texts.ui.moves),
        prompt=prompt,
    )


def _table(state: FlowState, ctx: Context) -> TableView:
    texts = ctx.resources.counters.premium_id
    return TableView(
        title=texts.table.title,
        columns=texts.table.columns,
        rows=tuple((row.label, row.cells) for row in texts.table.rows),
        emphasised=texts.table.emphasised,
        notes=texts.table.notes,
        source=ctx.cite(*texts.table.pages),
        buttons=(
            choice(state, KINDS, CHECK, texts.buttons.check, primary=True),
            opener("precheck", ctx.texts.ui.moves.precheck),
            menu_button(ctx),
        ),
    )


def _parse_text(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """Accept what looks like an ID, and other words only if an ID was asked for and they are no question."""
    typed = clean(text).strip()[:LONGEST]
    plain = normalize(typed)
    if (_LIKELY if state.step == WISH else _SURELY).fullmatch(plain):
        return Accept(_with_at(typed))
    if state.step != WISH or len(text) > LONGEST or _is_something_else(typed, ctx):
        return None
    if _LATIN.search(plain):
        return Accept(_with_at(typed))
    return Reprompt(ctx.resources.counters.premium_id.problems[IdProblem.CHARACTER])


def _is_something_else(typed: str, ctx: Context) -> bool:
    """Return True for a question, but not for the name of a government, which some users try as an ID."""
    if ctx.resources.register.find(typed).level is MatchLevel.EXACT:
        return False
    return bool(QUESTION.search(typed)) or ctx.resources.search.ask(typed).outcome is Outcome.ANSWER


def _with_at(typed: str) -> str:
    """Write the ID as LINE does, with @. This also keeps it apart from the button's value."""
    return typed if typed[:1] in {"@", "＠"} else f"@{typed}"


def _parse_choice(value: str, state: FlowState, ctx: Context) -> Accept | None:
    del ctx
    return Accept(value) if value == CHECK and state.step == KINDS else None


def _advance(state: FlowState, step: str, ctx: Context) -> NextQuestion | Respond:
    """Ask for an ID, or show the card and wait for another ID. The checked one is not stored."""
    given = state.answers[step]
    asking = state.without(WISH).with_answer(KINDS, CHECK).at(WISH)
    return NextQuestion(asking) if given == CHECK else Respond(asking, (_card(check_premium_id(given), asking, ctx),))


def _card(found: CheckedId, state: FlowState, ctx: Context) -> Check:
    texts = ctx.resources.counters.premium_id
    problems = tuple(texts.problems[problem] for problem in found.problems)
    return Check(
        heading=texts.heading,
        subject=found.wished,
        mark="pass" if found.valid else "fail",
        headline=texts.card.valid if found.valid else texts.card.invalid,
        reasons=(*problems, texts.only_line_knows),
        suggestions_title=texts.card.proposals,
        suggestions=_proposals(found, texts),
        caution=texts.cannot_undo,
        source=ctx.cite(*texts.table.pages),
        buttons=(
            choice(state, KINDS, CHECK, texts.buttons.other),
            opener("premium_id", texts.buttons.table),
            menu_button(ctx),
        ),
    )


def _proposals(found: CheckedId, texts: PremiumIdTexts) -> tuple[Suggestion, ...]:
    if found.proposal is None:
        return ()
    return (Suggestion(text=found.proposal, note="", button=Button(texts.card.copy_label, Copy(found.proposal))),)


_STEPS: Mapping[str, Step] = {
    KINDS: Step(KINDS, (CHECK,), (WISH,), _parse_text, _parse_choice, ends=True),
    WISH: Step(WISH, (), (), _parse_text, _parse_choice, ends=True),
}
PREMIUM_ID = Flow(name="premium_id", first=KINDS, steps=_STEPS, ask=_ask, advance=_advance, ephemeral=True)
