"""The bot that is looked at: its settings, with stand-ins for those that are wrong."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from bot.settings import SettingProblem, Settings, problem_of
from bot.store.redis.connection import connect

# never used for a call: a check that needs one of these settings is skipped
PLACEHOLDERS: dict[str, Any] = {
    "line_channel_secret": "-",
    "line_channel_access_token": "-",
    "secret_key": "-" * 32,
    "public_url": "http://127.0.0.1",
}
TOGETHER = ("redis_url", "redis_cluster", "broker_url")  # wrong only beside each other


@dataclass(frozen=True)
class CheckContext:
    """`wrong` names the settings, as fields, that have a stand-in; `problems` says why, a line each."""

    settings: Settings
    wrong: frozenset[str] = frozenset()
    problems: tuple[SettingProblem, ...] = ()
    now: Callable[[], float] = time.time

    @cached_property
    def redis(self) -> Any:
        """One client for all checks: at a small plan's limit, one for each would meet a full server and blame Redis."""
        return connect(self.settings)


def load_context(**given: Any) -> CheckContext:
    """From the environment; raises nothing for what stands there."""
    wrong: dict[str, Any] = {}
    problems: list[SettingProblem] = []
    while True:
        try:
            return CheckContext(Settings(**given, **wrong), frozenset(wrong), tuple(problems))
        except ValidationError as error:
            items: list[dict[str, Any]] = [dict(item) for item in error.errors()]
            problems += [problem_of(item) for item in items]
            names = {str(item["loc"][0]) for item in items if item["loc"]} or set(TOGETHER)
            given = {name: value for name, value in given.items() if name not in names}
            wrong |= {name: PLACEHOLDERS.get(name, Settings.model_fields[name].get_default()) for name in names}
