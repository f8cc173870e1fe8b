"""Groups and rooms: introduces the bot on joining, answers if it is mentioned, and is silent otherwise."""

from dataclasses import replace

from bot.flows import faq, menu
from bot.flows.context import Context
from bot.flows.reading import read_message
from bot.flows.registry import OCCASIONAL, STATELESS_FLOWS
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.handlers.events import Event
from bot.handlers.group_views import adapted, restored, spoken_to_a_group, stateless_tap
from bot.handlers.openings import introduces_a_case
from bot.replies.views import Text
from bot.text.normalize import is_readable

BUSY_MS = 60_000  # another message came this shortly before the question: the answer quotes it
PRIVATE = frozenset({"precheck", "name_check", *OCCASIONAL})  # they deal with one government's own data


def react(event: Event, session: Session, ctx: Context) -> TurnResult:
    """Return the result of an event in a group, of which only times and ids of messages are stored."""
    ctx = spoken_to_a_group(ctx)
    if event.type == "join":
        return _without_session(_notice("joined", ctx), session, ctx)
    if event.type in ("message", "messageEdited") and event.message.type == "text":
        return _text(event, session, ctx)
    if event.type == "postback":
        return _without_session(_tapped(event.postback.data, ctx), session, ctx)
    return TurnResult(session)


def _text(event: Event, session: Session, ctx: Context) -> TurnResult:
    """Answer the newest version of a message that mentions the bot. An edit and its original come in any order."""
    message, group = event.message.id, session.group.heard(event.timestamp)
    known = session.group.versions.get(message)
    if known is not None and event.timestamp <= known:
        return TurnResult(session.with_group(group))
    if event.mentions_us or event.type == "messageEdited":
        group = group.with_version(message, event.timestamp)
    after = session.with_group(group)
    if not event.mentions_us:
        return TurnResult(after)
    result = _without_session(_mentioned(event.message.typed, ctx), after, ctx)
    is_busy = 0 <= event.timestamp - session.group.heard_ms < BUSY_MS
    if not (is_busy and event.message.quoteToken):
        return result
    quote = Text(text=ctx.texts.ui.notices["quoted"].text, quote=event.message.quoteToken)
    return replace(result, replies=(quote, *result.replies))


def _mentioned(text: str, ctx: Context) -> TurnResult:
    """Open a stateless flow by its command. Treat the command of a flow as a question, or refer to 1:1."""
    command = ctx.resources.commands.read(text)
    if command is None:
        return _said(text, ctx) if is_readable(text) else _notice("empty", ctx)
    if command.name == "menu":
        return STATELESS_FLOWS[faq.NAME].first_view(Session(), ctx)
    if command.name in STATELESS_FLOWS:
        return STATELESS_FLOWS[command.name].first_view(Session(), ctx)
    if command.kind == "function" and command.name not in PRIVATE:
        return faq.answer_question(Session(), text, ctx)
    return _notice("help" if command.name == "help" else "only_questions", ctx)


def _said(text: str, ctx: Context) -> TurnResult:
    """Answer a question. A case of one's own is referred to 1:1, and its words are not kept as a question."""
    if introduces_a_case(read_message(text, None, {}, ctx), ctx):
        return _notice("only_questions", ctx)
    return faq.answer_question(Session(), text, ctx)


def _tapped(data: str, ctx: Context) -> TurnResult:
    """Continue a stateless flow, and refer to 1:1 for any other button."""
    tap = stateless_tap(data)
    if tap is None or {tap.flow, tap.value} & OCCASIONAL:
        return _notice("only_questions", ctx)
    if tap.flow == menu.NAME:
        return STATELESS_FLOWS[tap.value].first_view(Session(), ctx)
    tap_in_private, shown = restored(tap)
    return STATELESS_FLOWS[tap.flow].handle_postback(shown, tap_in_private, ctx)


def _notice(key: str, ctx: Context) -> TurnResult:
    contacts = menu.opener("contacts", ctx.texts.ui.faq.contacts)
    return TurnResult(Session(), (menu.notice(ctx, key, buttons=(contacts,)),))


def _without_session(result: TurnResult, session: Session, ctx: Context) -> TurnResult:
    replies = adapted(result.replies, result.session.last_answer, ctx)
    return replace(result, session=session, replies=replies)
