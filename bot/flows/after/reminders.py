"""Reminders: offered, set, listed and cancelled, each by a tap or a word. Nothing is sent that was not asked for."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.content.precheck_explanation import in_japanese
from bot.content.reminders import ReminderTexts
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.waiting import Application
from bot.flows.after.application import result_buttons
from bot.flows.after.state import application_of, is_waiting, precheck_of
from bot.flows.buttons import menu_button, postback_button, postback_row
from bot.flows.context import Context
from bot.flows.effects import CancelReminder, SetReminder
from bot.flows.menu import next_buttons, notice
from bot.flows.postback import Tap, decode
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.replies.actions import Button, Open
from bot.replies.views import Menu, MenuItem, Notice

NAME = "reminders"
LIST, SET, CANCEL = "list", "set", "cancel"
ALL = "all"
SHEET_LASTS = timedelta(days=30)
LONGEST = 40  # characters of a message that only asks for this


def texts_of(ctx: Context) -> ReminderTexts:
    return ctx.resources.counters.reminders


def shows_list(text: str, data: str, texts: ReminderTexts) -> bool:
    """Return True if this message or button may show the list, so that it must be read from the store."""
    tap = decode(data) if data else None
    if tap:
        return (tap.flow, tap.step) == (NAME, LIST) or (tap.flow == "menu" and tap.value == NAME)
    return len(text) <= LONGEST and (text.strip() in _labels(texts) or texts.wish_in(text) in ("list", "offer"))


def _labels(texts: ReminderTexts) -> tuple[str, str]:
    return texts.list, texts.offer


def first_view(session: Session, ctx: Context) -> TurnResult:
    """Show the reminders that are set, and those that may be."""
    return TurnResult(session, (_list(session, ctx),))


def handle_postback(session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """List, set or cancel. A button names the reminder itself, so that it works after the session has expired."""
    if tap.step == LIST:
        return TurnResult(session, (_list(session, ctx, _day(tap.value)),))
    if tap.step == CANCEL and tap.value == ALL:
        return _cancel_all(session, ctx)
    if tap.step == CANCEL and tap.value in list(ReminderKind):
        return _cancel(session, ReminderKind(tap.value), ctx)
    reminder = _decoded(tap.value) if tap.step == SET else None
    if reminder is None:
        return TurnResult(session, (notice(ctx, "unknown_button", session=session),))
    return _set(session, reminder, ctx)


def handle_text(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """List, offer or cancel by a word. None if the message says something else."""
    if len(text) > LONGEST:
        return None
    texts, typed = texts_of(ctx), text.strip()
    wish = texts.wish_in(typed)
    if typed == texts.cancel_all or wish == "cancel_all":
        return _cancel_all(session, ctx)
    return first_view(session, ctx) if wish or typed in _labels(texts) else None


def message(reminder: Reminder, ctx: Context) -> Notice:
    """Return the reminder as it is sent."""
    text = texts_of(ctx).kinds[reminder.kind]
    on = in_japanese(reminder.on, year=ctx.today.year)
    return Notice(
        title=text.title,
        text=text.text.format(on=on),
        buttons=(*_then(reminder, ctx), postback_button(NAME, LIST, "-", texts_of(ctx).list), menu_button(ctx)),
    )


def _then(reminder: Reminder, ctx: Context) -> tuple[Button, ...]:
    """Return what to do when it arrives."""
    if reminder.kind in (ReminderKind.RESULT, ReminderKind.MONTH):
        plan = "standard" if reminder.kind is ReminderKind.MONTH else "unknown"
        return result_buttons(Application(reminder.on, plan), ctx)
    if reminder.kind is ReminderKind.APPLY:
        texts = texts_of(ctx)
        applied = postback_button("after", "applied", "new", ctx.resources.counters.after.applied)
        return (Button(texts.form_label, Open(texts.form, external=True), "primary"), applied)
    return ()


def of_application(found: Application) -> Iterator[Reminder]:
    """Yield the reminders that belong to an application: its result, and the start of a month."""
    yield Reminder(ReminderKind.RESULT, found.applied_on)
    if found.waits_for_month:
        yield Reminder(ReminderKind.MONTH, found.applied_on)


def _offers(session: Session, ctx: Context, verdict_on: date | None) -> Iterator[Reminder]:
    """Yield the reminders that this user may ask for now and has not."""
    known = {reminder.kind for reminder in ctx.reminders}
    return (one for one in _possible(session, verdict_on) if one.kind not in known and one.may_be_set(ctx.today))


def _possible(session: Session, verdict_on: date | None) -> Iterator[Reminder]:
    found = application_of(session)
    if found and is_waiting(session):
        yield from of_application(found)
        return
    state = precheck_of(session)
    planned = _day(str(state.answers.get("apply_date"))) if state else None
    if planned:
        yield Reminder(ReminderKind.APPLY, planned)
    if verdict_on:
        yield Reminder(ReminderKind.SHEET, verdict_on + SHEET_LASTS)


def _list(session: Session, ctx: Context, verdict_on: date | None = None) -> Menu | Notice:
    texts = texts_of(ctx)
    kept = tuple(_kept_row(reminder, ctx) for reminder in ctx.reminders)
    offers = tuple(_offer_row(reminder, ctx) for reminder in _offers(session, ctx, verdict_on))
    if not kept and not offers:
        return Notice(title=texts.views.none.title, text=texts.views.none.text, buttons=next_buttons(ctx, session))
    head = texts.views.list if kept else texts.views.offers
    lead = f"{head.text}{texts.hours}" if kept else head.text
    return Menu(title=head.title, lead=lead, items=(*kept, *offers), quick=next_buttons(ctx, session))


def _kept_row(reminder: Reminder, ctx: Context) -> MenuItem:
    texts = texts_of(ctx)
    label = texts.rows.set.format(day=_said(reminder, ctx), label=texts.kinds[reminder.kind].label)
    return postback_row(NAME, CANCEL, reminder.kind, label, texts.rows.set_note)


def _offer_row(reminder: Reminder, ctx: Context) -> MenuItem:
    texts, label = texts_of(ctx), texts_of(ctx).kinds[reminder.kind].label
    words = {"day": _said(reminder, ctx), "label": label}
    return postback_row(
        NAME, SET, _encoded(reminder), texts.rows.offer.format(**words), texts.rows.offer_note.format(**words)
    )


def _set(session: Session, reminder: Reminder, ctx: Context) -> TurnResult:
    texts = texts_of(ctx)
    if not reminder.may_be_set(ctx.today):
        passed = texts.views.passed
        return TurnResult(session, (Notice(title=passed.title, text=passed.text, buttons=_ways(session, ctx)),))
    words = {"day": _said(reminder, ctx), "label": texts.kinds[reminder.kind].label}
    cancel = postback_button(NAME, CANCEL, reminder.kind, texts.buttons.cancel)
    confirmed = Notice(
        title=texts.views.set.title,
        text=texts.views.set.text.format(**words),
        tone="success",
        buttons=(cancel, *_ways(session, ctx)),
    )
    return TurnResult(session, (confirmed,), (SetReminder(reminder),))


def _cancel(session: Session, kind: ReminderKind, ctx: Context) -> TurnResult:
    texts = texts_of(ctx)
    text = texts.views.cancelled.text.format(label=texts.kinds[kind].label, day="")
    said = Notice(title=texts.views.cancelled.title, text=text, buttons=_ways(session, ctx))
    return TurnResult(session, (said,), (CancelReminder(kind),))


def _cancel_all(session: Session, ctx: Context) -> TurnResult:
    text = texts_of(ctx).views.all_cancelled
    said = Notice(title=text.title, text=text.text, buttons=next_buttons(ctx, session))
    return TurnResult(session, (said,), tuple(CancelReminder(kind) for kind in ReminderKind))


def _ways(session: Session, ctx: Context) -> tuple[Button, ...]:
    return (postback_button(NAME, LIST, "-", texts_of(ctx).list), *next_buttons(ctx, session))


def _said(reminder: Reminder, ctx: Context) -> str:
    return in_japanese(reminder.day, year=ctx.today.year)


def _encoded(reminder: Reminder) -> str:
    return f"{reminder.kind}.{reminder.on.isoformat()}"


def _decoded(value: str) -> Reminder | None:
    kind, _, on = value.partition(".")
    day = _day(on)
    return Reminder(ReminderKind(kind), day) if day and kind in list(ReminderKind) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
