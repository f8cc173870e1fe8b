"""Runs one event as a turn: load the session, dispatch the event, render the replies into an outbox entry."""

import base64
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from bot.content.masking import masked
from bot.delivery.outbox_entry import OutboxEntry
from bot.delivery.sender import local_ms
from bot.domain.resume_codes import without_codes
from bot.errors import NewerStateError
from bot.flows import metric_events as marks
from bot.flows import session as sessions
from bot.flows.context import Context, Resources, SheetUrl
from bot.flows.precheck import resume_code
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult, Unanswered
from bot.handlers import dispatch, router, user_menu
from bot.handlers.events import Event, read_event
from bot.metrics.catalogue import MetricEvent
from bot.replies.render import to_send
from bot.replies.views import Reply
from bot.rich_menus.menu_change import MenuChange
from bot.runtime.random_bytes import random_bytes
from bot.worker.resume_codes import ResumeCodes
from bot.worker.turn_report import EMPTY_REPORT, TurnReport, TurnTimings

logger = logging.getLogger(__name__)
MESSAGES_AT_MOST = 5
_FRESH = sessions.dump(Session())


@dataclass(frozen=True, slots=True)
class TurnOutput:
    """The session to store (empty: none), what is to be sent, a masked question to count, another rich menu.

    `marks` and `account` are for the figures and the log, once all this is committed. `erase`: nothing may be left of
    this user, also not what could not be delivered. `unsent`: LINE's id of a message that was taken back.
    """

    session: bytes
    outbox_entry: OutboxEntry | None
    unanswered: Unanswered | None = None
    rich_menu: MenuChange | None = None
    metric_events: tuple[MetricEvent, ...] = ()
    report: TurnReport = EMPTY_REPORT
    erase: bool = False
    unsent_message_id: str = ""


@dataclass(frozen=True, slots=True)
class TurnRunner:
    """Plays events against a stored session."""

    resources: Resources
    today: Callable[[], date]
    sheet_url: SheetUrl | None = None
    resume_codes: ResumeCodes | None = None
    is_supported: Callable[[int], bool] = lambda _version: (
        False
    )  # whether a running worker reads that version of sessions

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
        turn = dispatch.react(event, before, ctx)
        if dispatch.is_unknown(event):
            logger.info("unknown event", extra={"event_type": event.type[:40], "event_id": event.webhookEventId})
        if self.resume_codes:
            self.resume_codes.carry_out(turn.effects, event_id=event.webhookEventId)
        times.step = time.perf_counter() - started
        outgoing = self._outgoing(event, turn.replies, now_ms(), keep=not turn.erase)
        times.render = time.perf_counter() - started - times.step
        return TurnOutput(
            _stored(turn.session),
            outgoing,
            turn.unanswered and replace(turn.unanswered, question=_kept(turn.unanswered.question)),
            user_menu.change(event, before, turn.session),
            _marks(before, turn, ctx),
            _account(event, turn),
            erase=turn.erase,
            unsent_message_id=event.unsend.messageId if event.type == "unsend" else "",
        )

    def erases(self, raw: dict[str, Any]) -> bool:
        """Whether its user has left, or asks in words that always mean it for everything to be erased."""
        return dispatch.asks_for_erasure(read_event(raw), self.resources.commands)

    def too_many(self, raw: dict[str, Any], stored: bytes, *, now_ms: Callable[[], int] = local_ms) -> TurnOutput:
        """The kind word for events that were turned away; none where nothing was asked."""
        return self._notice("too_many", raw, stored, now_ms(), outcome="too_many")

    def apology(self, raw: dict[str, Any], stored: bytes, *, now_ms: Callable[[], int] = local_ms) -> TurnOutput:
        """The word for an event that could not be worked on; the session stays as it was."""
        return self._notice("sorry", raw, stored, now_ms(), outcome="apology")

    def _notice(self, key: str, raw: dict[str, Any], stored: bytes, now_ms: int, *, outcome: str) -> TurnOutput:
        event, session = read_event(raw), self._read(stored)
        turn = dispatch.apologize(key, event, session, self._context(event, session, "", codes=False))
        return TurnOutput(stored, self._outgoing(event, turn.replies, now_ms), report=_account(event, turn, outcome))

    def _read(self, stored: bytes) -> Session:
        """Fresh, kindly, where only a release that was rolled back could read it."""
        try:
            return sessions.load(stored)
        except NewerStateError as newer:
            if self.is_supported(newer.version):
                raise
            logger.warning("session of a newer release begun afresh")
            return Session()

    def _context(self, event: Event, session: Session, user: str, *, codes: bool = True) -> Context:
        """With the code this turn may give, and what a code that came in stands for; both only in 1:1."""
        given = codes and event.webhookEventId and event.source.private and event.mode != "standby"
        handovers, handed = (self.resume_codes if given else None), None
        if handovers:
            wanted = resume_code.requested_code(session, text=event.message.typed, data=event.postback.data)
            handed = handovers.resolve(wanted, user=user, event_id=event.webhookEventId) if wanted else None
        return Context(
            resources=self.resources,
            today=self.today(),
            new_conversation_id=base64.urlsafe_b64encode(random_bytes(6)).decode(),
            message_id=event.message.id,
            sheet_url=self.sheet_url,
            make_code=partial(handovers.code_for, event.webhookEventId) if handovers else None,
            redeemed=handed,
        )

    def _outgoing(
        self, event: Event, replies: tuple[Reply, ...], now_ms: int, *, keep: bool = True
    ) -> OutboxEntry | None:
        """Nothing for events that come without a reply token because they ask for no answer (unfollow, standby)."""
        waits = event.type in dispatch.ANSWERED and event.mode != "standby" and event.source.chat
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


def _account(event: Event, turn: TurnResult, outcome: str = "played") -> TurnReport:
    running = turn.session.active
    return TurnReport(
        event_id=event.webhookEventId,
        event_type=event.type[:40],
        event_ms=event.timestamp,
        flow=running.flow if running else "",
        step=running.step if running else "",
        replies=len(turn.replies),
        outcome=outcome,
    )


def _marks(before: Session, turn: TurnResult, ctx: Context) -> tuple[MetricEvent, ...]:
    """An erased conversation was not left at any step."""
    handed = ctx.redeemed.flow_state if ctx.redeemed else None
    way = marks.of_precheck(before, turn.session, handed=handed) if not turn.erase else ()
    return (*turn.metric_events, *way, *marks.of_replies(turn.replies, turn.effects))


def _kept(question: str) -> str:
    """What is kept of a question nobody could answer; a resume code opens a colleague's answers."""
    return masked(without_codes(question))
