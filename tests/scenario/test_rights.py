"""The rights that docs/explanation/security.md recommends for the bot in Redis are enough for all of it."""

import re
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from tests.scenario.person import Person
from tests.scenario.processes import Process, RunningBot
from tests.servers import RedisServer


@pytest.mark.usefixtures("redis")  # empty: no bot of another test owns it
def test_bot_with_the_recommended_rights_passes_the_check_and_answers(
    redis_server: RedisServer, tmp_path: Path
) -> None:
    rights = re.search(r"An ACL for that user: `([^`]+)`", Path("docs/explanation/security.md").read_text())
    assert rights
    admin: Any = Redis.from_url(redis_server.url)
    admin.execute_command("ACL", "SETUSER", "bot", "on", ">geheim", *rights[1].split())
    admin.close()
    bot = RunningBot(redis_server.url.replace("127.0.0.1", "bot:geheim@127.0.0.1"), tmp_path)
    try:
        bot.wait_until_ready()
        check = Process("check --before", bot.environment, tmp_path / "check.log")
        assert check.wait(120) == 0, check.output
        assert "メニュー" in Person(bot).says("メニュー")
        assert "NoPermission" not in bot.logs()
    finally:
        bot.stop()
