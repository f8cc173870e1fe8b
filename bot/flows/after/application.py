"""申し込みました: asks for the day of the application and the plan, and shows when the result is due."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from msgspec import structs

from bot.content.precheck_explanation import in_japanese, range_in_japanese
from bot.domain.parsing.past_dates import OLDEST, PastDate, check_past_date, read_past_date
from bot.domain.waiting import Application, Stage
from bot.flows.after.state import APPLIED, DAY, PLAN, RESULT, TICKED, application_of, encoded, precheck_of, texts_of
from bot.flows.buttons import menu_button, postback_button
from bot.flows.context import Context
from bot.flows.engine import (
    Accept,
    Finish,
    Flow,
    NextQuestion,
    PromptOptions,
    Reprompt,
    Step,
    handle_text,
    postback_data,
    start,
)
from bot.flows.precheck import answers as reading
from bot.flows.questions import choice, moves, question
from bot.flows.session import FlowState, Session
from bot.flows.turn_result import TurnResult
from bot.replies.actions import Button, PickDate, Postback
from bot.replies.views import Progress, Question, Timeline, TimelinePoint

AFTER = "after"  # the stateless flow of all that follows
ORDER = (DAY, PLAN)
CHOICES: Mapping[str, tuple[str, ...]] = {
    DAY: ("today", "pick"),
    PLAN: ("communication", "light", "standard", "unknown"),
}
LONGEST = 20  # characters of a text that is meant as a day


def _ask(state: FlowState, ctx: Context, prompt: PromptOptions) -> Question:
    text = texts_of(ctx).questions[state.step]
    return question(
        heading=texts_of(ctx).heading,
        text=text,
        source=ctx.cite(text.page),
        buttons=_buttons(state, ctx),
        ways=moves(state, ctx.texts.ui.moves),
        prompt=prompt,
        progress=Progress(at=ORDER.index(state.step) + 1, of=len(ORDER)),
    )


def _buttons(state: FlowState, ctx: Context) -> tuple[Button, ...]:
    labels = texts_of(ctx).questions[state.step].choices
    picker = _picker(state, ctx) if state.step == DAY else None
    known = state.prefill.get(PLAN) if state.step == PLAN else None
    first = (
        (choice(state, PLAN, known, texts_of(ctx).known.format(plan=labels[known]), primary=True),)
        if known in CHOICES[PLAN] and known != "unknown"
        else ()
    )
    return first + tuple(
        Button(labels[value], picker)
        if value == "pick" and picker
        else Button(labels[value], Postback(postback_data(state.flow, state.step, value, state), labels[value]))
        for value in CHOICES[state.step]
        if not (first and value == known)
    )


def _picker(state: FlowState, ctx: Context) -> PickDate:
    data = postback_data(state.flow, DAY, "pick", state)
    return PickDate(data, ctx.today.isoformat(), (ctx.today - OLDEST).isoformat(), ctx.today.isoformat())


def parse_day_text(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """Accept a day up to today. Leave longer texts and questions to the other functions."""
    del state
    found = read_past_date(text, today=ctx.today)
    if found.problem and (reading.QUESTION.search(text) or (found.problem == "unreadable" and not _like_a_day(text))):
        return None
    return _accepted(found, ctx)


def is_day(text: str, ctx: Context) -> bool:
    """Return True if the text names a day up to today."""
    return read_past_date(text, today=ctx.today).day is not None


def _like_a_day(text: str) -> bool:
    return len(text) <= LONGEST and any(letter.isdigit() for letter in text)


def _accepted(found: PastDate, ctx: Context) -> Accept | Reprompt:
    if found.day is None:
        return Reprompt(texts_of(ctx).problems[str(found.problem)])
    note = ctx.texts.precheck.notes["understood"].format(value=in_japanese(found.day, year=ctx.today.year))
    return Accept(found.day.isoformat(), note)


def _parse_day_choice(value: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    del state
    try:
        day = ctx.today if value == "today" else date.fromisoformat(value)
    except ValueError:
        return Reprompt(ctx.texts.precheck.problems["date_pick"]) if value == "pick" else None
    return _accepted(check_past_date(day, today=ctx.today), ctx)


def _advance(state: FlowState, step: str, ctx: Context) -> NextQuestion | Finish:
    """Ask the next open question, or show when the result is due. Another day begins another wait."""
    del step
    missing = [name for name in ORDER if name not in state.answers]
    if missing:
        return NextQuestion(state.at(missing[0]))
    waiting = state.without(RESULT, TICKED).at(DAY)
    found = application_of(Session(flows={APPLIED: waiting}))
    return Finish(waiting, (card(found, ctx),) if found else ())


def begin(session: Session, ctx: Context, day: str = "") -> TurnResult:
    """Ask for the day, or take it from the user's words, and offer the plan of the pre-check first."""
    started = start(APPLICATION, session, ctx)
    plan = (state.answers.get(PLAN) if (state := precheck_of(session)) else None) or ""
    prefill = {PLAN: plan} if plan else {}
    asked = structs.replace(started.session.flows[APPLIED], prefill=prefill)
    opened = replace(started, session=started.session.activate(asked))
    return (handle_text(APPLICATION, opened.session, day, ctx) if day else None) or opened


def card(found: Application, ctx: Context) -> Timeline:
    """Return the card of an application: when its result is due, and what to do then."""
    texts, year = texts_of(ctx).card, ctx.today.year
    review = range_in_japanese(found.schedule.review_from, found.schedule.review_to, year=year)
    over = found.stage(ctx.today) is Stage.OVERDUE
    return Timeline(
        title=texts.title.format(apply=in_japanese(found.applied_on, year=year)),
        lead=(texts.over if over else texts.waiting).format(review=review),
        points=_points(found, review, ctx),
        note=texts.note,
        source=ctx.cite(*texts.pages),
        buttons=(*result_buttons(found, ctx), *_offer(found, ctx), _other_day(ctx), menu_button(ctx)),
    )


def _points(found: Application, review: str, ctx: Context) -> tuple[TimelinePoint, ...]:
    texts, year, dates = texts_of(ctx).card, ctx.today.year, found.schedule
    applied = TimelinePoint(
        when=in_japanese(found.applied_on, year=year), what=texts.apply.format(plan=texts.plans[found.current_plan])
    )
    today = TimelinePoint(when=in_japanese(ctx.today, year=year), what=texts.today)
    result = TimelinePoint(when=review, what=texts.review, emphasised=True)
    begin = TimelinePoint(
        when=range_in_japanese(dates.effective_from, dates.effective_to, year=year), what=texts.effective
    )
    if ctx.today == found.applied_on:
        return (applied, result, begin)
    return (applied, today, result, begin) if ctx.today <= dates.review_to else (applied, result, today, begin)


def result_buttons(found: Application | None, ctx: Context) -> tuple[Button, ...]:
    """Return the buttons for what has become of the application, which they name."""
    texts, value = texts_of(ctx).buttons, encoded(found)
    return (
        postback_button(AFTER, "came", value, texts.came),
        postback_button(AFTER, "refused", value, texts.refused),
        postback_button(AFTER, "not_yet", value, texts.not_yet),
    )


def _offer(found: Application, ctx: Context) -> tuple[Button, ...]:
    """Return the button that opens the reminders while the result is to come."""
    label = ctx.resources.counters.reminders.offer
    waits = found.schedule.effective_to > ctx.today
    return (postback_button("reminders", "list", ctx.today.isoformat(), label),) if waits else ()


def _other_day(ctx: Context) -> Button:
    return postback_button(AFTER, "applied", "again", texts_of(ctx).buttons.other_day)


APPLICATION = Flow(
    name=APPLIED,
    first=DAY,
    steps={
        DAY: Step(DAY, CHOICES[DAY], (PLAN,), parse_day_text, _parse_day_choice, ends=True),
        PLAN: Step(PLAN, CHOICES[PLAN], (DAY,), reading.parse_listed_text, reading.parse_listed_choice, ends=True),
    },
    ask=_ask,
    advance=_advance,
    ephemeral=True,
    prefill_from=(PLAN,),
)
