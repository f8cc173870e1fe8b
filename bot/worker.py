"""The worker process: takes up the mail of whoever rang, and looks once a second for whoever nobody rang for."""

import logging
import os
import threading

# read by dramatiq when it is imported: how soon a consumer tries again after its broker was away
os.environ.setdefault("dramatiq_restart_delay", "500")

import dramatiq
from redis.exceptions import RedisError

from bot.errors import HoldLostError
from bot.figures import catalogue as figures
from bot.logs import set_up_logs
from bot.settings import load_settings
from bot.stopping import asked_to_stop
from bot.store.bell import ACTOR, QUEUE
from bot.wiring import Back

logger = logging.getLogger(__name__)
POLL_MS = 20  # how long an idle consumer of a Redis broker sleeps at most
SWEEP_SECONDS = 1.0
STOP_MS = 15_000


class WorkerProcess:
    """Dramatiq's threads, the keeper and the sweep; `run` returns after SIGTERM or SIGINT."""

    def __init__(self, back: Back) -> None:
        self._back = back
        self._stopping = threading.Event()
        dramatiq.set_broker(back.broker)
        dramatiq.actor(actor_name=ACTOR, queue_name=QUEUE, broker=back.broker)(self._attend)
        self._worker = dramatiq.Worker(back.broker, worker_timeout=POLL_MS, worker_threads=back.settings.worker_threads)

    def run(self) -> None:
        """Start everything, wait for the signal, finish the turns under way."""
        asked = asked_to_stop()
        self._back.keeper.start()
        self._back.figures.start()
        self._worker.start()
        sweeping = threading.Thread(target=self._sweep, name="sweep", daemon=True)
        sweeping.start()
        logger.info("worker started", extra={"count": self._back.settings.worker_threads})
        asked.wait()
        self._stopping.set()
        self._worker.stop(timeout=STOP_MS)
        self._back.keeper.stop()
        self._back.figures.stop()
        logger.info("worker stopped")

    def _attend(self, user: str) -> None:
        """What goes wrong here is left where it is: the sweep rings again."""
        try:
            self._back.mail.attend(user)
        except HoldLostError:
            self._back.figures.count(figures.HOLDS_LOST)
            logger.warning("hold lost", extra={"user": user})
        except (RedisError, OSError) as error:
            self._back.figures.count(figures.LEFT_FOR_LATER)
            logger.warning("mail left for later", extra={"user": user, "error": type(error).__name__})
        except Exception:
            self._back.figures.count(figures.LEFT_FOR_LATER)
            logger.exception("mail left for later", extra={"user": user})

    def _sweep(self) -> None:
        while not self._stopping.wait(SWEEP_SECONDS):
            try:
                for user in self._back.sweep.users():
                    self._back.figures.count(figures.SWEPT)
                    self._back.bell.ring_now(user)
            except (RedisError, OSError) as error:
                logger.warning("sweep put off", extra={"error": type(error).__name__})


def main() -> None:
    """The `worker` command, in this process."""
    settings = load_settings()
    set_up_logs(settings.log_level)
    WorkerProcess(Back(settings)).run()
