"""A Redis client that sends registered scripts directly over a pooled connection.

redis-py polls the socket before each command, records telemetry and wraps each call in retry objects. Here a script is
packed by hiredis, sent and read by redis-py's connection, and nothing else: 14 µs of CPU a call instead of 36 over the
same pool with redis-py's own client (redis-py 8.1, loopback). An event makes four such calls, which is why this is
worth 150 lines. All other commands use the normal client.
"""

import re
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

from bot.store.redis.internals import is_kernel_timeout, socket_of
from bot.store.redis.pool import BoundedPool, NoConnectionFreeError

RETRY_WITHIN = 0.8  # seconds: a call that failed later is not retried, because LINE waits 2 s for a webhook's response


class DirectScript:
    """A registered script, callable from any thread; one retry, because a restarted server leaves dead connections."""

    def __init__(self, client: "DirectScriptRedis", text: bytes) -> None:
        self._client = client
        self._text = text
        self._digest = sha1(text, usedforsecurity=False).hexdigest()

    def __call__(self, keys: Sequence[str] = (), args: Iterable[Any] = ()) -> Any:
        return self._client.run_script((self._digest, self._text, (len(keys), *keys, *args)))


_READONLY = re.compile(r"(?:^|-|caused error: )READONLY ")
Call = tuple[str, bytes, tuple[Any, ...]]  # SHA-1 of the script, its text, its keys and arguments


class DirectScriptRedis(Redis):
    """A Redis client whose registered scripts are sent directly, including those that Dramatiq's broker registers.

    Scripts, commands and pipelines share one `BoundedPool`.
    """

    connection_pool: BoundedPool

    @classmethod
    def from_url(cls, url: str, **options: Any) -> Self:
        """Return a client with its own pool; `options` are redis-py's, plus `share` of `BoundedPool`."""
        client = cls(connection_pool=BoundedPool.from_url(url, **options))
        client.auto_close_connection_pool = True
        return client

    def register_script(self, script: Any) -> Any:
        """Return a script that is sent directly, instead of redis-py's Script."""
        return DirectScript(self, script.encode() if isinstance(script, str) else script)

    def run_script(self, call: Call) -> Any:
        """Run a script and return its reply; raise RedisError."""
        started = time.monotonic()
        until = started + self.connection_pool.wait_seconds
        try:
            return self._run_once(call, until)
        except NoConnectionFreeError:
            raise
        except (RedisConnectionError, RedisTimeoutError):
            if time.monotonic() - started > RETRY_WITHIN:
                raise
            return self._run_once(call, until, proven=True)

    def _run_once(self, call: Call, until: float, *, proven: bool = False) -> Any:
        pool = self.connection_pool
        connection = pool.acquire(until, proven=proven)
        try:
            _set_kernel_timeout(connection)
            return _send_script(connection, call)
        except ResponseError as error:
            if _is_replica(error):
                pool.drop_connections(connection)
            raise
        finally:
            pool.release(connection)

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Run a command. If the server is no longer a master, close the connections to it."""
        try:
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]  # redis-py leaves it bare
        except ResponseError as error:
            if _is_replica(error):
                self.connection_pool.drop_connections()
            raise

    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> Any:  # noqa: FBT001, FBT002 - redis-py's own
        """Return a pipeline that closes the connections as well if the server is no longer a master."""
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


def _set_kernel_timeout(connection: Any) -> None:
    """Let the kernel enforce the socket timeout, because Python's needs a poll and two GIL hand-overs for each read.

    Not for TLS, where Python would read on after the kernel's timeout. Other commands set Python's timeout again, so
    this runs before each script.
    """
    connected, seconds = socket_of(connection), connection.socket_timeout
    if type(connected) is socket.socket and seconds and connected.gettimeout():
        limit = struct.pack("@ll", int(seconds), int(seconds % 1 * 1_000_000))
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        connected.settimeout(None)


def _is_replica(error: RedisError) -> bool:
    """Return True if the server is a replica.

    Some servers say so only in the text of a plain ResponseError: Redis 6 about a script ("… -READONLY …"), and a proxy
    in front of a managed Redis ("ERR READONLY …"; redis-py cuts the "ERR" and, in a pipeline, puts the command before).
    """
    return isinstance(error, (ReadOnlyError, MasterDownError)) or bool(_READONLY.search(str(error)))


def _send_script(connection: Any, call: Call) -> Any:
    digest, text, arguments = call
    try:
        # redis-py's own packing inspects each argument before it calls hiredis
        connection.send_packed_command((pack_command(("EVALSHA", digest, *arguments)),), check_health=False)
        try:
            return connection.read_response()
        except NoScriptError:
            connection.send_command("EVAL", text, *arguments)
            return connection.read_response()
    except ResponseError:
        raise  # the reply was read completely, so the connection stays usable
    except BaseException as error:
        connection.disconnect()  # an unread reply must not be taken for the next one
        if isinstance(error, RedisConnectionError) and is_kernel_timeout(error):
            raise RedisTimeoutError("the server did not answer in time") from error
        raise
