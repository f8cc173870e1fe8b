"""Groups and rooms: an introduction on joining, an answer when mentioned, silence otherwise."""

from dataclasses import replace

from bot.flows import faq, menu
from bot.flows.context import Context
from bot.flows.registry import STATELESS_FLOWS
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.handlers.events import Event
from bot.handlers.group_views import accepted, carried, fitting, spoken_to_a_group
from bot.text.normalize import is_readable

PRIVATE = frozenset({"precheck", "name_check"})  # what is looked at is one body's own matter


def react(event: Event, session: Session, ctx: Context) -> TurnResult:
    """Nothing is remembered of a group: each mention and each button stands for itself."""
    ctx = spoken_to_a_group(ctx)
    if event.type == "join":
        return _in_a_group(_notice("joined", ctx), session, ctx)
    if event.type == "message" and event.message.type == "text" and event.mentions_us:
        return _in_a_group(_mentioned(event.message.typed, ctx), session, ctx)
    if event.type == "postback":
        return _in_a_group(_tapped(event.postback.data, ctx), session, ctx)
    return TurnResult(session)


def _mentioned(text: str, ctx: Context) -> TurnResult:
    """Words that open a counter open it; those of a talk are a question here, or belong to 1:1."""
    command = ctx.resources.commands.read(text)
    if command is None:
        return faq.answer_question(Session(), text, ctx) if is_readable(text) else _notice("empty", ctx)
    if command.name == "menu":
        return STATELESS_FLOWS[faq.NAME].first_view(Session(), ctx)
    if command.name in STATELESS_FLOWS:
        return STATELESS_FLOWS[command.name].first_view(Session(), ctx)
    if command.kind == "function" and command.name not in PRIVATE:
        return faq.answer_question(Session(), text, ctx)
    return _notice("help" if command.name == "help" else "only_questions", ctx)


def _tapped(data: str, ctx: Context) -> TurnResult:
    """A button of a counter goes on, everything else belongs to 1:1."""
    tap = accepted(data)
    if tap is None:
        return _notice("only_questions", ctx)
    if tap.flow == menu.NAME:
        return STATELESS_FLOWS[tap.value].first_view(Session(), ctx)
    meant, shown = carried(tap)
    return STATELESS_FLOWS[tap.flow].handle_postback(shown, meant, ctx)


def _notice(key: str, ctx: Context) -> TurnResult:
    contacts = menu.opener("contacts", ctx.texts.ui.faq.contacts)
    return TurnResult(Session(), (menu.notice(ctx, key, buttons=(contacts,)),))


def _in_a_group(reaction: TurnResult, session: Session, ctx: Context) -> TurnResult:
    replies = fitting(reaction.replies, reaction.session.last_answer, ctx)
    return replace(reaction, session=session, replies=replies)
