"""Processes that are stopped in the middle of their work lose nothing and say nothing twice."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.runtime.limits import LIMITS
from line_emulator.chats import Entry
from tests.eventually import eventually
from tests.scenario.processes import RunningBot, running_bot
from tests.servers import RedisServer

TEXTS = ("メニュー", "申込の流れ", "メニュー", "申込の流れ", "メニュー")


@contextmanager
def bot_with(server: RedisServer, folder: Path, *, workers: int, **environment: str) -> Iterator[RunningBot]:
    with running_bot(server.url, folder, workers=workers, environment=environment) as bot:
        deadline = time.monotonic() + 90
        wanted = workers * int(environment.get("WORKER_PROCESSES", "1"))
        while sum(worker.output.count("worker started") for worker in bot.workers) < wanted:
            assert time.monotonic() < deadline, bot.logs()
            time.sleep(0.05)
        yield bot


def answers(bot: RunningBot, user: str) -> list[Entry]:
    return [entry for entry in bot.emulator.seen(user) if entry.by == "bot"]


def under_way(server: RedisServer) -> int:
    """Answers that are committed and not delivered."""
    with server.client() as redis:
        return len(list(redis.scan_iter("mado:*:outbox")))


def wait_for_answers(bot: RunningBot, users: list[str], count: int, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while any(len(answers(bot, user)) < count for user in users):
        assert time.monotonic() < deadline, [len(answers(bot, user)) for user in users]
        time.sleep(0.05)


def test_web_stopped_under_load_answers_what_it_has_taken_in(server: RedisServer, tmp_path: Path) -> None:
    with bot_with(server, tmp_path, workers=1) as bot:
        going, users = threading.Event(), [bot.emulator.new_user(f"職員{number}") for number in range(6)]

        def write(user: str) -> None:
            while not going.is_set():
                bot.emulator.says(user, "メニュー")

        writing = [threading.Thread(target=write, args=(user,)) for user in users]
        for thread in writing:
            thread.start()
        eventually(lambda: len(bot.emulator.deliveries) > 60)
        assert bot.web.stop() == 0
        eventually(lambda: bot.emulator.deliveries[-1].outcome == "could_not_connect")
        going.set()
        for thread in writing:
            thread.join()
        sent = [one for one in bot.emulator.deliveries if one.body["events"]]
        taken = dict.fromkeys(users, 0)
        for one in sent:
            taken[one.body["events"][0]["source"]["userId"]] += one.status == 200
        assert sum(taken.values()) > 20
        # what stood in the kernel's queue when the port closed is reset unread: LINE delivers it again
        assert {one.outcome for one in sent} - {"unclassified"} == {"ok", "could_not_connect"}
        for user in users:  # as many answers as 200s: nobody in the middle was cut off
            wait_for_answers(bot, [user], taken[user])
            assert len(answers(bot, user)) == taken[user]


def test_supervised_workers_finish_their_turns_and_leave_the_rest_to_others(
    server: RedisServer, tmp_path: Path
) -> None:
    with bot_with(server, tmp_path, workers=2, WORKER_PROCESSES="2", WORKER_THREADS="4") as bot:
        # less than the short read that a process with more users than permits gives its further calls
        bot.emulator.control(slow=LIMITS.line_short_read_seconds - 0.5)
        users = [bot.emulator.new_user(f"職員{number}") for number in range(8)]
        for text in TEXTS:
            for user in users:
                bot.emulator.says(user, text)
        eventually(lambda: under_way(server) == len(users))  # in the middle of the first answers
        began = time.monotonic()
        assert bot.workers[0].stop() == 0
        assert time.monotonic() - began < 12, "what waits behind the turns under way is not its work any more"
        bot.emulator.control(slow=0)
        wait_for_answers(bot, users, len(TEXTS))
        time.sleep(0.3)
        for user in users:
            menu, flow = (str(answers(bot, user)[at].message["altText"]) for at in (0, 1))
            said = [str(entry.message["altText"]) for entry in answers(bot, user)]
            assert menu != flow
            assert said == [menu, flow, menu, flow, menu], "each once, in the order of arrival"
        assert bot.emulator.refusals == [], "no token was used twice"


def test_call_to_a_slow_line_is_waited_for(server: RedisServer, tmp_path: Path) -> None:
    with bot_with(server, tmp_path, workers=1) as bot:
        bot.emulator.control(slow=4)
        user = bot.emulator.new_user()
        bot.emulator.says(user, "メニュー")
        eventually(lambda: under_way(server) == 1)
        assert bot.workers[0].stop() == 0
        assert len(answers(bot, user)) == 1
        assert len([call for call in bot.emulator.calls if call.path.endswith("/reply")]) == 1
        assert "worker stopped" in bot.workers[0].output


def test_worker_that_a_platform_kills_after_its_grace_costs_nothing(server: RedisServer, tmp_path: Path) -> None:
    """As Heroku does after 30 s and docker stop after 10 s; here it is one."""
    with bot_with(server, tmp_path, workers=2) as bot:
        bot.emulator.control(slow=4)
        users = [bot.emulator.new_user(f"職員{number}") for number in range(4)]
        for text in TEXTS[:2]:
            for user in users:
                bot.emulator.says(user, text)
        eventually(lambda: under_way(server) > 0)
        os.kill(bot.workers[0].pid, signal.SIGTERM)
        time.sleep(1)
        bot.workers[0].kill()
        bot.emulator.control(slow=0)
        wait_for_answers(bot, users, 2)
        time.sleep(0.5)
        assert [len(answers(bot, user)) for user in users] == [2] * len(users)
