"""The end of the pre-check: shows the decision of the rules, and leads to the application form."""

from datetime import date

from bot.content.precheck_explanation import (
    CautionLine,
    ConditionLine,
    Explained,
    StepLine,
    explain,
    in_japanese,
    range_in_japanese,
)
from bot.domain.dates import Schedule
from bot.domain.eligibility import Decision
from bot.domain.precheck import check
from bot.flows.buttons import menu_button, postback_button
from bot.flows.context import Context
from bot.flows.engine import postback_data
from bot.flows.lookups import account_name_result, government_result
from bot.flows.menu import opener
from bot.flows.precheck.copy_text import text_version
from bot.flows.precheck.steps import answers_of, open_points
from bot.flows.session import FlowState
from bot.replies.actions import Button, Copy, Open, Postback
from bot.replies.views import ConditionRow, NextStep, Reply, TimelinePoint, VerdictView


def body_fails(state: FlowState, ctx: Context) -> bool:
    """Return True if the recorded government can never have the plan."""
    body = state.answers.get("body")
    return body is not None and government_result(body, ctx.resources).state == "fail"


def decided(state: FlowState, ctx: Context) -> bool:
    """Return True if no further answer could change the verdict."""
    return state.answers.get("plan_in_use") in ("this_account", "other_account") or body_fails(state, ctx)


def open_points_said(state: FlowState, ctx: Context) -> str:
    """Return the sentence that names the questions without an answer. Empty if there are none."""
    labels = [ctx.texts.precheck.questions[step].label for step in open_points(state)]
    return ctx.texts.precheck.conversation.open_points.format(labels="、".join(labels)) if labels else ""


def account_name_no_longer_fits(state: FlowState, ctx: Context) -> bool:
    """Return True if the recorded name does not fit the recorded government, so that it must be asked again."""
    name, body = state.answers.get("account_name"), state.answers.get("body")
    return bool(name and body) and account_name_result(str(name), body, ctx.resources).state != "pass"


def decision_of(state: FlowState, ctx: Context) -> Decision:
    """Return the decision of the rules on the answers so far."""
    return check(answers_of(state), register=ctx.resources.register, today=ctx.today)


def verdict(state: FlowState, ctx: Context) -> tuple[Reply, ...]:
    """Return the replies that end the pre-check."""
    return (verdict_view(state, ctx),)


def verdict_view(state: FlowState, ctx: Context) -> VerdictView:
    """Return the view with verdict, open points, conditions, dates, next steps and buttons."""
    decision = decision_of(state, ctx)
    said = explain(decision, ctx.resources.precheck)
    text = ctx.texts.precheck
    return VerdictView(
        verdict=decision.verdict.value,
        headline=said.title,
        lead="\n".join(filter(None, (said.text, "" if decided(state, ctx) else open_points_said(state, ctx)))),
        conditions=_conditions(said, ctx),
        warnings=tuple(line.text for line in said.cautions),
        steps=tuple(_step(line, ctx) for line in said.steps),
        timeline=_timeline(decision.schedule, ctx),
        timeline_note=said.schedule or "",
        buttons=_buttons(state, decision, said, ctx),
        disclaimer=said.notice,
        source=text.source.format(page=_pages(said)),
        heading=text.verdict.heading,
        conditions_title=text.verdict.conditions_title,
        steps_title=text.verdict.steps_title,
        timeline_title=text.verdict.timeline_title,
        warnings_title=text.verdict.warnings_title,
        irreversible_label=text.verdict.cannot_undo,
    )


def _conditions(said: Explained, ctx: Context) -> tuple[ConditionRow, ...]:
    source = ctx.texts.precheck.source
    return tuple(
        ConditionRow(name=line.title, mark=line.state.value, reason=line.reason, source=source.format(page=line.page))
        for line in said.conditions
    )


def _pages(said: Explained) -> str:
    """Return the pages that the verdict is based on, as 6・7・14・15. The dates are on page 15."""
    lines: tuple[ConditionLine | CautionLine | StepLine, ...] = (*said.conditions, *said.cautions, *said.steps)
    used = {line.page for line in lines} | ({15} if said.schedule else set())
    return "・".join(map(str, sorted(used)))


def _step(line: StepLine, ctx: Context) -> NextStep:
    final = line.cannot_undo or ""
    source = ctx.texts.precheck.source.format(page=line.page)
    return NextStep(
        title=line.title, text=line.text, irreversible=bool(final), final=final, source=source, link=_link(line)
    )


def _link(line: StepLine) -> Button | None:
    """Return the button for the place of a step: an address to open, or else one to copy."""
    if line.links:
        return Button(line.links[0].label, Open(line.links[0].url, external=True))
    return Button(line.copies[0].label, Copy(line.copies[0].text)) if line.copies else None


def _timeline(schedule: Schedule | None, ctx: Context) -> tuple[TimelinePoint, ...]:
    if schedule is None:
        return ()
    text = ctx.texts.precheck.verdict
    return (
        TimelinePoint(when=_day(ctx.today, ctx), what=text.timeline_today),
        TimelinePoint(when=_day(schedule.apply_date, ctx), what=text.timeline_apply),
        TimelinePoint(
            when=range_in_japanese(schedule.review_from, schedule.review_to, year=ctx.today.year),
            what=text.timeline_review,
        ),
        TimelinePoint(
            when=range_in_japanese(schedule.effective_from, schedule.effective_to, year=ctx.today.year),
            what=text.timeline_effective,
            emphasised=True,
        ),
    )


def _day(day: date, ctx: Context) -> str:
    """Return the day, with its year if that is not the present one."""
    return in_japanese(day, year=ctx.today.year)


def _buttons(state: FlowState, decision: Decision, said: Explained, ctx: Context) -> tuple[Button, ...]:
    """Return buttons for the form (to open and to copy), the sheet, the text, changes and the menu."""
    text = ctx.texts.precheck.verdict
    if decision.verdict.may_apply:
        url = ctx.resources.precheck.form_url
        form = Open(url, external=True)
        ready = decision.verdict.value == "ready"
        found = [Button(text.form, form, "primary" if ready else "secondary"), Button(text.copy_form, Copy(url))]
        found.append(postback_button("after", "applied", "new", ctx.resources.counters.after.applied))
    else:
        found = [opener("partners", text.partners), opener("contacts", text.contacts)]
    if decision.verdict.may_apply:
        offer = ctx.resources.counters.reminders.offer
        found.append(postback_button("reminders", "list", ctx.today.isoformat(), offer))
    found += _to_hand_on(decision, said, ctx)
    review = Postback(postback_data(state.flow, "review", "change", state), text.change)
    return (*found, Button(text.change, review), menu_button(ctx))


def _to_hand_on(decision: Decision, said: Explained, ctx: Context) -> list[Button]:
    """Return buttons for the sheet, in a browser that can print it, and for the text of a mail."""
    text = ctx.texts.precheck.verdict
    copy = Button(text.copy_text, Copy(text_version(decision, said, today=ctx.today, texts=ctx.texts.precheck)))
    if ctx.sheet_url is None:
        return [copy]
    answers = decision.answers.model_dump(mode="json", exclude_none=True)
    return [Button(text.sheet, Open(ctx.sheet_url(answers, ctx.today), external=True)), copy]
