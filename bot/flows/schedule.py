"""日程: when the review ends and the plan takes effect, for one's own plan and day of application."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.content.precheck_explanation import in_japanese, range_in_japanese, schedule_in_words
from bot.domain.dates import Schedule, schedule
from bot.flows.context import Context
from bot.flows.engine import CHANGE, Accept, Flow, NextQuestion, PromptOptions, Reprompt, Respond, Step, postback_data
from bot.flows.menu import opener
from bot.flows.precheck import answers as reading
from bot.flows.precheck.review import picker
from bot.flows.questions import choice, moves, question
from bot.flows.session import FlowState
from bot.replies.actions import Button, Postback, Say
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
    taken = (_known(known, state, ctx),) if known and _still_holds(known, state, ctx) else ()
    return taken + tuple(
        Button(
            labels[value],
            replaced.get(value) or Postback(postback_data(state.flow, state.step, value, state), labels[value]),
        )
        for value in CHOICES[state.step]
        if not (taken and value == known)
    )


def _still_holds(value: str, state: FlowState, ctx: Context) -> bool:
    """Whether the pre-check's answer will still do: a day may be over."""
    return isinstance(SCHEDULE.steps[state.step].parse_choice(value, state, ctx), Accept)


def _known(value: str, state: FlowState, ctx: Context) -> Button:
    """What was answered in the pre-check, first and ready to press."""
    labels = ctx.texts.precheck.questions[PLAN].choices
    said = labels[value] if state.step == PLAN else in_japanese(date.fromisoformat(value), year=ctx.today.year)
    label = ctx.resources.counters.schedule.buttons.known.format(answer=said)
    return choice(state, state.step, value, label, primary=True)


def _read_day(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """A day from today on; one who does not know yet is told of today."""
    found = reading.read_apply_date(text, state, ctx)
    if isinstance(found, Accept) and found.value is None:
        return replace(found, value=ctx.today.isoformat())
    return found


def _settle_day(value: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    return None if value == reading.SKIP else reading.settle_apply_date(value, state, ctx)


def _then(state: FlowState, step: str, ctx: Context) -> NextQuestion | Respond:
    """What is still open, else the card; the talk then waits for another day."""
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
            Button(ctx.texts.ui.moves.menu, Say(ctx.texts.ui.moves.menu)),
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
        PLAN: Step(PLAN, CHOICES[PLAN], (DAY,), reading.read_listed, reading.settle_listed, ends=True),
        DAY: Step(DAY, CHOICES[DAY], (PLAN,), _read_day, _settle_day, ends=True),
    },
    ask=_ask,
    advance=_then,
    ephemeral=True,
    prefill_from=ORDER,
)
