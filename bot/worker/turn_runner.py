"""One event as one turn: read, route, render; pure but for today's date and a fresh conversation id."""

import base64
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from msgspec import structs

from bot.content.masking import masked
from bot.delivery.outbox_entry import OutboxEntry
from bot.delivery.sender import local_ms
from bot.domain.resume_codes import without_codes
from bot.errors import NewerStateError
from bot.flows import menu, typed_options
from bot.flows import metric_events as marks
from bot.flows import session as sessions
from bot.flows.context import Context, Resources, SheetUrl
from bot.flows.engine import Unanswered
from bot.flows.precheck import resume_code
from bot.flows.session import Session
from bot.handlers import groups, router, user_menu
from bot.handlers.events import Event, read_event
from bot.handlers.router import Turn
from bot.metrics.catalogue import MetricEvent
from bot.replies.render import to_send
from bot.replies.views import Reply
from bot.rich_menus.user_links import MenuChange
from bot.runtime.random_bytes import random_bytes
from bot.worker.resume_codes import ResumeCodes
from bot.worker.turn_report import EMPTY_REPORT, TurnReport, TurnTimings

logger = logging.getLogger(__name__)
MESSAGES_AT_MOST = 5
SILENT = frozenset(
    {"messageEdited", "memberJoined", "memberLeft", "videoPlayComplete", "beacon", "accountLink", "membership"}
)
LEFT = frozenset({"unfollow", "leave"})
_FRESH = sessions.dump(Session())
ANSWERED = frozenset({"message", "postback", "follow"})  # by a push, should the reply token be missing


@dataclass(frozen=True, slots=True)
class TurnOutput:
    """The session to store (empty: none), what is to be sent, a masked question to count, another rich menu.

    `marks` and `account` are for the figures and the log, once all this is committed. `erase`: nothing may be left of
    this user, also not what could not be delivered. `unsent`: LINE's id of a message that was taken back.
    """

    session: bytes
    outgoing: OutboxEntry | None
    unanswered: Unanswered | None = None
    rich_menu: MenuChange | None = None
    marks: tuple[MetricEvent, ...] = ()
    account: TurnReport = EMPTY_REPORT
    erase: bool = False
    unsent: str = ""


@dataclass(frozen=True, slots=True)
class TurnRunner:
    """Plays events against a stored session."""

    resources: Resources
    today: Callable[[], date]
    sheet_url: SheetUrl | None = None
    handovers: ResumeCodes | None = None
    speaks: Callable[[int], bool] = lambda _version: False  # whether a running worker reads that version of sessions

    def run(
        self,
        raw: dict[str, Any],
        stored: bytes,
        *,
        user: str = "",
        times: TurnTimings | None = None,
        now_ms: Callable[[], int] = local_ms,
    ) -> TurnOutput:
        """The turn this event makes; raises nothing for what users or LINE send.

        `now_ms`: the clock by which the answer's age will be told, for whichever machine sends it.

        RetryableError: Redis is away. NewerStateError: the session is that of a newer release that is running.
        """
        times, started = times or TurnTimings(), time.perf_counter()
        event = read_event(raw)
        before = router.drop_unknown_steps(self._read(stored))
        ctx = self._context(event, before, user)
        turn = react(event, before, ctx)
        if self.handovers:
            self.handovers.carry_out(turn.effects, event_id=event.webhookEventId)
        times.step = time.perf_counter() - started
        outgoing = self._outgoing(event, turn.replies, now_ms(), keep=turn.session is not None)
        times.render = time.perf_counter() - started - times.step
        return TurnOutput(
            b"" if turn.session is None else _stored(turn.session),
            outgoing,
            turn.unanswered and replace(turn.unanswered, question=_kept(turn.unanswered.question)),
            user_menu.change(event, before, turn.session or Session()),
            _marks(before, turn, ctx),
            _account(event, turn),
            erase=turn.session is None,
            unsent=event.unsend.messageId if event.type == "unsend" else "",
        )

    def erases(self, raw: dict[str, Any]) -> bool:
        """Whether its user has left, or asks in words that always mean it for everything to be erased."""
        event = read_event(raw)
        if event.type in LEFT:
            return True
        if event.type != "message" or not event.source.private:
            return False
        command = self.resources.words.read(event.message.typed)
        return bool(command and command.name == "erase")

    def too_many(self, raw: dict[str, Any], stored: bytes, *, now_ms: Callable[[], int] = local_ms) -> TurnOutput:
        """The kind word for events that were turned away; none where nothing was asked."""
        return self._notice("too_many", raw, stored, now_ms(), outcome="too_many")

    def apology(self, raw: dict[str, Any], stored: bytes, *, now_ms: Callable[[], int] = local_ms) -> TurnOutput:
        """The word for an event that could not be worked on; the session stays as it was."""
        return self._notice("sorry", raw, stored, now_ms(), outcome="apology")

    def _notice(self, key: str, raw: dict[str, Any], stored: bytes, now_ms: int, *, outcome: str) -> TurnOutput:
        event, session = read_event(raw), self._read(stored)
        notice = menu.notice(self._context(event, session, "", codes=False), key, session=session)
        turn = Turn(session, (notice,) if _asks(event) else ())
        return TurnOutput(stored, self._outgoing(event, turn.replies, now_ms), account=_account(event, turn, outcome))

    def _read(self, stored: bytes) -> Session:
        """Fresh, kindly, where only a release that was rolled back could read it."""
        try:
            return sessions.load(stored)
        except NewerStateError as newer:
            if self.speaks(newer.version):
                raise
            logger.warning("session of a newer release replaced")
            return Session()

    def _context(self, event: Event, session: Session, user: str, *, codes: bool = True) -> Context:
        """With the code this turn may give, and what a code that came in stands for; both only in 1:1."""
        given = codes and event.webhookEventId and event.source.private and event.mode != "standby"
        handovers, handed = (self.handovers if given else None), None
        if handovers:
            wanted = resume_code.wanted(session, text=event.message.typed, data=event.postback.data)
            handed = handovers.resolve(wanted, user=user, event_id=event.webhookEventId) if wanted else None
        return Context(
            resources=self.resources,
            today=self.today(),
            new_sid=base64.urlsafe_b64encode(random_bytes(6)).decode(),
            message_id=event.message.id,
            sheet_url=self.sheet_url,
            make_code=partial(handovers.code_for, event.webhookEventId) if handovers else None,
            handed=handed,
        )

    def _outgoing(
        self, event: Event, replies: tuple[Reply, ...], now_ms: int, *, keep: bool = True
    ) -> OutboxEntry | None:
        """Nothing for events that come without a reply token because they ask for no answer (unfollow, standby)."""
        waits = event.type in ANSWERED and event.mode != "standby" and event.source.chat
        if not replies or not (event.replyToken or waits):
            return None
        return OutboxEntry.new(
            event_id=event.webhookEventId,
            to=event.source.chat,
            token=event.replyToken,
            messages=to_send(replies[:MESSAGES_AT_MOST]),
            now_ms=now_ms,
            asked_ms=event.token_since_ms,
            event_ms=event.timestamp,
            keep=keep,
        )


def _stored(session: Session) -> bytes:
    stored = sessions.dump(session)
    return b"" if stored == _FRESH else stored


def _account(event: Event, turn: Turn, outcome: str = "ok") -> TurnReport:
    running = turn.session.active if turn.session else None
    return TurnReport(
        event_id=event.webhookEventId,
        event_type=event.type[:40],
        event_ms=event.timestamp,
        flow=running.flow if running else "",
        step=running.step if running else "",
        replies=len(turn.replies),
        outcome=outcome,
    )


def _marks(before: Session, turn: Turn, ctx: Context) -> tuple[MetricEvent, ...]:
    """An erased conversation was not left at any step."""
    handed = ctx.handed.flow_state if ctx.handed else None
    way = marks.of_precheck(before, turn.session, handed=handed) if turn.session else ()
    return (*turn.marks, *way, *marks.of_replies(turn.replies, turn.effects))


def _asks(event: Event) -> bool:
    """Whether an answer is expected: chatter in a group is none of ours."""
    return event.type in ANSWERED and (event.source.private or event.type == "postback" or event.mentions_us)


def _kept(question: str) -> str:
    """What is kept of a question nobody could answer; a resume code opens a colleague's answers."""
    return masked(without_codes(question))


def react(event: Event, session: Session, ctx: Context) -> Turn:
    """What an event does; unknown kinds do nothing and are no error."""
    if event.mode == "standby" and event.type not in _ANYWHERE:
        return Turn(session)  # a module channel has control: say nothing
    react_to = _ANYWHERE.get(event.type) or (_IN_PRIVATE.get(event.type) if event.source.private else groups.react)
    if react_to:
        return react_to(event, session, ctx)
    if event.type not in SILENT:
        logger.info("unknown event", extra={"event_type": event.type[:40], "event_id": event.webhookEventId})
    return Turn(session)


def _left(event: Event, session: Session, ctx: Context) -> Turn:
    """Blocked, or put out of the group: everything about this user or group goes."""
    del event, ctx
    return Turn(None, effects=resume_code.withdrawal(session))


def _unsend(event: Event, session: Session, ctx: Context) -> Turn:
    del ctx
    left = forget(session, event.unsend.messageId)
    if left is session:
        return Turn(session)
    return Turn(
        left.offers_resume(""), effects=resume_code.withdrawal(session)
    )  # the answer is in the colleague's copy, too


def _follow(event: Event, session: Session, ctx: Context) -> Turn:
    return Turn(session, (menu.welcome(ctx, returning=event.follow.isUnblocked),))


def _postback(event: Event, session: Session, ctx: Context) -> Turn:
    params = event.postback.params
    if "newRichMenuAliasId" in params or "status" in params:
        return Turn(session)  # a tab was switched: the phone has shown it already
    return router.handle_postback(session, event.postback.data, str(params.get("date", "")), ctx)


_OTHER_MESSAGES = {"sticker": "sticker", "audio": "voice", "location": "location"}


def _message(event: Event, session: Session, ctx: Context) -> Turn:
    if event.message.type == "text" and not event.message.only_emoji:
        return router.handle_text(session, event.message.typed, ctx)
    key = "sticker" if event.message.type == "text" else _OTHER_MESSAGES.get(event.message.type, "media")
    return Turn(session, (menu.notice(ctx, key, session=session),))


def forget(session: Session, message_id: str) -> Session:
    """Without the answers, and the offers to keep words, that came in a message its sender has taken back."""
    for state in session.flows.values():
        gone = [step for step, origin in state.message_ids.items() if origin == message_id]
        left = structs.replace(state.without(*gone), options=typed_options.without(state.options, message_id))
        changed = left.at(gone[0]) if gone else left
        if changed != state:
            session = session.activate(changed) if state.flow in session.stack else session.suspend(changed)
    return session


_React = Callable[[Event, Session, Context], Turn]
_ANYWHERE: Mapping[str, _React] = {"unfollow": _left, "leave": _left, "unsend": _unsend}  # none says a word
_IN_PRIVATE: Mapping[str, _React] = {"follow": _follow, "postback": _postback, "message": _message}
