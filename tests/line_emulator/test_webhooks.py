import threading
import time

import pytest

from line_emulator import Emulator, ImpossibleError
from line_emulator.webhooks import ANSWER_WITHIN, signature
from tests.line_emulator.small_bot import SECRET, LineClient, SmallBot, text


def test_the_signature_is_that_of_lines_own_example() -> None:
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert signature("8c570fa6dd201bb328f1c1eac23a96d8", body) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_a_webhook_is_signed_over_the_bytes_that_are_sent(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.says(user, "窓口🍎\n")
    delivery = emulator.deliveries[-1]
    assert (delivery.status, delivery.outcome, bot.forged) == (200, "ok", 0)
    assert delivery.signature == signature(SECRET, delivery.raw.encode())
    assert bot.bodies[-1]["destination"] == emulator.platform.world.account.id


def test_another_secret_makes_webhooks_that_a_bot_refuses(bot: SmallBot) -> None:
    with Emulator(bot.url, "another secret", strict=True) as emulator:
        emulator.says(emulator.new_user(), "a")
        assert (bot.forged, emulator.deliveries[-1].outcome) == (1, "error_status_code")


def test_several_events_go_in_one_request(emulator: Emulator, bot: SmallBot) -> None:
    first, second = emulator.new_user("一"), emulator.new_user("二")
    with emulator.one_request():
        emulator.says(first, "a")
        emulator.says(second, "b")
        emulator.postback(first, "c")
    assert [event["type"] for event in bot.bodies[-1]["events"]] == ["message", "message", "postback"]
    assert len(bot.bodies) == 1


def test_the_verify_button_sends_no_events(emulator: Emulator, bot: SmallBot) -> None:
    assert emulator.verify().outcome == "ok"
    assert bot.bodies == [{"destination": emulator.platform.world.account.id, "events": []}]


def test_an_event_that_was_not_taken_comes_again_until_it_is(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.control(redelivery=True)
    bot.statuses = [500, 503]
    emulator.says(user, "a")
    assert emulator.platform.world.feed.wait_until(lambda: len(emulator.deliveries) == 3, 60)
    first, second, third = bot.events
    assert first["deliveryContext"] == {"isRedelivery": False}
    assert {**first, "deliveryContext": {"isRedelivery": True}} == second == third
    assert [delivery.attempt for delivery in emulator.deliveries] == [1, 2, 3]


def test_without_the_switch_nothing_is_redelivered(emulator: Emulator, bot: SmallBot, user: str) -> None:
    bot.statuses = [500]
    emulator.says(user, "a")
    time.sleep(0.2)
    assert len(bot.events) == 1


def test_the_last_event_is_redelivered_on_demand(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.says(user, "a")
    emulator.says(emulator.new_user("鈴木"), "b")
    emulator.redeliver_last(user)
    assert bot.events[-1] == {**bot.events[0], "deliveryContext": {"isRedelivery": True}}
    emulator.redeliver_last()
    assert bot.events[-1]["message"]["text"] == "b"


def test_nothing_can_be_redelivered_before_something_was_sent(emulator: Emulator) -> None:
    with pytest.raises(ImpossibleError):
        emulator.redeliver_last()


def test_an_event_can_come_twice_at_once(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.says(user, "a")
    bot.meets = threading.Barrier(2)  # one after the other would never pass it
    emulator.deliver_twice()
    assert bot.events[0] == bot.events[1] == bot.events[2]


def test_a_switch_doubles_every_request(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.control(twice=True)
    emulator.says(user, "a")
    assert [event["message"]["text"] for event in bot.events] == ["a", "a"]
    assert len({event["webhookEventId"] for event in bot.events}) == 1


def test_events_can_arrive_in_reverse(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.control(reorder=3)
    for word in ("a", "b", "c"):
        emulator.says(user, word)
    assert [event["message"]["text"] for event in bot.events] == ["c", "b", "a"]
    assert [entry.text for entry in emulator.seen(user)] == ["a", "b", "c"]


def test_held_events_can_be_released_early(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.control(reorder=5)
    assert emulator.says(user, "a").delivery is None
    assert bot.events == []
    emulator.release()
    assert [event["message"]["text"] for event in bot.events] == ["a"]


@pytest.mark.parametrize("answers_within", [ANSWER_WITHIN])
def test_a_bot_that_takes_longer_than_two_seconds_has_timed_out(emulator: Emulator, bot: SmallBot, user: str) -> None:
    bot.pause = 2.1
    emulator.says(user, "a")
    delivery = emulator.deliveries[-1]
    assert (delivery.status, delivery.outcome) == (200, "request_timeout")
    assert delivery.ms > 2000


def test_a_bot_that_never_answers_is_given_up(bot: SmallBot) -> None:
    bot.pause = 4.0
    with Emulator(bot.url, SECRET, gives_up_after=0.3, strict=True) as emulator:
        emulator.says(emulator.new_user(), "a")
        assert (emulator.deliveries[-1].status, emulator.deliveries[-1].outcome) == (None, "request_timeout")


def test_a_bot_that_is_not_there_could_not_be_reached() -> None:
    with Emulator("http://127.0.0.1:9/callback", SECRET, strict=True) as emulator:
        emulator.says(emulator.new_user(), "a")
        assert emulator.deliveries[-1].outcome == "could_not_connect"


def test_several_addresses_of_one_bot_are_served_in_turn(emulator: Emulator, bot: SmallBot, user: str) -> None:
    other = SmallBot()
    try:
        emulator.spread_over(other.url)
        for _ in range(4):
            emulator.says(user, "a")
        assert [one.url for one in emulator.deliveries] == [bot.url, other.url] * 2
    finally:
        other.close()


def test_in_standby_there_is_no_reply_token(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.control(standby=True)
    emulator.says(user, "a")
    assert bot.events[-1]["mode"] == "standby"
    assert "replyToken" not in bot.events[-1]


def test_a_redelivery_gives_its_token_a_new_minute_but_no_second_use(
    emulator: Emulator, line: LineClient, user: str, token: str
) -> None:
    emulator.advance(90)
    assert line.reply(token, text("a")).status == 400
    emulator.redeliver_last(user)
    assert line.reply(token, text("a")).status == 200
    emulator.redeliver_last(user)
    assert line.reply(token, text("b")).status == 400


def test_twenty_minutes_after_the_event_a_redelivery_revives_nothing(
    emulator: Emulator, line: LineClient, user: str, token: str
) -> None:
    emulator.advance(20 * 60 + 1)
    emulator.redeliver_last(user)
    assert line.reply(token, text("a")).status == 400


def test_users_write_at_the_same_time(emulator: Emulator, bot: SmallBot) -> None:
    users = [emulator.new_user(str(number)) for number in range(8)]
    threads = [threading.Thread(target=emulator.says, args=(user, "a")) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {event["source"]["userId"] for event in bot.events} == set(users)
