"""Dramatiq's worker, with a timeout of its threads that dramatiq has no setting for. `tests/contract` checks it."""

from collections.abc import Callable

import dramatiq

from bot.store.wakeups.jobs import ACTOR, QUEUE

IDLE_SECONDS = 1.0  # how often an idle worker thread wakes up to see whether to stop


class WakeupWorker:
    """A pool of threads that call `process` with the user of each wake-up."""

    def __init__(self, broker: dramatiq.Broker, process: Callable[[str], None], *, threads: int, poll_ms: int) -> None:
        """`poll_ms`: how long an idle consumer sleeps at most before it asks the broker again."""
        dramatiq.set_broker(broker)
        dramatiq.actor(actor_name=ACTOR, queue_name=QUEUE, broker=broker)(process)
        self._worker = dramatiq.Worker(broker, worker_timeout=poll_ms, worker_threads=threads)

    def start(self) -> None:
        """Start the consumer and the threads.

        Dramatiq has one timeout for both. A thread is woken by its queue, and each timeout takes the GIL from threads
        that work, so threads get a longer one.
        """
        self._worker.start()
        for thread in self._worker.workers:
            thread.timeout = IDLE_SECONDS

    def stop(self, timeout_ms: int) -> None:
        """Take no more wake-ups and wait for the threads until the timeout."""
        self._worker.stop(timeout=timeout_ms)
