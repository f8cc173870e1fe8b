"""A Redis client whose scripts go straight over a kept connection.

redis-py looks at the socket before each command, counts what it does for telemetry and wraps each call in a retry;
a script here is packed, sent and read by redis-py's own connection and nothing else, in a third of the time. What does
not belong to an event's way goes through the client as usual.
"""

import socket
import struct
import time
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha1
from typing import Any

from hiredis import pack_command
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import MasterDownError, NoScriptError, ReadOnlyError, RedisError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

AGAIN_WITHIN = 0.8  # seconds after which nothing is asked again: LINE waits 2 for a webhook's answer


class DirectScript:
    """Called with keys and args from any thread; one retry, because a restarted server leaves dead connections."""

    def __init__(self, client: "LineRedis", text: bytes) -> None:
        self._client = client
        self._text = text
        self._digest = sha1(text, usedforsecurity=False).hexdigest()

    def __call__(self, keys: Sequence[str] = (), args: Iterable[Any] = ()) -> Any:
        words = (len(keys), *keys, *args)
        return self._client.over_a_line((self._digest, self._text, words))


Call = tuple[str, bytes, tuple[Any, ...]]  # the script's digest, its text, its keys and args


class LineRedis(Redis):
    """Redis whose registered scripts are direct ones; Dramatiq's broker registers its own here, too."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lines: deque[Any] = deque()

    def register_script(self, script: Any) -> Any:
        """In the place of redis-py's Script."""
        return DirectScript(self, script.encode() if isinstance(script, str) else script)

    def over_a_line(self, call: Call) -> Any:
        """The script's answer; raises RedisError."""
        started = time.monotonic()
        line: Any
        try:
            line = self._lines.pop()
        except IndexError:
            line = self.connection_pool.make_connection()
            line.register_connect_callback(self._timed_by_the_kernel)
            line.retry = Retry(NoBackoff(), 0)  # it is asked again below: tries within tries would outlast a webhook
        try:
            return _asked(line, call)
        except (RedisConnectionError, RedisTimeoutError):
            if time.monotonic() - started > AGAIN_WITHIN:
                raise
            return _asked(line, call)
        except ResponseError as error:
            if _is_replica(error):
                line.disconnect()
                self._leave_server()
            raise
        finally:
            self._lines.append(line)

    def _timed_by_the_kernel(self, line: Any) -> None:
        """The same time limit without Python's poll before each read and write, and its two hand-overs of the lock.

        Not under TLS, where Python would go on reading when the kernel's limit is over.
        """
        connected, seconds = line._sock, line.socket_timeout
        if type(connected) is socket.socket and seconds:
            limit = struct.pack("@ll", int(seconds), int(seconds % 1 * 1_000_000))
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
            connected.settimeout(None)

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """As ever, but no connection to a server that is master no longer is kept."""
        try:
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]  # redis-py leaves it bare
        except ResponseError as error:
            if _is_replica(error):
                self._leave_server()
            raise

    def _leave_server(self) -> None:
        """After a failover the address leads to another server; what stays connected would be refused for ever."""
        self._hang_up()
        self.connection_pool.disconnect(inuse_connections=False)

    def _hang_up(self) -> None:
        with suppress(IndexError):
            while True:
                self._lines.pop().disconnect()

    def close(self) -> None:
        """With the lines of the scripts."""
        self._hang_up()
        super().close()


def _is_replica(error: RedisError) -> bool:
    """Redis 6 names a script's error only in its text."""
    return isinstance(error, (ReadOnlyError, MasterDownError)) or "-READONLY" in str(error)


def _asked(line: Any, call: Call) -> Any:
    digest, text, words = call
    try:
        # redis-py's own packing looks at each word before it gives them to hiredis, too
        line.send_packed_command((pack_command(("EVALSHA", digest, *words)),), check_health=False)
        try:
            return line.read_response()
        except NoScriptError:
            line.send_command("EVAL", text, *words)
            return line.read_response()
    except ResponseError:
        raise  # read to its end: the line is good
    except BaseException as error:
        line.disconnect()  # what was not read must not be taken for the next answer
        if isinstance(error, RedisConnectionError) and isinstance(error.__context__, BlockingIOError):
            raise RedisTimeoutError("the server did not answer in time") from error
        raise
