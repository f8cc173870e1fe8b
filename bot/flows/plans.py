"""プラン・料金: compares the plans, and the cost of a number of messages a month on each."""

import re
from collections.abc import Mapping

from bot.content.fees import cost_in_words, rows_in_words, saving_in_words
from bot.domain.fees import Comparison, PlanCost, PlanName, compare
from bot.domain.parsing.message_counts import MOST, CountProblem, read_count
from bot.flows.buttons import menu_button
from bot.flows.context import Context
from bot.flows.engine import Accept, Flow, NextQuestion, PromptOptions, Reprompt, Respond, Step
from bot.flows.menu import opener
from bot.flows.questions import choice, choices, moves, question
from bot.flows.session import FlowState
from bot.replies.actions import Button, Open
from bot.replies.views import CostRow, Costs, Question, TableView
from bot.text.normalize import normalize
from bot.understanding.search import Outcome

TABLE, MESSAGES, COMPARE = "table", "messages", "compare"
NUMBERS = ("200", "5000", "30000", "80000")
LONGEST_SLIP = 20  # a longer text is a sentence, not a mistyped number
# One number and no other, as in 「月8万通だといくら」; not 「5000〜8000通」, not 「-5通」.
_DIGITS = r"\d,.〇一二三四五六七八九十百千万億"
_IN_A_SENTENCE = re.compile(rf"[^{_DIGITS}]*(?<![-−~〜])([{_DIGITS}]+)通[^{_DIGITS}]*")
_ONLY_NUMBERS = re.compile(rf"[{_DIGITS}\s+~〜−かから通件約月-]+")
# The same if no number was asked for: little else than the number and the question for its cost.
_FEWEST_ANYWHERE = 100  # 「1通いくら」 asks for the price of one
_COSTS = re.compile(
    rf"(?:1?[かヶ]?月間?に?|毎月|約|およそ|だいたい)*([{_DIGITS}]+)通(?:くらい|ぐらい|ほど|程度)?を?"
    r"(?:(?:送|配信し|送信し)(?:ったら|たら|ると|る場合|るとき|る|すると|する場合)|だと|なら|の場合|のとき|で)?は?、?"
    r"(?:(?:いくら|幾ら|どのくらい|どれくらい)(?:です|になります|かかります|かかる)?か?|(?:の?費用|の?料金)(?:は(?:いくらですか)?)?)?[?。!]*"
)
_ABOUT_A_LIMIT = re.compile(r"超|越|以上|上限|まで|無料")


def _ask(state: FlowState, ctx: Context, prompt: PromptOptions) -> TableView | Question:
    if state.step == TABLE and not prompt.problem:
        return _table(state, ctx)
    texts = ctx.resources.counters.fees
    return question(
        heading=texts.heading,
        text=texts.question,
        source=ctx.cite(texts.question.page),
        buttons=choices(state, texts.question),
        ways=moves(state, ctx.texts.ui.moves),
        prompt=prompt,
    )


def _table(state: FlowState, ctx: Context) -> TableView:
    texts = ctx.resources.counters.fees
    names = [plan.name for plan in texts.plans]
    return TableView(
        title=texts.table.title,
        columns=tuple(plan.label for plan in texts.plans),
        rows=rows_in_words(texts),
        emphasised=names.index(PlanName.LOCAL_GOVERNMENT),
        notes=texts.table.notes,
        source=ctx.cite(*texts.table.pages),
        buttons=(
            choice(state, TABLE, COMPARE, texts.buttons.compare, primary=True),
            Button(texts.buttons.site, Open(texts.site, external=True)),
            menu_button(ctx),
        ),
        quick=tuple(choice(state, TABLE, number, label) for number, label in texts.question.choices.items()),
    )


def _parse_text(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """Accept a number, also within 「月8万通だといくら」, but not within a question that the knowledge answers."""
    found = read_count(text)
    if isinstance(found, int):
        return Accept(found)
    problems = ctx.resources.counters.fees.problems
    if found is CountProblem.TOO_MANY:
        return Reprompt(problems[found])
    plain = normalize(text)
    inside = _IN_A_SENTENCE.fullmatch(plain) if len(plain) <= 2 * LONGEST_SLIP else None
    number = read_count(inside[1]) if inside and not _ABOUT_A_LIMIT.search(plain) else None
    if isinstance(number, int):
        return Accept(number)
    return Reprompt(problems[CountProblem.UNREADABLE]) if _is_slip(plain, state, ctx) else None


def asks_for_costs(text: str) -> bool:
    """Return True for a number of messages whose cost is asked: 「8万通」「月8万通送ったらいくら」."""
    plain = "".join(normalize(text).split()) if len(text) <= 2 * LONGEST_SLIP else ""
    found = _COSTS.fullmatch(plain)
    number = read_count(found[1]) if found else None
    return isinstance(number, int) and number >= _FEWEST_ANYWHERE


def _is_slip(plain: str, state: FlowState, ctx: Context) -> bool:
    """Return True for a mistyped number, and False for a question or another text that contains a number."""
    if len(plain) > LONGEST_SLIP or not any(char.isdecimal() for char in plain):
        return False
    if _ONLY_NUMBERS.fullmatch(plain):
        return state.step == MESSAGES or "通" in plain
    return state.step == MESSAGES and ctx.resources.search.ask(plain).outcome is not Outcome.ANSWER


def _parse_choice(value: str, state: FlowState, ctx: Context) -> Accept | None:
    """Accept the number of a button of any age, or the request to compare."""
    del ctx
    if value == COMPARE and state.step == TABLE:
        return Accept(value)
    return Accept(int(value)) if value.isascii() and value.isdecimal() and int(value) <= MOST else None


def _advance(state: FlowState, step: str, ctx: Context) -> NextQuestion | Respond:
    """Ask for a number, or show the card and wait for another number."""
    given = state.answers[step]
    asking = state.without(MESSAGES).with_answer(TABLE, COMPARE).at(MESSAGES)
    return NextQuestion(asking) if given == COMPARE else Respond(asking, (_costs(given, asking, ctx),))


def _costs(messages: int, state: FlowState, ctx: Context) -> Costs:
    texts = ctx.resources.counters.fees
    found = compare(messages, plans=texts.figures)
    return Costs(
        title=texts.sentences.title.format(messages=f"{messages:,}"),
        lead=texts.costs.lead,
        rows=tuple(_row(cost, ctx) for cost in found.costs),
        result=saving_in_words(found, texts),
        notes=_notes(found, ctx),
        source=ctx.cite(*texts.costs.pages),
        buttons=(
            choice(state, TABLE, COMPARE, texts.buttons.other),
            opener("plans", texts.buttons.table),
            opener("precheck", ctx.texts.ui.moves.precheck),
            menu_button(ctx),
        ),
    )


def _row(cost: PlanCost, ctx: Context) -> CostRow:
    texts = ctx.resources.counters.fees
    extra = texts.sentences.extra.format(extra=f"{cost.extra_messages:,}") if cost.extra_messages else ""
    return CostRow(
        plan=texts.label(cost.plan.name),
        cost=cost_in_words(cost, texts),
        note=extra,
        emphasised=cost.plan.name is PlanName.LOCAL_GOVERNMENT,
    )


def _notes(found: Comparison, ctx: Context) -> tuple[str, ...]:
    """Return notes on the costs: that they are an upper bound, and what else is charged."""
    plain = ctx.resources.counters.fees.sentences
    bound = (plain.upper_bound,) if any(cost.is_upper_bound for cost in found.costs) else ()
    return (*bound, plain.chargeable)


_STEPS: Mapping[str, Step] = {
    TABLE: Step(TABLE, (COMPARE, *NUMBERS), (MESSAGES,), _parse_text, _parse_choice, ends=True),
    MESSAGES: Step(MESSAGES, NUMBERS, (), _parse_text, _parse_choice, ends=True),
}
PLANS = Flow(name="plans", first=TABLE, steps=_STEPS, ask=_ask, advance=_advance, ephemeral=True)
