"""申込の流れ: shows the steps and who does each, the preparations, and the four requests of page 8."""

from bot.content.stateless_flows import Listed, ProcessTexts
from bot.flows.after.place import place_of
from bot.flows.buttons import menu_button, postback_button
from bot.flows.context import Context
from bot.flows.menu import notice, opener
from bot.flows.postback import Tap
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.replies.actions import Button, Open
from bot.replies.views import AnswerView, Process, ProcessStep

NAME = "process"


def first_view(session: Session, ctx: Context) -> TurnResult:
    """Show the steps, and at which of them the user is."""
    return TurnResult(session, (_steps(session, ctx),))


def handle_postback(session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """Show the steps, the preparations, or the requests."""
    texts = ctx.resources.counters.process
    if tap.value == "overview":
        return first_view(session, ctx)
    if tap.value == "before":
        return TurnResult(session, (_listed(texts.before, _after_before(texts), ctx),))
    if tap.value == "requests":
        return TurnResult(session, (_listed(texts.requests, _after_requests(texts), ctx),))
    return TurnResult(session, (notice(ctx, "unknown_button", session=session),))


def _steps(session: Session, ctx: Context) -> Process:
    texts, place = ctx.resources.counters.process, place_of(session, ctx)
    return Process(
        title=texts.title,
        lead=texts.lead,
        legend_body=texts.legend_body,
        legend_line=texts.legend_line,
        steps=tuple(
            ProcessStep(
                who=step.who,
                title=step.title,
                text=step.text,
                otherwise=step.otherwise,
                here=place.words if place and place.step == number else "",
            )
            for number, step in enumerate(texts.steps)
        ),
        source=ctx.cite(*texts.pages),
        buttons=(
            _show("before", texts.buttons.before),
            _show("requests", texts.buttons.requests),
            opener("schedule", texts.buttons.schedule),
            Button(texts.buttons.form, Open(texts.form, external=True)),
            menu_button(ctx),
        ),
    )


def _listed(listed: Listed, buttons: tuple[Button, ...], ctx: Context) -> AnswerView:
    return AnswerView(
        title=listed.title,
        paragraphs=listed.lines,
        source=ctx.cite(*listed.pages),
        buttons=(*buttons, menu_button(ctx)),
    )


def _after_before(texts: ProcessTexts) -> tuple[Button, ...]:
    words = texts.buttons
    return (opener("precheck", words.precheck, primary=True), _show("overview", words.overview))


def _after_requests(texts: ProcessTexts) -> tuple[Button, ...]:
    return (opener("faq", texts.buttons.faq), _show("overview", texts.buttons.overview))


def _show(value: str, label: str) -> Button:
    return postback_button(NAME, "show", value, label)
