"""A bounded pool of connections to one Redis server, shared by scripts and plain commands.

redis-py's own pool reuses lost connections first, counts discarded ones, and raises at once when it is full. After one
burst at the server's client limit, or some minutes of a read-only server, a process could not recover.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from redis.connection import ConnectionPool
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from bot.runtime.limits import LIMITS
from bot.store.redis.internals import socket_of

IDLE_KEPT = 4  # further connections of a burst are closed when they have been idle for a while
CROWDED_SECONDS = 1.0  # no new connection for so long after the server was full
AGAIN_SECONDS = 0.05  # between two attempts of a process without any connection
SHARE_SECONDS = 60.0  # how long the server's limit is cached
FULL = "max number of clients"

Share = Callable[[int], int]


class NoConnectionFreeError(RedisConnectionError):
    """An error for callers that waited until their deadline while every connection was in use."""


class BoundedPool(ConnectionPool):
    """A pool of at most `max_connections`, and of at most this process's share of the server's client limit.

    Lost connections are removed and not counted. Callers wait in order, each until its own deadline. `share` says how
    many of a server's `maxclients` this pool may use; without it the server's limit is not read.
    """

    def __init__(
        self,
        *,
        share: Share | None = None,
        wait_seconds: float = LIMITS.redis_pool_wait_seconds,
        idle_seconds: float = LIMITS.redis_idle_seconds,
        **options: Any,
    ) -> None:
        self._share = share
        self._idle_seconds = idle_seconds
        self.wait_seconds = wait_seconds  # how long a caller waits for a connection
        super().__init__(**options)

    def reset(self) -> None:
        """Start empty; redis-py calls this at the start and in a forked process."""
        self._changing = threading.Lock()
        # our own: what the base class keeps under such names changes with its releases
        self._idle: list[Any] = []
        self._in_use: set[Any] = set()
        self._count = 0
        self._waiting: deque[SimpleQueue[Any]] = deque()
        self._generation = 0
        self._generations: dict[Any, int] = {}
        self._idle_since: dict[Any, float] = {}
        self._limit = min(IDLE_KEPT, self.max_connections) if self._share else self.max_connections
        self._learned = float("-inf")
        self._crowded_until = 0.0
        self._closer: threading.Thread | None = None
        super().reset()

    @property
    def size(self) -> int:
        """The number of connections, in use and idle."""
        return self._count

    @property
    def limit(self) -> int:
        """The largest number of connections, as far as the server's limit is known."""
        return self._limit

    def acquire(self, until: float, *, proven: bool = False) -> Any:
        """Return a connected connection for the caller until `release`. Raise RedisError if there is none.

        Wait until this time of the monotonic clock. `proven` checks idle connections and skips those that the server
        closed, for a caller that has just met one.
        """
        self._checkpid()
        while True:
            # without the lock, because list operations are atomic and threads would wait for it
            connection = None if self._waiting else self._idle_one(proven=proven)
            if connection is None:
                connection = self._new_or_next(until)
            if connection is None:
                continue
            if self._generations.get(connection) != self._generation:  # released while `drop_connections` ran
                self._drop(connection)
            elif connection.is_connected or self._connected(connection, until):
                return connection

    def get_connection(self, command_name: Any = None, *keys: Any, **options: Any) -> Any:
        """Return a connection for a plain command or a pipeline of redis-py."""
        del command_name, keys, options
        until = time.monotonic() + self.wait_seconds
        connection = self.acquire(until)
        if _has_ended(connection):
            connection.disconnect()
            self.release(connection)
            connection = self.acquire(until, proven=True)
        socket_of(connection).settimeout(connection.socket_timeout)  # a script may have left the timeout to the kernel
        return connection

    def make_connection(self) -> Any:
        """Return a new connection, not connected yet. Its number is bounded by `acquire`, not here."""
        return self.connection_class(**self.connection_kwargs)

    def release(self, connection: Any) -> None:
        """Pass it to the caller that has waited longest, or keep it. Close it if it is lost or over the limit."""
        self._checkpid()
        if connection not in self._in_use:
            return
        if self._is_worth_keeping(connection):
            self._keep(connection)
        else:
            self._drop(connection)

    def drop_connections(self, refused: Any = None) -> None:
        """Close all connections of today: idle ones now, those in use when they are released.

        For a server that is no longer the master. `refused` is the connection that found out; if the connections of its
        generation were dropped already, this does nothing.
        """
        with self._changing:
            if refused is not None and self._generations.get(refused) != self._generation:
                return
            self._generation += 1
            idle = self._without_idle()
        _close(idle)

    def disconnect(self, inuse_connections: bool = True) -> None:  # noqa: FBT001, FBT002 - redis-py's own signature
        """Close the idle ones, and those in use as well if asked to."""
        self._checkpid()
        with self._changing:
            idle = self._without_idle()
            used = list(self._in_use) if inuse_connections else []
        _close([*idle, *used])

    def _without_idle(self) -> list[Any]:
        idle = [connection for connection in list(self._idle) if self._take_out(connection)]
        for connection in idle:
            self._forget(connection)
        return idle

    def _idle_one(self, *, proven: bool) -> Any:
        """Return the idle connection that was used last, so that the others can expire. None if there is none."""
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread took it
                return None
            self._in_use.add(connection)
            if not proven or not _has_ended(connection):
                return connection
            self._drop(connection)
        return None

    def _new_or_next(self, until: float) -> Any:
        """Return a new connection, not connected yet, or else the next one that is released."""
        with self._changing:
            connection = self._new_one()
            if connection:
                return connection
            handover: SimpleQueue[Any] = SimpleQueue()
            self._waiting.append(handover)
            self._hand_over()  # a connection released before this line was not passed on, as nobody waited
        return self._handed_over(handover, until)

    def _new_one(self) -> Any:
        """Return a new connection, or None if the limit is reached or the server is full."""
        crowded = time.monotonic() < self._crowded_until
        if self.size and (crowded or self.size >= self._limit):
            return None
        connection = self.make_connection()
        self._count += 1
        self._generations[connection] = self._generation
        self._in_use.add(connection)
        return connection

    def _handed_over(self, handover: "SimpleQueue[Any]", until: float) -> Any:
        """Wait for a released connection. Return None if one was closed instead, so that a new one may be made."""
        try:
            return handover.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            with self._changing, suppress(ValueError):
                self._waiting.remove(handover)
                full = time.monotonic() < self._crowded_until
                raise NoConnectionFreeError(f"{FULL} reached" if full else "every connection is in use") from None
            return handover.get()  # it was passed on in this very moment

    def _connected(self, connection: Any, until: float) -> bool:
        """Connect it. Return False if the server is full and there is time to wait for another connection."""
        try:
            connection.connect_check_health(retry_socket_connect=False)
            self._learn(connection)
        except BaseException as error:
            connection.disconnect()
            self.release(connection)
            if not _is_full(error) or time.monotonic() >= until:
                raise
            self._crowded_until = time.monotonic() + CROWDED_SECONDS
            if not self.size:
                time.sleep(AGAIN_SECONDS)
            return False
        return True

    def _learn(self, connection: Any) -> None:
        """Read the server's client limit, once a minute at most and only when a connection is made."""
        if self._share is None or time.monotonic() < self._learned + SHARE_SECONDS:
            return
        connection.send_command("INFO", "clients")
        try:
            maxclients = _maxclients(connection.read_response())
        except ResponseError:  # this Redis user may not run INFO; then a full server is noticed when it refuses
            maxclients = 0
        self._limit = min(max(1, self._share(maxclients)), self.max_connections) if maxclients else self.max_connections
        self._learned = time.monotonic()

    def _is_worth_keeping(self, connection: Any) -> bool:
        return bool(
            connection.is_connected
            and connection.pid == self.pid
            and self._generations.get(connection) == self._generation
            and self._count <= self._limit
            and not connection.should_reconnect()
        )

    def _keep(self, connection: Any) -> None:
        self._idle_since[connection] = time.monotonic()
        self._in_use.discard(connection)
        self._idle.append(connection)
        if self._waiting:
            with self._changing:
                self._hand_over()
        elif len(self._idle) > IDLE_KEPT and self._closer is None:
            self._start_closer()

    def _hand_over(self) -> None:
        """Pass idle connections to the callers that wait, in their order."""
        while self._waiting and self._idle:
            with suppress(IndexError):  # another thread took it
                connection = self._idle.pop()
                self._in_use.add(connection)
                self._waiting.popleft().put(connection)

    def _start_closer(self) -> None:
        with self._changing:
            if self._closer is not None:
                return
            self._closer = threading.Thread(target=self._close_old_ones, name="idle-connections", daemon=True)
        with suppress(RuntimeError):  # the process is ending
            self._closer.start()

    def _drop(self, connection: Any) -> None:
        connection.disconnect()
        with self._changing:
            self._forget(connection)

    def _forget(self, connection: Any) -> None:
        """Stop counting it, and let the next caller that waits make another."""
        self._in_use.discard(connection)
        self._idle_since.pop(connection, None)
        if self._generations.pop(connection, None) is None:
            return
        self._count -= 1
        if self._waiting:
            self._waiting.popleft().put(None)

    def _close_old_ones(self) -> None:
        """Close old idle connections until only a few are left. The next burst starts another thread."""
        while True:
            time.sleep(self._idle_seconds / 10)
            with self._changing:
                old = [connection for connection in self._old_ones() if self._take_out(connection)]
                for connection in old:
                    self._forget(connection)
                if len(self._idle) <= IDLE_KEPT:
                    self._closer = None
                    done = True
                else:
                    done = False
            _close(old)
            if done:
                return

    def _old_ones(self) -> list[Any]:
        """Return the idle connections beyond a few that have not been used for a while, longest idle first."""
        spare = self._idle[: max(0, len(self._idle) - IDLE_KEPT)]
        before = time.monotonic() - self._idle_seconds
        return [connection for connection in spare if self._idle_since.get(connection, 0.0) < before]

    def _take_out(self, connection: Any) -> bool:
        """Mark an idle connection as in use by the caller. Return False if it is not idle any more."""
        try:
            self._idle.remove(connection)
        except ValueError:
            return False
        self._in_use.add(connection)
        return True


def _has_ended(connection: Any) -> bool:
    """Return True if an idle connection was closed by the server or has unexpected data."""
    try:
        return bool(connection.can_read())
    except (RedisError, OSError):
        return True


def _is_full(error: BaseException) -> bool:
    return isinstance(error, RedisConnectionError) and not isinstance(error, RedisTimeoutError) and FULL in str(error)


def _maxclients(info: Any) -> int:
    """Return the client limit from a reply to INFO, 0 if it has none."""
    text = info if isinstance(info, bytes) else b""
    for line in text.splitlines():
        name, _, value = line.partition(b":")
        if name == b"maxclients" and value.isdigit():
            return int(value)
    return 0


def _close(connections: list[Any]) -> None:
    for connection in connections:
        connection.disconnect()
