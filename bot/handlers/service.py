"""Puts published notices before replies, and sentences in the place of functions that are switched off. Pure."""

from dataclasses import replace

from bot.content.models import Entry
from bot.content.service import ServiceText
from bot.flows import faq, menu
from bot.flows.context import Context
from bot.flows.postback import decode
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.handlers import dispatch
from bot.handlers.events import Event
from bot.replies.views import AnswerView, Menu, Notice, Question, Reply, Review, VerdictView, Welcome


def react(event: Event, session: Session, ctx: Context) -> TurnResult:
    """Return the result of an event after the published notices, switches and closing times."""
    service = ctx.resources.service
    closed = service.closed_at(ctx.now) if ctx.now else ""
    answers = dispatch.expects_answer(event) and event.mode != "standby"
    if closed and answers and not dispatch.asks_for_erasure(event, ctx.resources.commands):
        return TurnResult(session, (Notice(title=service.closed_title, text=closed, tone="warning"),))
    result = dispatch.react(event, session, ctx)
    off = {name: text for name, text in service.switches.items() if text}
    name = _switched_off(event, session, result, ctx, off) if off and not result.erase else ""
    if name:
        return _instead(session, result, off[name], service, ctx)
    return _with_notices(result, ctx)


def _switched_off(event: Event, before: Session, result: TurnResult, ctx: Context, off: dict[str, str]) -> str:
    """Return the switched-off function that has answered this event; empty if none has."""
    after, view = result.session, result.session.last_view
    if view and view is not before.last_view and view.function in off:
        return view.function
    if faq.NAME in off and any(isinstance(reply, AnswerView) for reply in result.replies):
        return faq.NAME
    if not event.source.private:
        asked = _asked_for(event, ctx) if result.replies else ""
        return asked if asked in off else ""
    for name in off:
        touched = after.flows.get(name) != before.flows.get(name)
        opened = _active(after) == name != _active(before)
        asks = _active(after) == name and any(isinstance(reply, Question | Review) for reply in result.replies)
        if name in after.flows and (touched or opened or asks):
            return name
    return ""


def _asked_for(event: Event, ctx: Context) -> str:
    """Return the function that a text or a button of a group names."""
    if event.type == "postback":
        tap = decode(event.postback.data)
        return (tap.value if tap.flow == menu.NAME else tap.flow) if tap else ""
    command = ctx.resources.commands.read(event.message.typed)
    return command.name if command else faq.NAME


def _active(session: Session) -> str:
    return session.active.flow if session.active else ""


def _instead(before: Session, result: TurnResult, text: str, service: ServiceText, ctx: Context) -> TurnResult:
    """Return the sentence in place of the result. What the user has answered so far is kept for later."""
    notice = Notice(title=service.off_title, text=text, tone="warning", buttons=menu.next_buttons(ctx))
    return TurnResult(before, (notice,), metric_events=result.metric_events)


def _with_notices(result: TurnResult, ctx: Context) -> TurnResult:
    if not ctx.now or not result.replies:
        return result
    shown = [
        Notice(title=ctx.resources.service.notice_title, text=notice.text, tone="warning")
        for notice in ctx.resources.service.notices_at(ctx.now)
        if any(_concerns(reply, notice.entries, ctx) for reply in result.replies)
    ]
    return replace(result, replies=(*shown, *result.replies)) if shown else result


def _concerns(reply: Reply, entries: tuple[str, ...], ctx: Context) -> bool:
    """Return True if a notice belongs to this reply: greeting, menu and verdict, and the answers that it names."""
    if isinstance(reply, Welcome | VerdictView):
        return True
    if isinstance(reply, Menu):
        return reply.title == ctx.texts.ui.menu.title
    return isinstance(reply, AnswerView) and reply.title in {_entry(name, ctx).title for name in entries}


def _entry(name: str, ctx: Context) -> Entry:
    return ctx.resources.knowledge.by_id[name]
