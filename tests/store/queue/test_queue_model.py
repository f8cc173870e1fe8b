"""Inbox, outbox and hold in random interleavings: nothing lost, nothing twice, in order, and no late writer writes."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from redis import Redis

from tests.store.queue.queue_model import MailMachine
from tests.worker.fuzzed_events import fuzz


def test_mail_behaves_like_its_model(redis: Redis) -> None:
    class Machine(MailMachine):
        server = redis

    run_state_machine_as_test(Machine, settings=settings(fuzz(50), stateful_step_count=30))
