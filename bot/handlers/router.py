"""Routes a typed text or a tapped button of a 1:1 chat to the function that it is meant for.

A text is tried against RULES in their order; the first rule that returns a result decides.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.flows import engine, faq, menu, named_accounts, named_subjects, small_talk, typed_buttons
from bot.flows.after import reminders
from bot.flows.after import words as after_words
from bot.flows.context import Context
from bot.flows.engine import Flow
from bot.flows.plans import asks_for_costs
from bot.flows.postback import Tap, decode, encode
from bot.flows.precheck import conversation, resume_code
from bot.flows.precheck.answers import QUESTION
from bot.flows.precheck.flow import PRECHECK
from bot.flows.premium_id import is_an_id
from bot.flows.registry import FLOWS, STATELESS_FLOWS
from bot.flows.session import LastView, Session
from bot.flows.turn_result import TurnResult
from bot.handlers import command_actions
from bot.handlers.conversation import converse, lead_on
from bot.handlers.functions import offer_resume, open_function, tap_stateless_flow
from bot.rich_menus.definition import RESUME
from bot.text.normalize import is_readable

LONGEST_NAME = 40  # characters of a text that may be an account name and not a message
_HEAD = re.compile(r"\s*([^\s:：、]{1,20})[\s:：、]+(.+)", re.DOTALL)
Rule = Callable[[Session, str, Context], TurnResult | None]


def handle_text(session: Session, text: str, ctx: Context) -> TurnResult:
    """Return the result of a text: that of the first rule which accepts it."""
    if not text.strip():
        return _nothing_to_read(session, ctx)
    tried = (rule(session, text, ctx) for rule in RULES)
    result = next(result for result in tried if result)
    return _without_old_view(result, session.last_view)


def handle_postback(session: Session, data: str, date: str, ctx: Context) -> TurnResult:
    """Return the result of a button. `date` is the date that was picked, if it opened the date picker."""
    tap, session = decode(data), session.with_last_view(None)
    if tap and tap.flow == menu.NAME and tap.value == RESUME:
        return command_actions.resume(session, ctx)
    if tap and tap.flow == menu.NAME and tap.value in (*FLOWS, *STATELESS_FLOWS):
        return open_function(tap.value, session, ctx)
    if tap and tap.flow == resume_code.NAME:
        return resume_code.handle_postback(session, tap, ctx)
    if tap and tap.flow in STATELESS_FLOWS:
        return tap_stateless_flow(tap, session, ctx)
    if tap and tap.flow in FLOWS:
        return _tap_flow(replace(tap, value=date) if date else tap, session, ctx)
    return TurnResult(session, (menu.notice(ctx, "unknown_button", session=session),))


def drop_unknown_steps(session: Session) -> Session:
    """Return the session without flows that this release does not know; an unknown step becomes the flow's first."""
    for state in session.flows.values():
        flow = FLOWS.get(state.flow)
        if flow is None:
            session = session.drop(state.flow)
        elif state.step not in flow.steps:
            mended = state.at(flow.first)
            session = session.activate(mended) if state.flow in session.stack else session.suspend(mended)
    return session


def _run_command(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Carry out a command, if the whole text is one: 「メニュー」「戻る」「料金」."""
    command = ctx.resources.commands.read(text)
    return command_actions.run(command, session, ctx) if command else None


def _press_typed_button(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Press the button whose label was typed."""
    tap = typed_buttons.find(text, session.last_view, session, ctx)
    return (
        handle_postback(session, encode(tap.flow, tap.step, tap.value, tap.conversation_id), "", ctx) if tap else None
    )


def _answer_small_talk(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Answer thanks, a greeting or a complaint with one line. はい at a pending question is left to that question."""
    result = small_talk.handle_text(session, text, ctx, pending=bool(session.active))
    return _with_pending_question(result, ctx) if result else None


def _follow_application(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Lead on from what has become of an application (申し込みました, だめだった), and list reminders."""
    return reminders.handle_text(session, text, ctx) or after_words.handle_text(session, text, ctx)


def _redeem_resume_code(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Continue the pre-check of the colleague whose resume code was typed."""
    return resume_code.handle_text(session, text, ctx)


def _open_with_answer(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Open a function with its first answer in the same message: 「アカウント名チェック 横浜市」「料金 8万」."""
    parts = _HEAD.match(text)
    command = ctx.resources.commands.read(parts[1]) if parts else None
    if parts is None or command is None or command.name not in FLOWS:
        return None
    flow = FLOWS[command.name]
    return _answer(flow, engine.start(flow, session, ctx).session, parts[2], ctx)


def _answer_pending_question(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Answer the question of the active flow, or that of the flow which waits below it."""
    pending = dict.fromkeys(state.flow for state in (session.active, session.base_flow) if state)
    flows = [FLOWS[name] for name in pending]
    if session.active and session.active.flow == PRECHECK.name:
        return None  # `converse` has read the text: its parser alone would take sentences for names
    if len(flows) > 1:  # an answer that one of them accepts goes before a word on what is wrong with it
        flows = [flow for flow in flows if engine.can_parse(flow, session, text, ctx)] or flows
    tried = (_answer(flow, session, text, ctx) for flow in flows)
    return next((result for result in tried if result), None)


def _reject_unreadable(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Turn down 🙏 and 「…」, which would otherwise be searched for and counted as a question."""
    return None if is_readable(text) else _nothing_to_read(session, ctx)


def _match_need(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Show the partners for a need said in the user's own words, if the partners were shown last."""
    tap = typed_buttons.match_need(text, session.last_view, ctx)
    return tap_stateless_flow(tap, session, ctx) if tap else None


def _open_by_answer(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Open a function by a text that can only be its first answer: 「8万通だといくら」「@yokohama-city」."""
    name = "premium_id" if is_an_id(text) else "plans" if asks_for_costs(text) else ""
    if not name:
        return None
    started = engine.start(FLOWS[name], session, ctx)
    return _answer(FLOWS[name], started.session, text, ctx) or offer_resume(FLOWS[name], started, ctx)


def _answer_acknowledgement(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Answer はい or わかりました that no pending question has taken."""
    result = small_talk.handle_text(session, text, ctx, pending=False)
    return _with_pending_question(result, ctx) if result else None


def _look_up_named_subject(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Return the verdict on the premium ID, the account name or the government that a question names."""
    flow, subject = FLOWS["premium_id"], named_accounts.premium_id_in(text)
    if not subject:
        flow, subject = FLOWS["name_check"], named_accounts.account_name_in(text, ctx)
    if subject:
        started = engine.start(flow, session, ctx)
        return _answer(flow, started.session, subject, ctx) or offer_resume(flow, started, ctx)
    card = named_subjects.government_asked_for(text, session, ctx)
    return _with_pending_question(TurnResult(session, (card,)), ctx) if card else None


def _interrupt_flow(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Answer a question amid a flow, if only with the desk to ask, and ask the pending question again."""
    if session.base_flow is None:
        return None
    if not faq.is_covered(text, session, ctx) and not QUESTION.search(text):
        return conversation.miss(session, session.base_flow, ctx)
    answered = faq.answer_question(session, text, ctx)
    again = conversation.asked_again(answered.session, ctx)
    return replace(answered, session=again.session, replies=(*answered.replies, *again.replies))


def _check_government_name(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Check a local government's name, typed alone, as an account name."""
    if len(text) > LONGEST_NAME or not named_subjects.is_government(text, ctx):
        return None
    if named_subjects.is_sentence(text):
        return _answer_about_government(session, text, ctx)
    flow = FLOWS["name_check"]
    started = engine.start(flow, session, ctx).session
    return engine.handle_text(flow, started, text, ctx) or faq.answer_question(started, text, ctx)


def _answer_about_government(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Answer what is asked beside the writer's government (三鷹市です。料金はいくらですか), else judge it."""
    asked = named_subjects.asked_beside(text, ctx)
    card = named_subjects.government_told(text, session, ctx)
    if not asked:
        return TurnResult(session, (card,)) if card else None
    answered = faq.answer_question(session, asked, ctx)
    is_outside = card is not None and card.mark == "fail"
    return replace(answered, replies=(card, *answered.replies)) if card and is_outside else answered


def _search_knowledge(session: Session, text: str, ctx: Context) -> TurnResult:
    """Search the knowledge for everything else."""
    return faq.answer_question(session, text, ctx)


RULES: tuple[Rule, ...] = (
    _run_command,
    _press_typed_button,
    lead_on,
    _follow_application,
    _redeem_resume_code,
    _open_with_answer,
    converse,
    _answer_small_talk,
    _answer_pending_question,
    _reject_unreadable,
    _match_need,
    _open_by_answer,
    _answer_acknowledgement,
    _look_up_named_subject,
    _interrupt_flow,
    _check_government_name,
    _search_knowledge,
)


def _without_old_view(result: TurnResult, view: LastView | None) -> TurnResult:
    """Forget the view shown before this message; a rule that showed a view has put a new one in its place."""
    if view is None or result.session.last_view is not view:
        return result
    return replace(result, session=result.session.with_last_view(None))


def _nothing_to_read(session: Session, ctx: Context) -> TurnResult:
    """Ask the pending question again, or say what may be asked."""
    if session.base_flow:
        return conversation.miss(session, session.base_flow, ctx)
    return TurnResult(session, (menu.notice(ctx, "empty", session=session),))


def _with_pending_question(result: TurnResult, ctx: Context) -> TurnResult:
    """Ask the question that waits in a flow again, below these replies."""
    if result.session.base_flow is None:
        return result
    again = conversation.asked_again(result.session, ctx)
    return replace(result, session=again.session, replies=(*result.replies, *again.replies))


def _answer(flow: Flow, session: Session, text: str, ctx: Context) -> TurnResult | None:
    result = engine.handle_text(flow, session, text, ctx)
    return offer_resume(flow, result, ctx) if result else None


def _tap_flow(tap: Tap, session: Session, ctx: Context) -> TurnResult:
    """Handle a button of a flow: of its present conversation, or of one that is over."""
    flow, state = FLOWS[tap.flow], session.flows.get(tap.flow)
    if state and state.conversation_id == tap.conversation_id:
        if tap.value == engine.CANCEL:
            return command_actions.cancel(session.activate(state), ctx)
        return offer_resume(flow, engine.handle_postback(flow, session, tap, ctx), ctx)
    if flow.ephemeral:
        return offer_resume(flow, engine.handle_stale_postback(flow, session, tap, ctx), ctx)
    return _say_stale(session, tap, ctx)


def _say_stale(session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """Say that the button's conversation is over, and offer a fresh start."""
    key = "stale_running" if session.base_flow else "stale"
    fresh = menu.opener(tap.flow, ctx.texts.ui.menu.items[tap.flow].label, primary=not session.base_flow)
    return TurnResult(session, (menu.notice(ctx, key, session=session, buttons=() if session.base_flow else (fresh,)),))
