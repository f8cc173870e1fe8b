"""The worker process: takes up the mail of whoever rang, and looks once a second for whoever nobody rang for."""

import gc
import logging
import threading
from collections.abc import Sequence

from redis.exceptions import RedisError

from bot.delivery.limiter import reserve_threads
from bot.errors import LeaseLostError, RetryableError, SettingsError
from bot.metrics import catalogue as figures
from bot.runtime.logs import set_up_logs
from bot.runtime.signals import SignalFlag, install_stop_handlers
from bot.settings import load_settings
from bot.store.wakeups.broker import on_rabbitmq
from bot.store.wakeups.dramatiq_worker import WakeupWorker
from bot.wiring import WorkerServices
from bot.worker.local_executor import LocalExecutor

logger = logging.getLogger(__name__)
POLL_MS = 20  # how long all idle consumers of a Redis broker on this machine sleep at most, one after the other
PUSHED_MS = 250  # RabbitMQ wakes its consumers itself: this is only how soon they look whether to stop
SWEEP_SECONDS = 1.0
CALL_SECONDS = 0.25
PROVE_SECONDS = 5.0  # between two questions to LINE whose the token is, while it does not say
STOP_MS = 15_000


class WorkerProcess:
    """Dramatiq's threads, the keeper and the sweep; `run` returns after SIGTERM or SIGINT."""

    def __init__(self, back: WorkerServices) -> None:
        self._back = back
        self._stopping = back.stopping
        self._refused: SettingsError | None = None
        poll = PUSHED_MS if on_rabbitmq(back.settings) else POLL_MS * back.settings.worker_processes
        slots = back.settings.worker_threads
        threads = slots + reserve_threads(slots)  # with every slot taken there is still someone to take in mail
        self._worker = WakeupWorker(back.broker, self._attend, threads=threads, poll_ms=poll)
        self._stand_in = LocalExecutor(self._attend, threads)

    def run(self) -> None:
        """Start everything, wait for the signal, finish the turns under way.

        Raises SettingsError where the token belongs to another bot than the mail, which must not be answered with it,
        or where Redis is in use with another SECRET_KEY. While LINE refuses the token, no mail is taken.
        """
        asked = install_stop_handlers()
        self._proved()
        while self._back.access.closed:  # its own place in the log; a restart would not mend it, LINE may
            self._back.access_store.try_to_report(self._back.access.status)
            if asked.wait(PROVE_SECONDS):
                return
            self._proved()
        self._tell()
        self._back.sweep.make_everyone_due()
        self._back.keeper.start()
        self._back.figures.start()
        self._worker.start()
        for work in (self._sweep, self._call):
            threading.Thread(target=work, name=work.__name__.strip("_"), daemon=True).start()
        threading.Thread(target=self._prove, args=(asked,), name="channel", daemon=True).start()
        logger.info("worker started", extra={"count": self._back.settings.worker_threads})
        asked.wait()
        self._stopping.set()
        self._worker.stop(STOP_MS)
        self._stand_in.stop()
        self._back.keeper.stop()
        self._back.figures.stop()
        logger.info("worker stopped")
        if self._refused:
            raise self._refused

    def _tell(self) -> None:
        """A Redis that went away since the start gives out no events either; the sweep tells it again."""
        try:
            self._back.presence.announce()
        except (RedisError, OSError) as error:
            logger.warning("presence not told", extra={"error": type(error).__name__})

    def _proved(self) -> bool:
        """Whether key and token are known to be the right ones; LINE or Redis being away is no reason to wait."""
        try:
            self._back.secret_keys.claim()
            return self._back.own_channel.verify()
        except RetryableError:
            return False

    def _prove(self, asked: SignalFlag) -> None:
        """Ask on: LINE until it has answered, and while it refuses the token; Redis always, for it may be emptied.

        The wrong token or the wrong SECRET_KEY ends the process.
        """
        while not self._stopping.wait(PROVE_SECONDS):
            try:
                self._proved()
            except SettingsError as error:
                logger.critical("worker refused", extra={"reason": str(error)})
                self._refused = error
                asked.set()
                return

    def _attend(self, user: str) -> None:
        """What goes wrong here is left where it is: the sweep rings again."""
        try:
            self._back.mail.process(user)
        except LeaseLostError:
            self._back.figures.count(figures.HOLDS_LOST)
            logger.warning("hold lost", extra={"user": user})
        except (RedisError, OSError, RetryableError) as error:
            self._back.figures.count(figures.LEFT_FOR_LATER)
            logger.warning("mail left for later", extra={"user": user, "error": type(error).__name__})
        except Exception:
            self._back.figures.count(figures.LEFT_FOR_LATER)
            logger.exception("mail left for later", extra={"user": user})

    def _call(self) -> None:
        while not self._stopping.is_set():
            for user in self._back.slots.ready_users(CALL_SECONDS):
                self._back.bell.notify(user)

    def _sweep(self) -> None:
        away = False
        while not self._stopping.wait(SWEEP_SECONDS):
            try:
                self._back.bell.keep_alive()
                self._back.presence.announce()
                self._back.access_store.report(self._back.access.status)
                users = self._back.sweep.users()
                self._back.figures.count(figures.SWEPT, by=len(users))
                self.call_for(users)
                away = False
            except (RedisError, OSError) as error:
                if not away:  # once an outage, not once a second
                    logger.warning("sweep put off", extra={"error": type(error).__name__})
                away = True
            except Exception:
                logger.exception("sweep put off")  # without the sweep, nobody would look for forgotten users

    def call_for(self, users: Sequence[str]) -> None:
        """A broker that is away must not keep from their answers those whom the sweep has found."""
        for number, user in enumerate(users):
            if not self._back.bell.notify_now(user):
                self._stand_in.take(users[number:])
                return


def main() -> None:
    """The `worker` command, in this process."""
    settings = load_settings()
    set_up_logs(settings.log_level)
    process = WorkerProcess(WorkerServices(settings))
    gc.freeze()  # what was loaded stays: a full collection would hold up every thread for 40 ms to find that out
    process.run()
