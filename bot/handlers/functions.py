"""Opens the bot's functions and continues them, each with a button that resumes the flow below it."""

from dataclasses import replace

from bot.flows import engine, menu, resume_button
from bot.flows.after import result as after
from bot.flows.context import Context
from bot.flows.engine import Flow, PromptOptions
from bot.flows.postback import Tap
from bot.flows.registry import FLOWS, STATELESS_FLOWS
from bot.flows.session import LastView, Session
from bot.flows.turn_result import TurnResult


def open_function(name: str, session: Session, ctx: Context) -> TurnResult:
    """Open a function of the menu. A pre-check with answers is offered to be continued before it starts anew."""
    if name in STATELESS_FLOWS:
        return _at_view(LastView(function=name), STATELESS_FLOWS[name].first_view(session, ctx), ctx)
    flow, state = FLOWS[name], session.flows.get(name)
    if state and not flow.ephemeral and not state.ended and state.answers:
        return engine.ask_again(flow, session, ctx, PromptOptions(note=ctx.texts.ui.resume.text))
    return offer_resume(flow, engine.start(flow, session, ctx), ctx)


def tap_stateless_flow(tap: Tap, session: Session, ctx: Context) -> TurnResult:
    """Continue a stateless flow with one of its own buttons."""
    view = LastView(function=tap.flow, deeper=True)
    return _at_view(view, STATELESS_FLOWS[tap.flow].handle_postback(session, tap, ctx), ctx)


def show_menu(session: Session, ctx: Context) -> TurnResult:
    """Show every function, and first what there is to do after an application."""
    return _with_resume_button(TurnResult(session, (menu.menu(ctx, first=after.menu_rows(session, ctx)),)), ctx)


def ask_base_flow_again(session: Session, ctx: Context, prompt: PromptOptions | None = None) -> TurnResult | None:
    """Ask the pending question of the active flow again. Return None if no flow but an ephemeral one is active."""
    return engine.ask_again(FLOWS[session.base_flow.flow], session, ctx, prompt) if session.base_flow else None


def offer_resume(flow: Flow, result: TurnResult, ctx: Context) -> TurnResult:
    """Add 続ける to the result of an ephemeral flow, which another flow may be waiting below."""
    return _with_resume_button(result, ctx) if flow.ephemeral else result


def _at_view(view: LastView, result: TurnResult, ctx: Context) -> TurnResult:
    return _with_resume_button(replace(result, session=result.session.with_last_view(view)), ctx)


def _with_resume_button(result: TurnResult, ctx: Context) -> TurnResult:
    return replace(result, replies=resume_button.add_to(result.replies, result.session, ctx))
