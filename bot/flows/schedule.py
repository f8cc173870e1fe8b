"""日程: computes when the review ends and the plan takes effect, from the present plan and the day of application."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.content.precheck_explanation import in_japanese, range_in_japanese, schedule_in_words
from bot.domain.dates import Schedule, schedule
from bot.flows.buttons import menu_button
from bot.flows.context import Context
from bot.flows.engine import CHANGE, Accept, Flow, NextQuestion, PromptOptions, Reprompt, Respond, Step, postback_data
from bot.flows.menu import opener
from bot.flows.precheck import answers as reading
from bot.flows.precheck.review import picker
from bot.flows.questions import choice, moves, question
from bot.flows.session import FlowState
from bot.replies.actions import Button, Postback
from bot.replies.views import Progress, Question, Timeline, TimelinePoint

PLAN, DAY = "current_plan", "apply_date"
ORDER = (PLAN, DAY)
CHOICES: Mapping[str, tuple[str, ...]] = {
    PLAN: ("communication", "light", "standard", "unknown"),
    DAY: ("today", "pick"),
}


def _ask(state: FlowState, ctx: Context, prompt: PromptOptions) -> Question:
    text = ctx.texts.precheck.questions[state.step]
    return question(
        heading=ctx.resources.counters.schedule.heading,
        text=text,
        source=ctx.cite(text.page),
        buttons=_buttons(state, ctx),
        ways=moves(state, ctx.texts.ui.moves),
        prompt=prompt,
        progress=Progress(at=ORDER.index(state.step) + 1, of=len(ORDER)),
    )


def _buttons(state: FlowState, ctx: Context) -> tuple[Button, ...]:
    labels = ctx.texts.precheck.questions[state.step].choices
    replaced = picker(state, ctx)
    known = state.prefill.get(state.step)
    prefilled = (_known(known, state, ctx),) if known and _still_holds(known, state, ctx) else ()
    return prefilled + tuple(
        Button(
            labels[value],
            replaced.get(value) or Postback(postback_data(state.flow, state.step, value, state), labels[value]),
        )
        for value in CHOICES[state.step]
        if not (prefilled and value == known)
    )


def _still_holds(value: str, state: FlowState, ctx: Context) -> bool:
    """Return True if the pre-check's answer is still valid. A day may have passed."""
    return isinstance(SCHEDULE.steps[state.step].parse_choice(value, state, ctx), Accept)


def _known(value: str, state: FlowState, ctx: Context) -> Button:
    """Return the pre-check's answer as the primary button."""
    labels = ctx.texts.precheck.questions[PLAN].choices
    answer = labels[value] if state.step == PLAN else in_japanese(date.fromisoformat(value), year=ctx.today.year)
    label = ctx.resources.counters.schedule.buttons.known.format(answer=answer)
    return choice(state, state.step, value, label, primary=True)


def _parse_day_text(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """Accept a day from today on. A user who does not know yet gets the dates for today."""
    found = reading.parse_apply_date_text(text, state, ctx)
    if isinstance(found, Accept) and found.value is None:
        return replace(found, value=ctx.today.isoformat())
    return found


def _parse_day_choice(value: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    return None if value == reading.SKIP else reading.parse_apply_date_choice(value, state, ctx)


def _advance(state: FlowState, step: str, ctx: Context) -> NextQuestion | Respond:
    """Ask the next open question, or show the card and wait for another day."""
    del step
    missing = [name for name in ORDER if name not in state.answers]
    if missing:
        return NextQuestion(state.at(missing[0]))
    waiting = state.at(DAY)
    return Respond(waiting, (_card(waiting, ctx),))


def _card(state: FlowState, ctx: Context) -> Timeline:
    texts, plan = ctx.resources.counters.schedule, state.answers[PLAN]
    found = schedule(date.fromisoformat(state.answers[DAY]), current_plan=plan)
    return Timeline(
        title=texts.card.title.format(apply=in_japanese(found.apply_date)),
        lead=schedule_in_words(found, ctx.resources.precheck),
        points=_points(found, plan, ctx),
        note=texts.card.advice[plan] + texts.card.note,
        source=ctx.cite(*texts.card.pages),
        buttons=(
            choice(state, DAY, CHANGE, texts.buttons.date),
            choice(state, PLAN, CHANGE, texts.buttons.plan),
            opener("precheck", ctx.texts.ui.moves.precheck),
            menu_button(ctx),
        ),
    )


def _points(found: Schedule, plan: str, ctx: Context) -> tuple[TimelinePoint, ...]:
    words = ctx.resources.counters.schedule.card
    year = ctx.today.year
    applied = words.apply.format(plan=words.plans[plan])
    today = TimelinePoint(when=in_japanese(ctx.today, year=year), what=words.today)
    return (
        *((today,) if ctx.today != found.apply_date else ()),
        TimelinePoint(when=in_japanese(found.apply_date, year=year), what=applied),
        TimelinePoint(when=range_in_japanese(found.review_from, found.review_to, year=year), what=words.review),
        TimelinePoint(
            when=range_in_japanese(found.effective_from, found.effective_to, year=year),
            what=words.effective,
            emphasised=True,
        ),
    )


SCHEDULE = Flow(
    name="schedule",
    first=PLAN,
    steps={
        PLAN: Step(PLAN, CHOICES[PLAN], (DAY,), reading.parse_listed_text, reading.parse_listed_choice, ends=True),
        DAY: Step(DAY, CHOICES[DAY], (PLAN,), _parse_day_text, _parse_day_choice, ends=True),
    },
    ask=_ask,
    advance=_advance,
    ephemeral=True,
    prefill_from=ORDER,
)
