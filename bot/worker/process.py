"""The worker process.

It processes the users named by wake-up messages, and sweeps once a second for users whose wake-up was lost.
"""

import gc
import logging
import threading
from collections.abc import Sequence

from redis.exceptions import RedisError

from bot.delivery.limiter import reserve_threads
from bot.errors import LeaseLostError, RetryableError, SettingsError, StoreUnavailableError
from bot.metrics import catalogue
from bot.runtime.build import bot_version
from bot.runtime.log_fields import own_log_fields
from bot.runtime.logs import set_up_logs
from bot.runtime.signals import SignalFlag, install_stop_handlers
from bot.settings import load_settings
from bot.store.wakeups.broker import on_rabbitmq
from bot.store.wakeups.dramatiq_worker import WakeupWorker
from bot.worker.local_executor import LocalExecutor
from bot.worker.services import WorkerServices

logger = logging.getLogger(__name__)
POLL_MS = (
    20  # how long the consumers of a Redis broker sleep at most, together, while no thread is free or they may not wait
)
PUSHED_MS = 250  # RabbitMQ pushes: this is only how soon a consumer notices that it must stop
SWEEP_SECONDS = 1.0
NOTIFY_SECONDS = 0.25
CONTENT_SECONDS = 1.0  # between two looks for a newly published version of the content
VERIFY_SECONDS = 5.0  # between two attempts to verify whose bot the token is
STOP_MS = 15_000


class WorkerProcess:
    """The consumer threads, the lease renewer and the sweeper. `run` returns after SIGTERM or SIGINT."""

    def __init__(self, services: WorkerServices) -> None:
        self._services = services
        self._stopping = services.stopping
        self._error: SettingsError | None = None
        poll = PUSHED_MS if on_rabbitmq(services.settings) else POLL_MS * services.settings.worker_processes
        permits = services.settings.worker_threads
        threads = permits + reserve_threads(permits)  # with every permit in use, some threads still take new events
        self._worker = WakeupWorker(services.broker, self._process_user, threads=threads, poll_ms=poll)
        self._local_executor = LocalExecutor(self._process_user, threads)

    def run(self) -> None:
        """Start everything, wait for the signal, finish the turns under way.

        Raise SettingsError if the token belongs to another bot than the stored events, which must not be answered with
        it, or if Redis is in use with another SECRET_KEY. While LINE refuses the token, no event is processed.
        """
        stop_signal = install_stop_handlers()
        self._services.heartbeat.start()  # also while LINE refuses the token, which is another fault than no worker
        try:
            self._work_until(stop_signal)
        finally:
            self._services.trail.stop()
            self._services.heartbeat.stop()

    def _work_until(self, stop_signal: SignalFlag) -> None:
        self._verify()
        if self._services.access.closed:
            extra = {"status": self._services.access.status, "version": bot_version()}
            logger.warning("worker waits: LINE refuses the access token; set a new one and restart", extra=extra)
        while self._services.access.closed:  # a restart would not help, but LINE may accept the token again
            self._services.access_store.try_to_report(self._services.access.status)
            if stop_signal.wait(VERIFY_SECONDS):
                return
            self._verify()
        self._announce_version()
        self._services.sweeper.make_everyone_due()
        self._services.lease_renewer.start()
        self._services.metrics.start()
        self._services.trail.start()
        self._worker.start()
        for work in (self._sweep, self._notify_ready_users, self._follow_content):
            threading.Thread(target=work, name=work.__name__.strip("_"), daemon=True).start()
        threading.Thread(target=self._verify_until_known, args=(stop_signal,), name="channel", daemon=True).start()
        threads = self._services.settings.worker_threads
        logger.info("worker started", extra={"version": bot_version(), "count": threads})
        stop_signal.wait()
        self._stopping.set()
        self._worker.stop(STOP_MS)
        self._local_executor.stop()
        self._services.lease_renewer.stop()
        self._services.metrics.stop()
        logger.info("worker stopped")
        if self._error:
            raise self._error

    def _announce_version(self) -> None:
        """Announce which session versions this worker reads. If Redis is down, the sweep announces them later."""
        try:
            self._services.schema_versions.announce()
        except (RedisError, OSError) as error:
            logger.warning("schema version not announced", extra={"error": type(error).__name__})

    def _verify(self) -> bool:
        """Return True if key and token are verified, False if LINE or Redis is down, which is no reason to wait."""
        try:
            self._services.secret_keys.claim()
            return self._services.bot_identity.verify()
        except RetryableError:
            return False

    def _verify_until_known(self, stop_signal: SignalFlag) -> None:
        """Verify key and token every five seconds, because Redis may be emptied and LINE may refuse the token.

        The wrong token or the wrong SECRET_KEY ends the process.
        """
        while not self._stopping.wait(VERIFY_SECONDS):
            try:
                self._verify()
            except SettingsError as error:
                logger.critical("worker not started: identity not verified", extra={"reason": str(error)})
                self._error = error
                stop_signal.set()
                return

    def _process_user(self, user: str) -> None:
        """Process a user. After an error their items stay in the queue, and the sweeper sends another wake-up."""
        with own_log_fields():
            self._process_logged(user)

    def _process_logged(self, user: str) -> None:
        try:
            self._services.user_worker.process(user)
        except LeaseLostError:
            self._services.metrics.count(catalogue.LEASES_LOST)
            logger.warning("lease lost", extra={"user": user})
        except (RedisError, OSError, RetryableError) as error:
            self._services.metrics.count(catalogue.PROCESSING_DEFERRED)
            logger.warning("processing deferred", extra={"user": user, "error": type(error).__name__})
        except Exception:
            self._services.metrics.count(catalogue.PROCESSING_DEFERRED)
            logger.exception("processing deferred", extra={"user": user})

    def _notify_ready_users(self) -> None:
        while not self._stopping.is_set():
            for user in self._services.limiter.ready_users(NOTIFY_SECONDS):
                self._services.wakeups.notify(user)

    def _sweep(self) -> None:
        is_down = False
        while not self._stopping.wait(SWEEP_SECONDS):
            try:
                self._services.wakeups.keep_alive()
                self._services.schema_versions.announce()
                self._services.access_store.report(self._services.access.status)
                users = self._services.sweeper.users()
                self._services.metrics.count(catalogue.SWEEPER_WAKEUPS, by=len(users))
                self.notify(users)
                is_down = False
            except (RedisError, OSError) as error:
                if not is_down:  # logged once an outage, not once a second
                    logger.warning("sweep skipped", extra={"error": type(error).__name__})
                is_down = True
            except Exception:
                logger.exception("sweep skipped")  # without the sweep, nobody would find users whose wake-up was lost

    def _follow_content(self) -> None:
        """Load each published version in a thread of its own, so that no turn waits for it."""
        while not self._stopping.wait(CONTENT_SECONDS):
            try:
                self._services.content.refresh()
            except StoreUnavailableError:
                continue  # the sweep reports that Redis is down
            except Exception:
                logger.exception("content not refreshed")

    def notify(self, users: Sequence[str]) -> None:
        """Send wake-ups for these users, or process them here if the broker is down."""
        for number, user in enumerate(users):
            if not self._services.wakeups.notify_now(user):
                self._local_executor.take(users[number:])
                return


def main() -> None:
    """The `worker` command, in this process."""
    settings = load_settings()
    set_up_logs(settings.log_level)
    process = WorkerProcess(WorkerServices(settings))
    gc.freeze()  # loaded objects are never freed, and a full collection over them stops every thread for 40 ms
    process.run()
