"""A Redis client whose scripts go straight over a kept connection.

redis-py looks at the socket before each command, counts what it does for telemetry and wraps each call in a retry;
a script here is packed, sent and read by redis-py's own connection and nothing else, in a third of the time. What does
not belong to an event's way goes through the client as usual.
"""

import socket
import struct
import time
from collections.abc import Iterable, Sequence
from hashlib import sha1
from typing import Any, Self

from hiredis import pack_command
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import MasterDownError, NoScriptError, ReadOnlyError, RedisError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from bot.store.redis.pool import BoundedPool, NoConnectionFreeError

AGAIN_WITHIN = 0.8  # seconds after which nothing is asked again: LINE waits 2 for a webhook's answer


class DirectScript:
    """Called with keys and args from any thread; one retry, because a restarted server leaves dead connections."""

    def __init__(self, client: "DirectScriptRedis", text: bytes) -> None:
        self._client = client
        self._text = text
        self._digest = sha1(text, usedforsecurity=False).hexdigest()

    def __call__(self, keys: Sequence[str] = (), args: Iterable[Any] = ()) -> Any:
        words = (len(keys), *keys, *args)
        return self._client.run_script((self._digest, self._text, words))


Call = tuple[str, bytes, tuple[Any, ...]]  # the script's digest, its text, its keys and args


class DirectScriptRedis(Redis):
    """Redis whose registered scripts are direct ones; Dramatiq's broker registers its own here, too.

    Scripts, commands and pipelines share one `BoundedPool`.
    """

    connection_pool: BoundedPool

    @classmethod
    def from_url(cls, url: str, **options: Any) -> Self:
        """Return a client with a pool of its own; `options` as of redis-py, and `share` as of `BoundedPool`."""
        client = cls(connection_pool=BoundedPool.from_url(url, **options))
        client.auto_close_connection_pool = True
        return client

    def register_script(self, script: Any) -> Any:
        """In the place of redis-py's Script."""
        return DirectScript(self, script.encode() if isinstance(script, str) else script)

    def run_script(self, call: Call) -> Any:
        """The script's answer; raises RedisError."""
        started = time.monotonic()
        until = started + self.connection_pool.acquire_timeout
        try:
            return self._once(call, until)
        except NoConnectionFreeError:
            raise
        except (RedisConnectionError, RedisTimeoutError):
            if time.monotonic() - started > AGAIN_WITHIN:
                raise
            return self._once(call, until, proven=True)

    def _once(self, call: Call, until: float, *, proven: bool = False) -> Any:
        pool = self.connection_pool
        connection = pool.acquire(until, proven=proven)
        try:
            _time_by_the_kernel(connection)
            return _asked(connection, call)
        except ResponseError as error:
            if _is_replica(error):
                pool.drop_connections(connection)
            raise
        finally:
            pool.release(connection)

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """As ever, but no connection to a server that is master no longer is kept."""
        try:
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]  # redis-py leaves it bare
        except ResponseError as error:
            if _is_replica(error):
                self.connection_pool.drop_connections()
            raise

    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> Any:  # noqa: FBT001, FBT002 - redis-py's own
        """As of redis-py, with the same care."""
        pipe: Any = super().pipeline(transaction, shard_hint)
        send = pipe.execute

        def execute(raise_on_error: bool = True) -> Any:  # noqa: FBT001, FBT002 - redis-py's own
            try:
                return send(raise_on_error)
            except ResponseError as error:
                if _is_replica(error):
                    self.connection_pool.drop_connections()
                raise

        pipe.execute = execute
        return pipe


def _time_by_the_kernel(connection: Any) -> None:
    """Set the same time limit without Python's poll before each read and write, and its two hand-overs of the lock.

    Not under TLS: Python would go on reading after the kernel's limit. redis-py's own calls undo it, so it is looked at
    before each script.
    """
    connected, seconds = connection._sock, connection.socket_timeout
    if type(connected) is socket.socket and seconds and connected.gettimeout():
        limit = struct.pack("@ll", int(seconds), int(seconds % 1 * 1_000_000))
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        connected.settimeout(None)


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
