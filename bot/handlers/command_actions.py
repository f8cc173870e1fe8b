"""Carries out the commands that work at any time: a function's name, 戻る, やめる, 続ける and the others."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.flows import engine, menu
from bot.flows.commands import Command
from bot.flows.context import Context
from bot.flows.precheck import conversation, resume_code
from bot.flows.precheck.flow import PRECHECK
from bot.flows.registry import FLOWS
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.handlers.functions import ask_base_flow_again, open_function, show_menu


def run(command: Command, session: Session, ctx: Context) -> TurnResult:
    """Carry out a command. 戻る and やめる leave the view of a stateless flow first, if that was shown last."""
    if command.kind == "function":
        return open_function(command.name, session, ctx)
    return _leave_view(command, session, ctx) or _ACTIONS[command.name](session, ctx)


def cancel(session: Session, ctx: Context) -> TurnResult:
    """Suspend the active flow until 続ける. A flow that waits below it is asked again."""
    state = session.active
    if state is None:
        return show_menu(session, ctx)
    resumable = state.answers and not state.ephemeral
    session = session.suspend(state) if resumable else session.drop(state.flow)
    below = session.active
    if below:
        return engine.ask_again(FLOWS[below.flow], session, ctx)
    to_colleague = (resume_code.button(ctx),) if resume_code.unfinished(session) else ()
    key = "cancelled" if resumable else "closed"
    shown = menu.notice(ctx, key, session=session, buttons=to_colleague)
    if resumable and state.flow == PRECHECK.name:
        shown = replace(shown, text=f"{conversation.still_open(state, ctx)}{shown.text}")
    return TurnResult(session, (shown,))


def resume(session: Session, ctx: Context) -> TurnResult:
    """Ask the pending question of the active flow, or else of the flow that was suspended last."""
    state = session.resumable or session.active
    if state is None:
        start = menu.opener("precheck", ctx.texts.ui.moves.precheck, primary=True)
        return TurnResult(session, (menu.notice(ctx, "nothing_to_resume", buttons=(start,)),))
    return engine.ask_again(FLOWS[state.flow], session, ctx)


def _leave_view(command: Command, session: Session, ctx: Context) -> TurnResult | None:
    """Go back to the pending question; without one, 戻る goes to the stateless flow's first view or to the menu."""
    view = session.last_view
    if view is None or command.name not in ("back", "cancel"):
        return None
    pending = ask_base_flow_again(session, ctx)
    if pending or command.name == "cancel":
        return pending
    return open_function(view.function, session, ctx) if view.deeper else show_menu(session, ctx)


def _help(session: Session, ctx: Context) -> TurnResult:
    return TurnResult(session, (menu.notice(ctx, "help", session=session),))


def _restart(session: Session, ctx: Context) -> TurnResult:
    """Start the active flow anew, or the pre-check if none is active."""
    return engine.start(FLOWS[session.active.flow if session.active else "precheck"], session, ctx)


def _back(session: Session, ctx: Context) -> TurnResult:
    active, precheck = session.active, session.flows.get("precheck")
    if active is None and precheck and precheck.ended:
        return engine.ask_again(FLOWS["precheck"], session, ctx)  # from the verdict to the answers behind it
    if active is None:
        return TurnResult(session, (menu.notice(ctx, "nothing_to_go_back", session=session),))
    if active.ephemeral and active.at_start:  # back to where the function was opened from
        return cancel(session, ctx) if session.base_flow else show_menu(session.drop(active.flow), ctx)
    return engine.back(FLOWS[active.flow], session, ctx)


def _erase(session: Session, ctx: Context) -> TurnResult:
    """Delete everything stored for this user, at once."""
    return TurnResult(Session(), (menu.notice(ctx, "erased"),), resume_code.revoke_offered(session), erase=True)


_ACTIONS: Mapping[str, Callable[[Session, Context], TurnResult]] = {
    "menu": show_menu,
    "help": _help,
    "restart": _restart,
    "back": _back,
    "cancel": cancel,
    "resume": resume,
    "erase": _erase,
    "handover": resume_code.offer_code,
}
