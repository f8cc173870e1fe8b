"""A Redis client whose scripts go straight over a kept connection.

redis-py looks at the socket before each command, counts what it does for telemetry and wraps each call in a retry;
a script here is packed, sent and read by redis-py's own connection and nothing else, in half the time. What does not
belong to an event's way goes through the client as usual.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from hashlib import sha1
from typing import Any

from redis import ConnectionPool, Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError


class DirectScript:
    """Called with keys and args from any thread; one retry, because a restarted server leaves dead connections."""

    def __init__(self, pool: ConnectionPool, free: deque[Any], text: bytes) -> None:
        self._pool = pool
        self._free = free
        self._text = text
        self._digest = sha1(text).hexdigest()  # noqa: S324 - how Redis names a script

    def __call__(self, keys: Sequence[str] = (), args: Iterable[Any] = ()) -> Any:
        words = (len(keys), *keys, *args)
        try:
            line = self._free.pop()
        except IndexError:
            line = self._pool.make_connection()
        try:
            return self._ask(line, words)
        except (RedisConnectionError, RedisTimeoutError):
            return self._ask(line, words)
        finally:
            self._free.append(line)

    def _ask(self, line: Any, words: tuple[Any, ...]) -> Any:
        try:
            line.send_command("EVALSHA", self._digest, *words)
            return line.read_response()
        except NoScriptError:
            line.send_command("EVAL", self._text, *words)
            return line.read_response()
        except ResponseError:
            raise  # an answer like others: nothing is left on the line
        except BaseException:
            line.disconnect()  # what was not read must not be taken for the next answer
            raise


class LineRedis(Redis):
    """Redis whose registered scripts are direct ones; Dramatiq's broker registers its own here, too."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lines: deque[Any] = deque()

    def register_script(self, script: Any) -> Any:
        """In the place of redis-py's Script."""
        text = script.encode() if isinstance(script, str) else script
        return DirectScript(self.connection_pool, self._lines, text)

    def close(self) -> None:
        """With the lines of the scripts."""
        while self._lines:
            self._lines.pop().disconnect()
        super().close()
