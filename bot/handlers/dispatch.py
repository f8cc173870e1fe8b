"""Dispatches one webhook event to the function that handles it. Pure: event and session in, result out."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from msgspec import structs

from bot.flows import desk_chat, faq, menu, typed_options
from bot.flows.commands import CommandParser
from bot.flows.context import Context
from bot.flows.postback import decode
from bot.flows.precheck import resume_code
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.handlers import groups, router
from bot.handlers.events import Event
from bot.replies.views import Notice

SILENT = frozenset(
    {"messageEdited", "memberJoined", "memberLeft", "videoPlayComplete", "beacon", "accountLink", "membership"}
)
LEFT = frozenset({"unfollow", "leave"})
ANSWERED = frozenset({"message", "postback", "follow"})  # answered by a push if the reply token is missing


def react(event: Event, session: Session, ctx: Context) -> TurnResult:
    """Return the result of an event. Unknown kinds of event change nothing and are no error."""
    if event.mode == "standby" and event.type not in _ANYWHERE:
        return TurnResult(session)  # another module channel has control: do not answer
    react_to = _ANYWHERE.get(event.type) or (_IN_PRIVATE.get(event.type) if event.source.private else groups.react)
    if react_to:
        return react_to(event, session, ctx)
    return TurnResult(session)


def is_unknown(event: Event) -> bool:
    """Return True for a kind of event in 1:1 that this release does not know; LINE may add kinds at any time."""
    if event.mode == "standby" or not event.source.private:
        return False
    return event.type not in {*_ANYWHERE, *_IN_PRIVATE, *SILENT}


def asks_for_erasure(event: Event, commands: CommandParser) -> bool:
    """Return True if the user has left, or asks in words that always mean it for everything to be erased."""
    if event.type in LEFT:
        return True
    if event.type != "message" or not event.source.private:
        return False
    command = commands.read(event.message.typed)
    return bool(command and command.name == "erase")


def expects_answer(event: Event) -> bool:
    """Return True if the event asks for a reply. Chatter in a group does not."""
    return event.type in ANSWERED and (event.source.private or event.type == "postback" or event.mentions_us)


def apologize(key: str, event: Event, session: Session, ctx: Context) -> TurnResult:
    """Return the notice `key` for an event that was not handled, or no reply if the event expects none."""
    return TurnResult(session, (menu.notice(ctx, key, session=session),) if expects_answer(event) else ())


def closed(event: Event, session: Session, ctx: Context, code: str) -> TurnResult:
    """Return the answer before the bot opens, with the number by which the operator can add this user as a tester."""
    if not expects_answer(event) or event.mode == "standby":
        return TurnResult(session)
    text = ctx.texts.ui.notices["not_open"]
    number = f"\n{ctx.texts.ui.tester.format(code=code)}" if code and event.source.private else ""
    return TurnResult(session, (Notice(title=text.title, text=text.text + number),))


def _left(event: Event, session: Session, ctx: Context) -> TurnResult:
    """Erase everything about a user who blocked the bot, or a group that removed it."""
    del event, ctx
    return TurnResult(Session(), effects=resume_code.revoke_offered(session), erase=True)


def _unsend(event: Event, session: Session, ctx: Context) -> TurnResult:
    del ctx
    remaining = forget(session, event.unsend.messageId)
    if remaining is session:
        return TurnResult(session)
    # the unsent answer is in the copy for the colleague, too
    return TurnResult(remaining.with_offered_code(""), effects=resume_code.revoke_offered(session))


def _follow(event: Event, session: Session, ctx: Context) -> TurnResult:
    return TurnResult(session, (menu.welcome(ctx, returning=event.follow.isUnblocked),))


def _postback(event: Event, session: Session, ctx: Context) -> TurnResult:
    params = event.postback.params
    if "newRichMenuAliasId" in params or "status" in params:
        return TurnResult(session)  # a tab was switched, which the phone shows by itself
    session, returned = desk_chat.come_back(session, ctx)
    data = event.postback.data
    result = router.handle_postback(session, data, str(params.get("date", "")), ctx)
    result = desk_chat.offer_after_misses(result, session, ctx, missed=_turns_down(data))
    return replace(result, metric_events=(*returned, *result.metric_events))


def _turns_down(data: str) -> bool:
    """Return True for ちがう and この中にない."""
    tap = decode(data)
    return tap is not None and tap.flow == faq.NAME and tap.step in ("wrong", "none")


_OTHER_MESSAGES = {"sticker": "sticker", "audio": "voice", "location": "location"}


def _message(event: Event, session: Session, ctx: Context) -> TurnResult:
    """Answer a message, unless a person answers it."""
    handled = desk_chat.handle_message(session, event.message.typed, ctx)
    if handled:
        return handled
    session, returned = desk_chat.come_back(session, ctx)
    result = _answer(event, session, ctx)
    missed = result.unanswered is not None and result.unanswered.outcome == "none"
    result = desk_chat.offer_after_misses(result, session, ctx, missed=missed)
    return replace(result, metric_events=(*returned, *result.metric_events))


def _answer(event: Event, session: Session, ctx: Context) -> TurnResult:
    if event.message.type == "text" and not event.message.only_emoji:
        return router.handle_text(session, event.message.typed, ctx)
    key = "sticker" if event.message.type == "text" else _OTHER_MESSAGES.get(event.message.type, "media")
    return TurnResult(session, (menu.notice(ctx, key, session=session),))


def forget(session: Session, message_id: str) -> Session:
    """Return the session without the answers and typed options that came in an unsent message."""
    for state in session.flows.values():
        unsent = [step for step, origin in state.message_ids.items() if origin == message_id]
        kept = structs.replace(state.without(*unsent), options=typed_options.without(state.options, message_id))
        changed = kept.at(unsent[0]) if unsent else kept
        if changed != state:
            session = session.activate(changed) if state.flow in session.stack else session.suspend(changed)
    return session


_React = Callable[[Event, Session, Context], TurnResult]
_ANYWHERE: Mapping[str, _React] = {"unfollow": _left, "leave": _left, "unsend": _unsend}  # none of these is answered
_IN_PRIVATE: Mapping[str, _React] = {"follow": _follow, "postback": _postback, "message": _message}
