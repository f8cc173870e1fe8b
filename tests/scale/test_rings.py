"""One ring: taken, or refused within a moment; never lost on a connection that died unseen."""

import time
from collections.abc import Iterator

import pytest
from pika.exceptions import AMQPError

from bot.settings import Settings
from bot.store.wakeups.broker import broker_answers, make_broker
from bot.store.wakeups.notifier import WakeupNotifier
from bot.store.wakeups.rabbit import RabbitWakeupBroker
from tests.clusters import ClusterAndRabbit
from tests.eventually import quickest, seconds_of


@pytest.fixture
def stopped(servers: ClusterAndRabbit) -> Iterator[ClusterAndRabbit]:
    servers.rabbit.stop()
    yield servers
    if not servers.rabbit.runs:
        servers.rabbit.start()


@pytest.fixture
def broker(settings: Settings) -> Iterator[RabbitWakeupBroker]:
    """Its server drops whom it does not hear of for eight seconds."""
    broker = make_broker(
        Settings(**{**settings.model_dump(), "broker_url": f"{settings.broker_url}?heartbeat=4"}), None
    )
    assert isinstance(broker, RabbitWakeupBroker)
    yield broker
    broker.close()


def test_ring_after_a_restart_is_not_lost(servers: ClusterAndRabbit, broker: RabbitWakeupBroker) -> None:
    notifier = WakeupNotifier(broker)
    broker.declare_queue("mail", ensure=True)
    broker.flush("mail")
    assert notifier.notify_now("ab" + "0" * 30)
    servers.rabbit.stop()
    servers.rabbit.start()
    assert notifier.notify_now("cd" + "0" * 30)
    assert _rings(broker) == 1
    broker.flush("mail")


def test_connection_that_was_found_dead_is_made_anew(servers: ClusterAndRabbit, broker: RabbitWakeupBroker) -> None:
    notifier = WakeupNotifier(broker)
    broker.declare_queue("mail", ensure=True)
    broker.flush("mail")
    dead = broker.connection
    servers.rabbit.stop()
    servers.rabbit.start()
    with pytest.raises(AMQPError):
        dead.process_data_events(0)
    assert notifier.notify_now("ab" + "0" * 30)
    assert _rings(broker) == 1
    broker.flush("mail")


def _rings(broker: RabbitWakeupBroker) -> int:
    """How many wait; the server counts a moment after it has taken one in."""
    deadline = time.monotonic() + 60
    while not (count := broker.get_queue_message_counts("mail")[0]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return int(count)


def test_ring_fails_at_once_and_then_not_at_all_while_rabbitmq_is_away(
    stopped: ClusterAndRabbit, broker: RabbitWakeupBroker, settings: Settings
) -> None:
    del stopped

    def refused() -> None:
        notifier = WakeupNotifier(broker)
        assert [notifier.notify_now("ab" + "0" * 30) for _ in range(100)] == [False] * 100

    assert quickest(lambda: seconds_of(refused), 1) < 1
    assert not broker_answers(settings, None)


def test_wrong_password_is_found_before_the_first_ring(settings: Settings) -> None:
    assert broker_answers(settings, None)
    wrong = str(settings.broker_url).replace("guest:guest", "guest:wrong")
    assert not broker_answers(Settings(**{**settings.model_dump(), "broker_url": wrong}), None)


def test_connection_that_seldom_rings_outlives_the_servers_patience(broker: RabbitWakeupBroker) -> None:
    notifier = WakeupNotifier(broker)
    notifier.notify_now("ab" + "0" * 30)
    first = broker.connection
    for _ in range(20):
        time.sleep(0.5)
        notifier.keep_alive()
    assert broker.connection is first
    assert first.is_open
    broker.flush("mail")
