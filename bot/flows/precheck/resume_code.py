"""Resume codes: a colleague who types one continues this user's unfinished pre-check."""

from datetime import date, timedelta

from msgspec import structs

from bot.content.precheck_explanation import in_japanese
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.resume_codes import plain_code, read_code
from bot.flows import engine
from bot.flows.buttons import postback_button, say_button
from bot.flows.context import Context
from bot.flows.effects import CodeRequest, Effect, PublishCode, RevokeCode
from bot.flows.menu import next_buttons, notice, opener
from bot.flows.postback import Tap, decode
from bot.flows.precheck.flow import PRECHECK
from bot.flows.session import FlowState, Session
from bot.flows.turn_result import TurnResult
from bot.replies.actions import Button, Copy
from bot.replies.views import Notice, Text

NAME = "handover"
TAKE = "take"
LASTS = timedelta(days=7)


def button(ctx: Context) -> Button:
    """Return the button that asks for a code."""
    return say_button(ctx.texts.ui.moves.handover)


def offer_code(session: Session, ctx: Context) -> TurnResult:
    """Offer a code for the answers so far, and revoke the one before it."""
    state = unfinished(session)
    if state is None or ctx.new_code is None:
        start = opener(PRECHECK.name, ctx.texts.ui.moves.precheck, primary=True)
        return TurnResult(session, (notice(ctx, "handover_nothing", session=session, buttons=(start,)),))
    text, code = ctx.texts.ui.handover, ctx.new_code
    phrase = text.phrase.format(code=code.text)
    shown = Notice(
        title=code.text,
        text=text.text.format(phrase=phrase),
        buttons=(Button(text.copy_label, Copy(phrase)), *_offer_reminder(ctx), *next_buttons(ctx, session)),
    )
    effects = (*revoke_offered(session), PublishCode(code.id, _without_its_owner(state)))
    return TurnResult(session.with_offered_code(code.id), (shown,), effects)


def _offer_reminder(ctx: Context) -> tuple[Button, ...]:
    """Return the button for a reminder before this code ends."""
    reminder = Reminder(ReminderKind.CODE, ctx.today + LASTS)
    label = ctx.resources.counters.reminders.buttons.set.format(day=in_japanese(reminder.day, year=ctx.today.year))
    return (postback_button("reminders", "set", f"{reminder.kind}.{reminder.on.isoformat()}", label),)


def requested_code(session: Session, *, text: str = "", data: str = "") -> CodeRequest | None:
    """Return the code in this event. If it would replace answers, it is only peeked at until the user agrees."""
    typed = read_code(text)
    if typed:
        return CodeRequest(typed.code, peek=unfinished(session) is not None)
    tap = decode(data)
    agreed = plain_code(tap.value) if tap and (tap.flow, tap.step) == (NAME, TAKE) else None
    return CodeRequest(agreed, peek=False) if agreed else None


def handle_text(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Handle a typed code. Return None if it is none, or an answer that happens to look like one."""
    typed = read_code(text)
    if typed is None or ctx.redeemed is None:
        return None
    is_invalid = ctx.redeemed.flow_state is None and ctx.redeemed.state != "good"
    if is_invalid and not typed.named and (session.active or not typed.sure):
        return None
    return _received(typed.code, session, ctx)


def handle_postback(session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """Replace the answers so far, to which the user has agreed."""
    if ctx.redeemed is None:
        return TurnResult(session, (notice(ctx, "unknown_button", session=session),))
    return _received(tap.value, session, ctx)


def revoke_offered(session: Session) -> tuple[Effect, ...]:
    """Return the effect that revokes the valid code, if there is one."""
    return (RevokeCode(session.offered),) if session.offered else ()


def unfinished(session: Session) -> FlowState | None:
    """Return the user's pre-check if it has answers and no verdict yet."""
    state = session.flows.get(PRECHECK.name)
    return state if state and state.answers and not state.ended else None


def _received(code: str, session: Session, ctx: Context) -> TurnResult:
    redeemed = ctx.redeemed
    if redeemed and redeemed.flow_state:
        return _continued(redeemed.flow_state, session, ctx)
    if redeemed and redeemed.state == "good":
        return TurnResult(session, (_replace(code, session, ctx),))
    key = "handover_too_often" if redeemed and redeemed.state == "too_often" else "handover_unknown"
    return TurnResult(session, (notice(ctx, key, session=session),))


def _continued(state: FlowState, session: Session, ctx: Context) -> TurnResult:
    """Ask the colleague's next question in a conversation of this user."""
    own = structs.replace(state, conversation_id=ctx.new_conversation_id)
    planned = state.answers.get("apply_date")
    if planned and date.fromisoformat(planned) < ctx.today:
        own = own.without("apply_date").at("apply_date" if state.step == "review" else state.step)
    asked = engine.ask_again(PRECHECK, session.activate(own), ctx)
    return TurnResult(asked.session, (Text(text=ctx.texts.ui.handover.taken), *asked.replies))


def _replace(code: str, session: Session, ctx: Context) -> Notice:
    text = ctx.texts.ui.handover
    agree = postback_button(NAME, TAKE, code, text.replace)
    return Notice(title=text.replace_title, text=text.replace_text, buttons=(agree, *next_buttons(ctx, session)))


def _without_its_owner(state: FlowState) -> FlowState:
    """Return the answers without conversation id and message ids."""
    return FlowState(flow=state.flow, conversation_id="", step=state.step, answers=state.answers, asked=state.asked)
