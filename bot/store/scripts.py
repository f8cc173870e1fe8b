"""The Lua scripts of `lua/`, registered once a connection pool."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

Script = Callable[..., Any]


def script(redis: Any, name: str) -> Script:
    """Calls `lua/<name>.lua` with keys and args; a server that has forgotten the script is told it again."""
    registered: Script = redis.register_script(_source(name))
    return registered


@cache
def _source(name: str) -> str:
    return files("bot.store").joinpath("lua", f"{name}.lua").read_text()
