"""The Lua scripts of `lua/`, called by their digest."""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from redis.exceptions import NoScriptError

Script = Callable[..., Any]


def script(redis: Any, name: str) -> Script:
    """Calls `lua/<name>.lua` with keys and args; a server that does not know the script is told it with the call."""
    text, digest = _source(name)

    def call(*, keys: Sequence[str], args: Sequence[Any]) -> Any:
        try:
            return redis.evalsha(digest, len(keys), *keys, *args)
        except NoScriptError:
            # not SCRIPT LOAD: in a cluster that goes to every master, and fails where one of them is away
            return redis.eval(text, len(keys), *keys, *args)

    return call


@cache
def _source(name: str) -> tuple[str, str]:
    text = files("bot.store").joinpath("lua", f"{name}.lua").read_text()
    return text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
