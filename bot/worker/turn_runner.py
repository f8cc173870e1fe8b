"""Runs one event as a turn: load the session, dispatch the event, render the replies into an outbox entry."""

import base64
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from bot.content.masking import masked
from bot.content.version import current, using_version
from bot.delivery.outbox_entry import OutboxEntry
from bot.delivery.sender import local_ms
from bot.domain.desk_hours import DeskHours
from bot.domain.reminders import Reminder
from bot.domain.resume_codes import without_codes
from bot.errors import NewerStateError
from bot.flows import desk_chat, metric_events
from bot.flows import session as sessions
from bot.flows.after import reminders
from bot.flows.context import ChecklistUrl, Context, Resources, SheetUrl
from bot.flows.effects import CancelReminder, SetReminder
from bot.flows.precheck import resume_code
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult, Unanswered, Voted
from bot.handlers import dispatch, router, service, user_menu
from bot.handlers.events import Event, read_event
from bot.metrics.catalogue import MetricEvent
from bot.replies.render import to_send
from bot.replies.views import Reply
from bot.rich_menus.menu_change import MenuChange
from bot.runtime.clock import JAPAN
from bot.runtime.log_fields import add_log_fields
from bot.runtime.random_bytes import random_bytes
from bot.worker.resume_codes import ResumeCodes
from bot.worker.testers import Testers
from bot.worker.turn_report import EMPTY_REPORT, TurnReport, TurnTimings

logger = logging.getLogger(__name__)
MAX_MESSAGES = 5
_NEW_SESSION = sessions.dump(Session())


@dataclass(frozen=True, slots=True)
class TurnOutput:
    """The session to store (empty: none), the replies to send, a masked question to count, a change of rich menu.

    `metric_events` and `report` are recorded after the commit. `erase`: delete everything of this user, including
    undelivered replies. `unsent_message_id`: LINE's id of a message that its sender unsent. `reminders`: those to set
    or cancel for the user `to`. `read_token`: marks the message as read once the reply has been sent.
    """

    session: bytes
    outbox_entry: OutboxEntry | None
    unanswered: Unanswered | None = None
    rich_menu: MenuChange | None = None
    metric_events: tuple[MetricEvent, ...] = ()
    report: TurnReport = EMPTY_REPORT
    erase: bool = False
    unsent_message_id: str = ""
    reminders: tuple[SetReminder | CancelReminder, ...] = ()
    to: str = ""
    read_token: str = ""
    voted: Voted | None = None


@dataclass(frozen=True, slots=True)
class TurnRunner:
    """The runner of turns. Threads share one object.

    `newest` returns the newest content; a turn asks once, and all of it uses that version.
    """

    resources: Resources
    today: Callable[[], date]
    sheet_url: SheetUrl | None = None
    resume_codes: ResumeCodes | None = None
    is_supported: Callable[[int], bool] = lambda _version: False  # can a running worker read this session version?
    newest: Callable[[], Resources] | None = None
    checklist_url: ChecklistUrl | None = None
    desk: DeskHours | None = None
    reminders_of: Callable[[str], tuple[Reminder, ...]] = lambda _user: ()  # raises StoreUnavailableError
    reference: Callable[[str], str] = lambda _event_id: ""  # six characters that lead an operator to the event
    testers: Testers | None = None

    def run(
        self,
        raw: dict[str, Any],
        stored: bytes,
        *,
        user: str = "",
        times: TurnTimings | None = None,
        now_ms: Callable[[], int] = local_ms,
    ) -> TurnOutput:
        """Run the turn of this event. Nothing that users or LINE send raises an error.

        `now_ms` is the clock by which the reply's age is measured, on any machine that sends it.

        Raise RetryableError if Redis is down, NewerStateError if a newer release that is running wrote the session.
        """
        resources = self._newest()
        add_log_fields(content_version=resources.version.number)
        with using_version(resources.version):
            return self._run(resources, raw, stored, user=user, times=times or TurnTimings(), now_ms=now_ms)

    def _run(
        self,
        resources: Resources,
        raw: dict[str, Any],
        stored: bytes,
        *,
        user: str,
        times: TurnTimings,
        now_ms: Callable[[], int],
    ) -> TurnOutput:
        started = time.perf_counter()
        event = read_event(raw)
        before = router.drop_unknown_steps(self._read(stored))
        ctx = self._context(resources, event, before, user, now=datetime.fromtimestamp(now_ms() / 1000, JAPAN))
        result = self._closed(event, before, ctx) or service.react(event, before, ctx)
        if dispatch.is_unknown(event):
            logger.info("unknown event", extra={"event_type": event.type[:40], "event_id": event.webhookEventId})
        if self.resume_codes:
            self.resume_codes.carry_out(result.effects, event_id=event.webhookEventId)
        times.step = time.perf_counter() - started
        entry = self._outbox_entry(event, result.replies, now_ms(), keep=not result.erase)
        times.render = time.perf_counter() - started - times.step
        return TurnOutput(
            _stored(result.session),
            entry,
            result.unanswered and replace(result.unanswered, question=_masked(result.unanswered.question)),
            user_menu.change(event, before, result.session),
            _metric_events(before, result, ctx),
            _report(event, result, resources),
            erase=result.erase,
            unsent_message_id=event.unsend.messageId if event.type == "unsend" else "",
            reminders=_reminders(event, result),
            to=event.source.userId,
            read_token=_read_token(event, result, ctx),
            voted=result.voted,
        )

    def erases(self, raw: dict[str, Any]) -> bool:
        """Return True if the user has left, or asks with a command for everything to be erased."""
        return dispatch.asks_for_erasure(read_event(raw), self._newest().commands)

    def too_many(self, raw: dict[str, Any], stored: bytes, *, now_ms: Callable[[], int] = local_ms) -> TurnOutput:
        """Return the apology for events that were rejected, or no reply if the event expects none."""
        return self._notice("too_many", raw, stored, now_ms(), outcome="too_many")

    def apology(self, raw: dict[str, Any], stored: bytes, *, now_ms: Callable[[], int] = local_ms) -> TurnOutput:
        """Return the apology for an event that could not be handled. The session stays as it was."""
        return self._notice("sorry", raw, stored, now_ms(), outcome="apology")

    def _closed(self, event: Event, session: Session, ctx: Context) -> TurnResult | None:
        """Return the closed answer to a user who is no tester; None if the bot is open to them, or if they leave."""
        testers, user_id = self.testers, event.source.userId
        if testers is None or testers.admits(user_id) or dispatch.asks_for_erasure(event, ctx.resources.commands):
            return None
        return dispatch.closed(event, session, ctx, testers.code(user_id))

    def _notice(self, key: str, raw: dict[str, Any], stored: bytes, now_ms: int, *, outcome: str) -> TurnOutput:
        resources = self._newest()
        add_log_fields(content_version=resources.version.number)
        event, session = read_event(raw), self._read(stored)
        with using_version(resources.version):
            context = self._context(resources, event, session, "", codes=False)
            result = dispatch.apologize(key, event, session, context)
            entry = self._outbox_entry(event, result.replies, now_ms)
        return TurnOutput(stored, entry, report=_report(event, result, resources, outcome))

    @property
    def content_version(self) -> int:
        """The number of the version that a turn would use now."""
        return self._newest().version.number

    def _newest(self) -> Resources:
        return self.newest() if self.newest else self.resources

    def _read(self, stored: bytes) -> Session:
        """Load the session. If a newer release that no longer runs wrote it, log that and start a new one."""
        try:
            return sessions.load(stored)
        except NewerStateError as newer:
            if self.is_supported(newer.version):
                raise
            logger.warning("session of a newer release replaced")
            return Session()

    def _context(
        self,
        resources: Resources,
        event: Event,
        session: Session,
        user: str,
        *,
        now: datetime | None = None,
        codes: bool = True,
    ) -> Context:
        """Build the context, in 1:1 with the code that this turn may offer and the result of a code that was typed."""
        allowed = codes and event.webhookEventId and event.source.private and event.mode != "standby"
        resume_codes, redeemed = (self.resume_codes if allowed else None), None
        if resume_codes:
            request = resume_code.requested_code(session, text=event.message.typed, data=event.postback.data)
            redeemed = resume_codes.resolve(request, user=user, event_id=event.webhookEventId) if request else None
        return Context(
            resources=resources,
            today=self.today(),
            now=now,
            new_conversation_id=base64.urlsafe_b64encode(random_bytes(6)).decode(),
            message_id=event.message.id,
            sheet_url=self.sheet_url,
            checklist_url=self.checklist_url,
            make_code=partial(resume_codes.code_for, event.webhookEventId) if resume_codes else None,
            redeemed=redeemed,
            desk=self.desk,
            event_ms=event.timestamp,
            reminders=self._reminders_shown(resources, event, user),
            make_reference=partial(self.reference, event.webhookEventId),
        )

    def _reminders_shown(self, resources: Resources, event: Event, user: str) -> tuple[Reminder, ...]:
        """Read the user's reminders if this turn may show them."""
        asks = event.source.private and reminders.shows_list(
            event.message.typed, event.postback.data, resources.counters.reminders
        )
        return self.reminders_of(user) if asks and user else ()

    def _outbox_entry(
        self, event: Event, replies: tuple[Reply, ...], now_ms: int, *, keep: bool = True
    ) -> OutboxEntry | None:
        """Return None for events that have no reply token because they expect no answer (unfollow, standby)."""
        expects_answer = event.type in dispatch.ANSWERED and event.mode != "standby" and event.source.chat
        if not replies or not (event.replyToken or expects_answer):
            return None
        return OutboxEntry.new(
            event_id=event.webhookEventId,
            to=event.source.chat,
            token=event.replyToken,
            messages=to_send(replies[:MAX_MESSAGES]),
            now_ms=now_ms,
            asked_ms=event.token_since_ms,
            event_ms=event.timestamp,
            keep=keep,
            content_version=current().number,
        )


def _read_token(event: Event, result: TurnResult, ctx: Context) -> str:
    """Return the token of a message that the bot has settled. Empty if a person may have to read it."""
    settled = bool(result.replies) and event.source.private and desk_chat.may_mark_as_read(result.session, ctx)
    return event.message.markAsReadToken if settled else ""


def _reminders(event: Event, result: TurnResult) -> tuple[SetReminder | CancelReminder, ...]:
    """Return the changes of reminders that the turn asks for, which only a user in 1:1 can."""
    if not event.source.private or not event.source.userId:
        return ()
    return tuple(effect for effect in result.effects if isinstance(effect, SetReminder | CancelReminder))


def _stored(session: Session) -> bytes:
    stored = sessions.dump(session)
    return b"" if stored == _NEW_SESSION else stored


def _report(event: Event, result: TurnResult, resources: Resources, outcome: str = "ok") -> TurnReport:
    active = result.session.active
    return TurnReport(
        event_id=event.webhookEventId,
        event_type=event.type[:40],
        event_ms=event.timestamp,
        flow=active.flow if active else "",
        step=active.step if active else "",
        replies=len(result.replies),
        outcome=outcome,
        content_version=resources.version.number,
    )


def _metric_events(before: Session, result: TurnResult, ctx: Context) -> tuple[MetricEvent, ...]:
    """Return what is to be counted. An erased pre-check was not abandoned at any step."""
    redeemed = ctx.redeemed.flow_state if ctx.redeemed else None
    precheck_events = metric_events.of_precheck(before, result.session, redeemed=redeemed) if not result.erase else ()
    return (*result.metric_events, *precheck_events, *metric_events.of_replies(result.replies, result.effects))


def _masked(question: str) -> str:
    """Mask an unanswered question, and remove resume codes, because a code gives access to a colleague's answers."""
    return masked(without_codes(question))
