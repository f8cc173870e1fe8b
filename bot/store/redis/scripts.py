"""The Lua scripts of `lua/`, registered once a connection pool."""

from collections.abc import Callable
from functools import cache
from hashlib import sha1
from importlib.resources import files
from typing import Any

Script = Callable[..., Any]


def script(redis: Any, name: str) -> Script:
    """Calls `lua/<name>.lua` with keys and args; a server that has forgotten the script is told it again."""
    registered: Script = redis.register_script(source(name))
    return registered


@cache
def digest(name: str) -> str:
    """Return what a server that knows the script calls it by."""
    return sha1(source(name).encode(), usedforsecurity=False).hexdigest()


@cache
def source(name: str) -> str:
    """Return the text of the script."""
    return files("bot.store").joinpath("lua", f"{name}.lua").read_text()
