"""Sends reminders that are due: the sweep finds them, and the outbox delivers each as a push with a retry key."""

import base64
import hashlib
import logging
import time
import uuid
from collections.abc import Callable
from datetime import date

from msgspec import structs
from redis.exceptions import RedisError

from bot.content.version import using_version
from bot.delivery.outbox_entry import OutboxEntry
from bot.delivery.sender import local_ms
from bot.domain.reminders import Reminder, may_send_until, next_opening_ms
from bot.errors import BotError
from bot.flows.after import reminders as texts
from bot.flows.context import Context, Resources
from bot.metrics import catalogue
from bot.metrics.counters import MetricCounters
from bot.replies.render import to_send
from bot.store.encryption import Encryptor
from bot.store.redis.cluster_nodes import Node
from bot.store.reminders import DueReminder, DueReminders
from bot.worker.reminder_hours import EVENT
from bot.worker.reminder_values import decrypted

logger = logging.getLogger(__name__)
EVERY_SECONDS = 5.0  # between two looks at a node; a reminder need not be exact to the second
UNREADABLE_MS = 3_600_000  # after which a value that does not decrypt is tried again: another key may be in use


class ReminderSender:
    """The step of the sweep that moves reminders which are due into the outboxes of their users."""

    def __init__(
        self,
        resources: Callable[[], Resources],
        encryptor: Encryptor,
        metrics: MetricCounters,
        today: Callable[[], date],
        *,
        every_seconds: float = EVERY_SECONDS,
        local_ms: Callable[[], int] = local_ms,
    ) -> None:
        self._resources = resources
        self._encryptor = encryptor
        self._metrics = metrics
        self._today = today
        self._every = every_seconds
        self._local_ms = local_ms
        self._disagreed = False
        self._looked: dict[str, float] = {}

    def sweep(self, node: Node, now_ms: int) -> None:
        """Send what is due on this node by its own clock. An error of one reminder does not affect the others."""
        if time.monotonic() - self._looked.get(node.name, float("-inf")) < self._every:
            return
        self._looked[node.name] = time.monotonic()
        due = DueReminders(node)
        for found in due.find(now_ms):
            try:
                self._handle(due, found, now_ms)
            except (RedisError, OSError):
                raise  # the node is down: the next sweep finds them again
            except Exception:
                logger.exception("reminder not sent", extra={"user": found.user})
                due.postpone(found, now_ms + UNREADABLE_MS)

    def _handle(self, due: DueReminders, found: DueReminder, now_ms: int) -> None:
        """Send it in office hours. Postpone it outside them, and drop it if it is too late or cancelled."""
        if not found.value:
            due.drop(found)
            return
        try:
            reminder, to = decrypted(found.value, found.kind, found.user, self._encryptor)
        except (BotError, ValueError, KeyError) as error:
            logger.warning("reminder not readable", extra={"user": found.user, "error": type(error).__name__})
            due.postpone(found, now_ms + UNREADABLE_MS)  # its hash expires at last
            return
        if reminder.is_late(now_ms):
            self._drop_late(due, found, reminder)
            return
        until_ms = may_send_until(now_ms)
        if not until_ms:
            due.postpone(found, next_opening_ms(now_ms))
            return
        entry = self._entry(reminder, to, found, now_ms, until_ms)
        value = self._encryptor.encrypt(entry.stored(), "outbox", found.user)
        self._count(reminder, "sent", done=due.send(found, value))

    def _drop_late(self, due: DueReminders, found: DueReminder, reminder: Reminder) -> None:
        """Drop it if this machine's clock agrees: a clock of Redis that jumped ahead would cost every reminder.

        Otherwise it stays as it is, due on its day once Redis's clock is right again.
        """
        if reminder.is_late(self._local_ms()):
            self._count(reminder, "dropped", done=due.drop(found))
            return
        if not self._disagreed:  # once, not at every look
            logger.warning("clocks disagree: late reminders kept")
        self._disagreed = True

    def _count(self, reminder: Reminder, action: str, *, done: bool) -> None:
        if done:
            self._metrics.count(catalogue.REMINDERS, reminder.kind.value, action)

    def _entry(self, reminder: Reminder, to: str, found: DueReminder, now_ms: int, until_ms: int) -> OutboxEntry:
        """Return the push. Its retry key is derived from the stored value.

        A Redis that lost its last second after a failover sends the value again, and LINE accepts the key only once.
        """
        resources = self._resources()
        ctx = Context(resources=resources, today=self._today(), new_conversation_id="")
        key = str(uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(found.value).hexdigest()))
        with using_version(resources.version):
            messages = to_send((texts.message(reminder, ctx),))
        made = OutboxEntry.new(
            event_id=f"{EVENT}{reminder.kind}",
            to=to,
            token="",
            messages=messages,
            now_ms=now_ms,
            content_version=resources.version.number,
        )
        stored = base64.b64encode(found.value).decode()
        ours = structs.replace(made, id=key[:8] + key[9:13], retry_key=key, until_ms=until_ms, reminder=stored)
        return ours.without_attempt()
