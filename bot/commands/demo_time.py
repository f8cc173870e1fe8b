"""Moved time in the demo: what the page's clock passes is sent, although no clock of this machine has moved."""

from datetime import UTC, date, datetime

from bot.flows.resources import load_resources
from bot.metrics.counters import MetricCounters
from bot.runtime.clock import date_in_japan
from bot.settings import Settings
from bot.store.encryption import Encryptor
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.redis.connection import connect
from bot.worker.reminders import ReminderSender


class MovedTime:
    """Call it with the time of the emulator. Reminders that are due by then go to their users' outboxes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._now_ms = 0
        self._sender: ReminderSender | None = None
        self._nodes: ClusterNodes | None = None

    def __call__(self, now_ms: int) -> None:
        """Sweep as a worker whose clock shows this time. The first call takes a moment: it loads the content."""
        self._now_ms = now_ms
        if self._sender is None or self._nodes is None:
            loaded = load_resources()
            encryptor = Encryptor(self._settings.secret_key.get_secret_value())
            self._sender = ReminderSender(
                lambda: loaded,
                encryptor,
                MetricCounters(),
                self._today,
                every_seconds=0,
                local_ms=lambda: self._now_ms,
            )
            self._nodes = ClusterNodes(connect(self._settings))
        for node in self._nodes.all():
            self._sender.sweep(node, now_ms)

    def _today(self) -> date:
        return date_in_japan(datetime.fromtimestamp(self._now_ms / 1000, UTC))
