"""The worker process: takes up the mail of whoever rang, and looks once a second for whoever nobody rang for."""

import gc
import logging
import os
import threading
from collections.abc import Sequence

# read by dramatiq when it is imported: how soon a consumer tries again after its broker was away
os.environ.setdefault("dramatiq_restart_delay", "500")

import dramatiq
from redis.exceptions import RedisError

from bot.delivery.limiter import reserve_threads
from bot.errors import LeaseLostError, RetryableError, SettingsError
from bot.metrics import catalogue
from bot.runtime.logs import set_up_logs
from bot.runtime.signals import SignalFlag, install_stop_handlers
from bot.settings import load_settings
from bot.store.wakeups.broker import on_rabbitmq
from bot.store.wakeups.jobs import ACTOR, QUEUE
from bot.worker.local_executor import LocalExecutor
from bot.worker.services import WorkerServices

logger = logging.getLogger(__name__)
POLL_MS = 20  # how long all idle consumers of a Redis broker on this machine sleep at most, one after the other
PUSHED_MS = 250  # RabbitMQ wakes its consumers itself: this is only how soon they look whether to stop
IDLE_SECONDS = 1.0
SWEEP_SECONDS = 1.0
CALL_SECONDS = 0.25
PROVE_SECONDS = 5.0  # between two questions to LINE whose the token is, while it does not say
STOP_MS = 15_000


class WorkerProcess:
    """Dramatiq's threads, the keeper and the sweep; `run` returns after SIGTERM or SIGINT."""

    def __init__(self, back: WorkerServices) -> None:
        self._services = back
        self._stopping = back.stopping
        self._error: SettingsError | None = None
        dramatiq.set_broker(back.broker)
        dramatiq.actor(actor_name=ACTOR, queue_name=QUEUE, broker=back.broker)(self._process_user)
        poll = PUSHED_MS if on_rabbitmq(back.settings) else POLL_MS * back.settings.worker_processes
        slots = back.settings.worker_threads
        threads = slots + reserve_threads(slots)  # with every slot taken there is still someone to take in mail
        self._worker = dramatiq.Worker(back.broker, worker_timeout=poll, worker_threads=threads)
        self._local_executor = LocalExecutor(self._process_user, threads)

    def run(self) -> None:
        """Start everything, wait for the signal, finish the turns under way.

        Raises SettingsError where the token belongs to another bot than the mail, which must not be answered with it,
        or where Redis is in use with another SECRET_KEY. While LINE refuses the token, no mail is taken.
        """
        asked = install_stop_handlers()
        self._verify()
        while self._services.access.closed:  # its own place in the log; a restart would not mend it, LINE may
            self._services.access_store.try_to_tell(self._services.access.status)
            if asked.wait(PROVE_SECONDS):
                return
            self._verify()
        self._announce_version()
        self._services.sweeper.make_everyone_due()
        self._services.lease_renewer.start()
        self._services.metrics.start()
        self._worker.start()
        for thread in self._worker.workers:
            thread.timeout = IDLE_SECONDS  # woken by their queue; each look takes Python's lock from who works
        for work in (self._sweep, self._notify_ready_users):
            threading.Thread(target=work, name=work.__name__.strip("_"), daemon=True).start()
        threading.Thread(target=self._verify_until_known, args=(asked,), name="channel", daemon=True).start()
        logger.info("worker started", extra={"count": self._services.settings.worker_threads})
        asked.wait()
        self._stopping.set()
        self._worker.stop(timeout=STOP_MS)
        self._local_executor.stop()
        self._services.lease_renewer.stop()
        self._services.metrics.stop()
        logger.info("worker stopped")
        if self._error:
            raise self._error

    def _announce_version(self) -> None:
        """A Redis that went away since the start gives out no events either; the sweep tells it again."""
        try:
            self._services.schema_versions.announce()
        except (RedisError, OSError) as error:
            logger.warning("presence not told", extra={"error": type(error).__name__})

    def _verify(self) -> bool:
        """Whether key and token are known to be the right ones; LINE or Redis being away is no reason to wait."""
        try:
            self._services.secret_keys.claim()
            return self._services.bot_identity.verify()
        except RetryableError:
            return False

    def _verify_until_known(self, asked: SignalFlag) -> None:
        """Ask on: LINE until it has answered, and while it refuses the token; Redis always, for it may be emptied.

        The wrong token or the wrong SECRET_KEY ends the process.
        """
        while not self._stopping.wait(PROVE_SECONDS):
            try:
                self._verify()
            except SettingsError as error:
                logger.critical("worker refused", extra={"reason": str(error)})
                self._error = error
                asked.set()
                return

    def _process_user(self, user: str) -> None:
        """What goes wrong here is left where it is: the sweep rings again."""
        try:
            self._services.user_worker.process(user)
        except LeaseLostError:
            self._services.metrics.count(catalogue.LEASES_LOST)
            logger.warning("hold lost", extra={"user": user})
        except (RedisError, OSError, RetryableError) as error:
            self._services.metrics.count(catalogue.PROCESSING_DEFERRED)
            logger.warning("mail left for later", extra={"user": user, "error": type(error).__name__})
        except Exception:
            self._services.metrics.count(catalogue.PROCESSING_DEFERRED)
            logger.exception("mail left for later", extra={"user": user})

    def _notify_ready_users(self) -> None:
        while not self._stopping.is_set():
            for user in self._services.limiter.ready_users(CALL_SECONDS):
                self._services.bell.notify(user)

    def _sweep(self) -> None:
        away = False
        while not self._stopping.wait(SWEEP_SECONDS):
            try:
                self._services.bell.keep_alive()
                self._services.schema_versions.announce()
                self._services.access_store.tell(self._services.access.status)
                users = self._services.sweeper.users()
                self._services.metrics.count(catalogue.SWEEPER_WAKEUPS, by=len(users))
                self.notify(users)
                away = False
            except (RedisError, OSError) as error:
                if not away:  # once an outage, not once a second
                    logger.warning("sweep put off", extra={"error": type(error).__name__})
                away = True
            except Exception:
                logger.exception("sweep put off")  # without the sweep, nobody would look for forgotten users

    def notify(self, users: Sequence[str]) -> None:
        """A broker that is away must not keep from their answers those whom the sweep has found."""
        for number, user in enumerate(users):
            if not self._services.bell.notify_now(user):
                self._local_executor.take(users[number:])
                return


def main() -> None:
    """The `worker` command, in this process."""
    settings = load_settings()
    set_up_logs(settings.log_level)
    process = WorkerProcess(WorkerServices(settings))
    gc.freeze()  # what was loaded stays: a full collection would hold up every thread for 40 ms to find that out
    process.run()
