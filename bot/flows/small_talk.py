"""Answers to what is said beside questions: one short human line, and a way on."""

from bot.content.talk import Newer, Reply, SmallTalk
from bot.flows.context import Context
from bot.flows.menu import next_buttons
from bot.flows.postback import encode
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.replies.actions import Button, Postback
from bot.replies.views import Notice

_FAQ = "faq"  # the flow whose buttons open an entry; it imports this module


def handle_text(session: Session, text: str, ctx: Context, *, pending: bool) -> TurnResult | None:
    """Return the line for a message of nothing but small talk, or None.

    `pending`: a question waits for its answer. はい or わかりました may be that answer, so they are left to it.
    """
    reply = ctx.resources.talk.read(text)
    if reply is None or (pending and isinstance(reply, SmallTalk) and reply.kind == "backchannel"):
        return None
    return TurnResult(session, (notice_of(reply, session, ctx),))


def notice_of(reply: Reply | Newer, session: Session, ctx: Context, **facts: str) -> Notice:
    """Return the line as a notice, with the entries that help and the ways on."""
    entries = tuple(ctx.resources.knowledge.by_id[name] for name in reply.entries)
    buttons = tuple(Button(one.short, Postback(encode(_FAQ, "entry", one.id), one.short)) for one in entries)
    text = reply.text.format(**facts) if facts else reply.text
    return Notice(title=reply.title, text=text, buttons=(*buttons, *next_buttons(ctx, session)))
