"""The Lua scripts of `lua/`, registered with a client."""

from collections.abc import Callable
from functools import cache
from hashlib import sha1
from importlib.resources import files
from typing import Any

Script = Callable[..., Any]


def script(redis: Any, name: str) -> Script:
    """Return a function that calls `lua/<name>.lua` with keys and args. A server that lost the script gets it again."""
    registered: Script = redis.register_script(source(name))
    return registered


@cache
def digest(name: str) -> str:
    """Return the SHA-1 by which EVALSHA calls the script."""
    return sha1(source(name).encode(), usedforsecurity=False).hexdigest()


@cache
def source(name: str) -> str:
    """Return the text of the script."""
    return files("bot.store").joinpath("lua", f"{name}.lua").read_text("utf-8")
