"""Many users and several workers: each user's events in order and once, whoever comes, goes or is killed."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bot.store.keys import Pseudonyms, UserKeys
from line_emulator.chats import Entry
from line_emulator.records import Call
from tests.clusters import ClusterAndRabbit
from tests.conftest import SECRET_KEY
from tests.eventually import PATIENCE
from tests.scenario.person import text_of
from tests.scenario.processes import Process, RunningBot

USERS = 40
TALK = ("申込前チェック", "箱根町", "あります", "使っていない", "職員です", "箱根町")
ASKED = ("どちらの団体", "お持ちですか", "すでに使っていますか", "お申込みになるのは", "アカウント名を教えて", "認証済")


def _talks(bot: RunningBot, user: str) -> None:
    """All at once, without waiting for an answer; what is not taken comes again, before what was written after it."""
    for text in TALK:
        delivery = bot.emulator.says(user, text).delivery
        deadline = time.monotonic() + PATIENCE
        while delivery and delivery.status != 200 and time.monotonic() < deadline:
            time.sleep(0.2)
            delivery = bot.emulator.redeliver_last(user)


def _answers(bot: RunningBot, user: str) -> list[str]:
    return [text_of([entry]) for entry in bot.emulator.seen(user) if entry.by == "bot"]


def _all_answered(bot: RunningBot, user: str, _: list[Entry]) -> bool:
    return len(_answers(bot, user)) >= len(TALK)


def _add_worker(bot: RunningBot) -> None:
    log = bot.workers[0].log.with_name("added.log")
    bot.workers.append(Process("worker", {**bot.environment, "WORKER_PROCESSES": "1"}, log))
    deadline = time.monotonic() + 90
    while "worker started" not in bot.workers[-1].output:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _left_of(servers: ClusterAndRabbit, user: str) -> dict[str, object]:
    """What Redis still has of someone who was not answered."""
    keys = UserKeys(Pseudonyms(SECRET_KEY).of(user))
    with servers.client() as client:
        return {
            "now": client.time(),
            "due": client.zscore(keys.due, keys.user),
            "hold for ms": client.pttl(keys.lease),
            "inbox": client.llen(keys.inbox),
            "outbox": client.llen(keys.outbox),
            "tries": client.get(keys.attempts),
        }


def _begun(bot: RunningBot) -> set[int]:
    """The workers that have answered someone."""
    return {number for number, worker in enumerate(bot.workers) if "turn done" in worker.output}


def test_order_holds_while_a_worker_is_added_and_another_is_killed(bot: RunningBot, servers: ClusterAndRabbit) -> None:
    users = [bot.emulator.new_user() for _ in range(USERS)]
    bot.emulator.control(slow=0.1)
    with ThreadPoolExecutor(8) as people:
        early = [people.submit(_talks, bot, user) for user in users[: USERS // 2]]
        _add_worker(bot)
        late = [people.submit(_talks, bot, user) for user in users[USERS // 2 :]]
        for talk in (*early, late[0]):
            talk.result()
        bot.workers[0].kill()
        for talk in late:
            talk.result()
    bot.emulator.control(slow=0)
    for user in users:
        try:
            bot.emulator.wait_for(user, partial(_all_answered, bot, user), timeout=90)
        except TimeoutError as error:
            refused = [(one.status, one.detail) for one in bot.emulator.deliveries if one.status != 200]
            raise AssertionError(_left_of(servers, user), len(_answers(bot, user)), refused) from error
    wrong = {
        user: answers
        for user in users
        if len(answers := _answers(bot, user)) != len(ASKED)
        or not all(question in answer for question, answer in zip(ASKED, answers, strict=True))
    }
    assert wrong == {}
    assert _begun(bot) == {0, 1, 2}
    refused = [(one.status, one.detail) for one in bot.emulator.deliveries if one.status != 200]
    assert len(refused) < len(users), refused  # on a busy machine Redis may be late for one or two
    assert [call.reasons for call in bot.emulator.refusals if not _used_token(call)] == []


def _used_token(call: Call) -> bool:
    """The one refusal that a killed worker cannot spare its successor: the token that it had used already."""
    return call.path.endswith("/reply") and "reply token" in str(call.response).lower()
