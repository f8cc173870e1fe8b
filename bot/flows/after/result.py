"""The result of an application: it came, it was refused, it has not come yet, each with the way on."""

from bot.content.precheck_explanation import in_japanese, range_in_japanese
from bot.domain.waiting import Application, Stage
from bot.flows import engine
from bot.flows.after import application, checklist
from bot.flows.after.application import AFTER, result_buttons
from bot.flows.after.state import (
    ACCEPTED,
    REFUSED,
    application_of,
    decoded,
    encoded,
    precheck_of,
    result_of,
    texts_of,
    with_result,
)
from bot.flows.buttons import menu_button, postback_button, postback_row
from bot.flows.context import Context
from bot.flows.menu import notice, opener
from bot.flows.postback import Tap
from bot.flows.precheck.flow import PRECHECK
from bot.flows.precheck.review import shown
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.replies.actions import Button, Copy, Open
from bot.replies.views import AnswerView, MenuItem, Notice

NAME = AFTER


def first_view(session: Session, ctx: Context) -> TurnResult:
    """Show where the application stands, or ask for its day."""
    if result_of(session) == ACCEPTED:
        return checklist.show(session, checklist.stored_ticks(session), ctx)
    if result_of(session) == REFUSED:
        return TurnResult(session, (_refused(session, ctx),))
    found = application_of(session)
    return TurnResult(session, (application.card(found, ctx) if found else _no_day(ctx),))


def menu_rows(session: Session, ctx: Context) -> tuple[MenuItem, ...]:
    """Return the row of the menu for a user who has applied. No row for others."""
    text = texts_of(ctx).menu
    is_known = application_of(session) is not None or result_of(session)
    return (postback_row(NAME, "status", "menu", text.label, text.note),) if is_known else ()


def handle_postback(session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """Continue by a button, which names its application, so that it works after the session has expired."""
    if tap.step == "status":
        return first_view(session, ctx)
    if tap.step == "applied":
        return application.begin(session, ctx)
    if tap.step == checklist.STEP:
        return checklist.show(session, tap.value, ctx)
    if tap.step == "recheck":
        return _recheck(session, ctx)
    return _said(tap.step, session, _meant(session, tap.value, ctx), ctx) or TurnResult(
        session, (notice(ctx, "unknown_button", session=session),)
    )


def _meant(session: Session, value: str, ctx: Context) -> Application | None:
    """Return the application that a button names. The session knows more of the same one: a reminder has no plan."""
    named, known = decoded(value, ctx.today), application_of(session)
    return known if named is None or (known and known.applied_on == named.applied_on) else named


def said(what: str, session: Session, ctx: Context) -> TurnResult:
    """Answer what a user says about the application in free words."""
    if what == "applied":
        return application.begin(session, ctx)
    if what == "checklist":
        return checklist.show(session, checklist.stored_ticks(session), ctx)
    return _said(what, session, application_of(session), ctx) or first_view(session, ctx)


def _said(what: str, session: Session, found: Application | None, ctx: Context) -> TurnResult | None:
    if what == "came":
        return TurnResult(session, (_which_result(found, ctx),))
    if what == ACCEPTED:
        after = with_result(session, ACCEPTED, ctx, found)
        return TurnResult(after, (_accepted(ctx), checklist.view((), ctx)))
    if what == REFUSED:
        after = with_result(session, REFUSED, ctx, found)
        return TurnResult(after, (_refused(after, ctx),))
    if what == "not_yet":
        return _not_yet(session, found, ctx)
    return None


def _which_result(found: Application | None, ctx: Context) -> Notice:
    texts, value = texts_of(ctx), encoded(found)
    return Notice(
        title=texts.asked.title,
        text=texts.asked.text,
        buttons=(
            postback_button(NAME, ACCEPTED, value, texts.buttons.accepted),
            postback_button(NAME, REFUSED, value, texts.buttons.refused),
            menu_button(ctx),
        ),
    )


def _no_day(ctx: Context) -> Notice:
    texts = texts_of(ctx)
    ask = postback_button(NAME, "applied", "new", texts.applied)
    return Notice(
        title=texts.no_day.title,
        text=texts.no_day.text,
        buttons=(ask, *result_buttons(None, ctx), _checklist_button(ctx), menu_button(ctx)),
    )


def _accepted(ctx: Context) -> Notice:
    text = texts_of(ctx).accepted
    return Notice(title=text.title, text=text.text, tone="success", buttons=())


def _checklist_button(ctx: Context) -> Button:
    return postback_button(NAME, checklist.STEP, checklist.NOTHING, texts_of(ctx).buttons.checklist)


def _refused(session: Session, ctx: Context) -> AnswerView:
    """Return the way to another application: no reasons, the conditions again, the form."""
    texts, buttons = texts_of(ctx).refused, texts_of(ctx).buttons
    earlier = precheck_of(session)
    look = (
        postback_button(NAME, "recheck", "again", buttons.recheck)
        if earlier
        else opener(PRECHECK.name, buttons.precheck, primary=True)
    )
    hint = texts.earlier.format(recheck=buttons.recheck) if earlier else texts.gone
    return AnswerView(
        title=texts.title,
        paragraphs=(*texts.lines, hint),
        source=ctx.cite(*texts.pages),
        buttons=(
            look,
            Button(buttons.form, Open(texts.form, external=True)),
            postback_button(NAME, "applied", "again", buttons.again),
            menu_button(ctx),
        ),
    )


def _recheck(session: Session, ctx: Context) -> TurnResult:
    """Show the earlier answers to the five conditions, each with a button to change it."""
    state = precheck_of(session)
    if state is None:
        return engine.start(PRECHECK, session, ctx)
    return engine.ask_again(PRECHECK, session.activate(state.without("apply_date").at("review")), ctx)


def _not_yet(session: Session, found: Application | None, ctx: Context) -> TurnResult:
    """Say until when no result is usual, and what to do after that."""
    if found is None:
        return application.begin(session, ctx)
    session = with_result(session, "", ctx, found)
    texts, year, dates = texts_of(ctx).not_yet, ctx.today.year, found.schedule
    late = found.stage(ctx.today) is Stage.OVERDUE
    lines = (texts.late if late else texts.early).lines
    facts = {
        "review": range_in_japanese(dates.review_from, dates.review_to, year=year),
        "unusual": in_japanese(found.unusual_from, year=year),
    }
    month = texts.month.format(
        plan=texts_of(ctx).card.plans[found.current_plan],
        effective=range_in_japanese(dates.effective_from, dates.effective_to, year=year),
    )
    card = AnswerView(
        title=(texts.late if late else texts.early).title,
        paragraphs=(*(line.format(**facts) for line in lines), *((month,) if found.waits_for_month else ())),
        source=ctx.cite(*texts.pages),
        buttons=(*(_desk_buttons(session, found, ctx) if late else ()), *_then(found, ctx), menu_button(ctx)),
    )
    return TurnResult(session, (card,))


def _then(found: Application, ctx: Context) -> tuple[Button, ...]:
    """Return the buttons for the day on which the result has come."""
    return result_buttons(found, ctx)[:2]


def _desk_buttons(session: Session, found: Application, ctx: Context) -> tuple[Button, ...]:
    """Return the address of the desk, and the text of a mail that says what the desk needs."""
    texts, buttons = texts_of(ctx).not_yet, texts_of(ctx).buttons
    state = precheck_of(session)
    given = {name: shown(state, name, ctx) for name in ("body", "account_name") if state and state.answers.get(name)}
    inquiry = texts.inquiry.format(
        body=given.get("body", texts.blank),
        account=given.get("account_name", texts.blank),
        apply=in_japanese(found.applied_on),
    )
    return (Button(buttons.inquiry, Copy(inquiry), "primary"), Button(buttons.address, Copy(texts.address)))
