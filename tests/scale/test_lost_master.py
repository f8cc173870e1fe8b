"""A master of the cluster killed, frozen, replaced: its users wait, the others notice nothing, nobody is lost."""

import time
import urllib.error
import urllib.request

import orjson

from bot.line.signature import sign
from bot.store.keys import Pseudonyms
from bot.store.redis.cluster_nodes import ClusterNodes
from tests.clusters import ClusterAndRabbit
from tests.conftest import SECRET, SECRET_KEY
from tests.scenario.person import Person, text_of
from tests.scenario.processes import RunningBot

LINE_WAITS = 2.0


def _whereabouts(bot: RunningBot, servers: ClusterAndRabbit, port: int) -> tuple[Person, Person]:
    """Someone whose data lie on that master, and someone whose do not."""
    with servers.client() as client:
        places, name = ClusterNodes(client), Pseudonyms(SECRET_KEY).of
        there = elsewhere = None
        while not (there and elsewhere):
            person = Person(bot)
            if places.node_of(name(person.id)) == f"127.0.0.1:{port}":
                there = there or person
            else:
                elsewhere = elsewhere or person
    return there, elsewhere


def _posted(bot: RunningBot, *people: Person) -> tuple[int, float]:
    """Status and seconds of one webhook with a text of each, which LINE would send again unless it is 200."""
    events = [
        {
            "type": "message",
            "mode": "active",
            "timestamp": int(time.time() * 1000),
            "webhookEventId": f"01TEST{time.monotonic_ns()}",
            "deliveryContext": {"isRedelivery": False},
            "source": {"type": "user", "userId": person.id},
            "message": {"type": "text", "id": "1", "text": "メニュー", "quoteToken": "q"},
        }
        for person in people
    ]
    body = orjson.dumps({"destination": "U" + "0" * 32, "events": events})
    headers = {"X-Line-Signature": sign(SECRET, body), "Content-Type": "application/json"}
    started = time.monotonic()
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{bot.url}/callback", body, headers), timeout=60) as answer:
            status: int = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    return status, time.monotonic() - started


def _hears(bot: RunningBot, person: Person, said: str, answer: str) -> None:
    """Among what else there may be to read: the texts that were posted past the emulator are answered, too."""
    bot.emulator.says(person.id, said)
    bot.emulator.wait_for(person.id, lambda entries: answer in text_of(entries), timeout=60)


def _ready(bot: RunningBot) -> tuple[int, float]:
    started = time.monotonic()
    try:
        with urllib.request.urlopen(f"{bot.url}/readyz", timeout=60) as answer:
            status: int = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    return status, time.monotonic() - started


def _all_are(answers: list[tuple[int, float]], status: int, within: float) -> None:
    """Of that status, and most of them in time: a stall of the machine makes one late or two, a defect all."""
    took = sorted(seconds for _, seconds in answers)
    assert [given for given, _ in answers] == [status] * len(answers)
    assert took[len(took) // 2] < within, took


def _restored(bot: RunningBot, servers: ClusterAndRabbit, person: Person) -> None:
    servers.redis.wait_until_whole()
    deadline = time.monotonic() + 60
    while _posted(bot, person)[0] != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_killed_master_costs_its_own_users_a_503_and_loses_nothing(bot: RunningBot, servers: ClusterAndRabbit) -> None:
    master = servers.redis.masters[0]
    there, elsewhere = _whereabouts(bot, servers, master.port)
    there.says("申込前チェック")
    elsewhere.says("申込前チェック")
    master.kill()
    try:
        _all_are([_posted(bot, there) for _ in range(6)], 503, LINE_WAITS)
        _hears(bot, elsewhere, "箱根町", "お持ちですか")
        assert _ready(bot)[0] == 200
        both = _posted(bot, there, elsewhere)
        assert both[0] == 503, "LINE is to send it again"
        elsewhere.reads(2)  # its event was taken all the same
    finally:
        master.restart()
    _restored(bot, servers, there)
    _hears(bot, there, "箱根町", "お持ちですか")  # what was acknowledged before is still known


def test_frozen_masters_keep_no_webhook_waiting_for_two_seconds(bot: RunningBot, servers: ClusterAndRabbit) -> None:
    first, *rest = servers.redis.masters
    there, elsewhere = _whereabouts(bot, servers, first.port)
    for person in (there, elsewhere):
        person.says("メニュー")
    frozen = [first]
    try:
        first.freeze()
        both = [(_posted(bot, there), _posted(bot, elsewhere)) for _ in range(8)]
        _all_are([one for one, _ in both], 503, LINE_WAITS)
        _all_are([other for _, other in both], 200, 0.5)
        _hears(bot, elsewhere, "申込前チェック", "どちらの団体")
        for node in rest:
            node.freeze()
            frozen.append(node)
        _all_are([_posted(bot, person) for person in (there, elsewhere) * 4], 503, LINE_WAITS)
        _all_are([_ready(bot) for _ in range(3)], 503, 3)
    finally:
        for node in frozen:
            node.thaw()
    for person in (there, elsewhere):
        _restored(bot, servers, person)
