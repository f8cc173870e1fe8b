"""RabbitMQ stopped, started again, and hanging: users are answered, and webhooks are taken as quickly as ever."""

import time

import pika

from tests.clusters import ClusterAndRabbit
from tests.eventually import quickest, seconds_of
from tests.scenario.person import Person
from tests.scenario.processes import RunningBot

BY_THE_BELL = 1.2  # seconds; the sweep alone needs more
BY_THE_SWEEP = 20.0  # it needs three or four


def _answered_in(staff: Person) -> float:
    started = time.monotonic()
    staff.says("メニュー")
    return time.monotonic() - started


def _quickest(staff: Person, seconds: float) -> float:
    """The quickest answer within that time; the bell is back once one comes before the sweep could have rung."""
    deadline = time.monotonic() + seconds
    quickest = _answered_in(staff)
    while quickest > BY_THE_BELL and time.monotonic() < deadline:
        quickest = min(quickest, _answered_in(staff))
    return quickest


def test_users_are_answered_while_rabbitmq_is_away_and_by_the_bell_when_it_is_back(
    bot: RunningBot, servers: ClusterAndRabbit
) -> None:
    staff = Person(bot)
    assert _quickest(staff, 60) < BY_THE_BELL
    servers.rabbit.stop()
    try:
        assert max(_answered_in(staff) for _ in range(2)) < BY_THE_SWEEP
    finally:
        servers.rabbit.start()
    assert _quickest(staff, 60) < BY_THE_BELL
    assert [one.status for one in bot.emulator.deliveries] == [200] * len(bot.emulator.deliveries)


def test_queue_that_is_gone_is_declared_anew(bot: RunningBot, servers: ClusterAndRabbit) -> None:
    """As after a RabbitMQ that came back without its data."""
    staff = Person(bot)
    assert _quickest(staff, 60) < BY_THE_BELL
    with pika.BlockingConnection(pika.URLParameters(servers.broker_url)) as connection:
        connection.channel().queue_delete("mail")
    assert _answered_in(staff) < BY_THE_SWEEP
    assert _quickest(staff, 60) < BY_THE_BELL


def test_rabbitmq_that_hangs_keeps_no_webhook_waiting_and_no_user_for_long(
    bot: RunningBot, servers: ClusterAndRabbit
) -> None:
    staff = Person(bot)
    staff.says("メニュー")
    servers.rabbit.freeze()
    try:
        # returns with the bot's answer to the webhook
        assert quickest(lambda: seconds_of(lambda: bot.emulator.says(staff.id, "ヘルプ")), 1) < 1
        bot.emulator.wait_for(staff.id, timeout=120)
    finally:
        servers.rabbit.thaw()
    assert _quickest(staff, 60) < BY_THE_BELL
