"""Groups and rooms: an introduction on joining, an answer when mentioned, silence otherwise."""

from bot.flows import faq, menu
from bot.flows.context import Context
from bot.flows.postback import decode
from bot.flows.session import Session
from bot.handlers.events import Event
from bot.handlers.router import Turn


def react(event: Event, session: Session, ctx: Context) -> Turn:
    """Nothing is remembered of a group: each mention stands for itself."""
    if event.type == "join":
        return Turn(session, (menu.notice(ctx, "joined"),))
    if event.type == "message" and event.message.type == "text" and event.mentions_us:
        return _mentioned(event.text_without_mention, session, ctx)
    if event.type == "postback":
        return _tapped(event.postback.data, session, ctx)
    return Turn(session)


def _mentioned(text: str, session: Session, ctx: Context) -> Turn:
    if text and not ctx.library.words.read(text) and faq.covers(text, Session(), ctx):
        return Turn(session, faq.asked(Session(), text, ctx).replies)
    return Turn(session, (menu.notice(ctx, "group_only_questions"),))


def _tapped(data: str, session: Session, ctx: Context) -> Turn:
    """A button below an answer: answers go on, everything else belongs to 1:1."""
    tap = decode(data)
    if tap and tap.flow == faq.NAME:
        return Turn(session, faq.tapped(Session(), tap, ctx).replies)
    return Turn(session, (menu.notice(ctx, "group_only_questions"),))
