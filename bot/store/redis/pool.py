"""A bounded pool of connections to one Redis server, shared by scripts and plain commands.

redis-py's own pool keeps lost connections on top of good ones, counts what was thrown away, and raises at once when it
is full. One burst at a server's limit of clients, or some minutes of a read-only one, then silences a process for good.
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

from bot.store.redis.internals import socket_of

WAIT_SECONDS = 0.5  # for a connection: LINE waits 2 s for a webhook's answer, and a call may take 1.3 of them
IDLE_KEPT = 4  # more are made at a burst, and closed once nobody has needed them for a while
IDLE_SECONDS = 10.0
CROWDED_SECONDS = 1.0  # a server that was full a moment ago is not asked for another connection
AGAIN_SECONDS = 0.05  # between two tries of a process that has no connection at all
SHARE_SECONDS = 60.0  # how long what the server said of its limit is taken as known
FULL = "max number of clients"

Share = Callable[[int], int]


class NoConnectionFreeError(RedisConnectionError):
    """Every connection stayed in use for as long as a caller may wait."""


class BoundedPool(ConnectionPool):
    """A pool whose connections number `max_connections` at most, and this process's share of the server's own limit.

    Lost connections leave it and are not counted. Callers wait in turn, each until a deadline of its own.
    `share` says how many of a server's `maxclients` this pool may use; without it the server's limit is not asked for.
    """

    def __init__(self, *, share: Share | None = None, **options: Any) -> None:
        self._share = share
        super().__init__(**options)

    def reset(self) -> None:
        """Begin anew, at the start and in a forked process."""
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
        """How many connections there are, in use and idle."""
        return self._count

    @property
    def acquire_timeout(self) -> float:
        """Seconds that a caller waits for a connection."""
        return WAIT_SECONDS

    def acquire(self, until: float, *, proven: bool = False) -> Any:
        """Return a connected connection that is the caller's until `release`; raise RedisError if there is none.

        Wait for one until this moment of the monotonic clock. `proven` leaves out idle ones whose server has hung up
        meanwhile, for a caller that has just met a dead one.
        """
        self._checkpid()
        while True:
            # without the lock, which threads would wait for: a list's own steps are whole
            connection = None if self._waiting else self._idle_one(proven=proven)
            if connection is None:
                connection = self._new_or_next(until)
            if connection is None:
                continue
            if self._generations.get(connection) != self._generation:  # given back in the moment of `leave`
                self._drop(connection)
            elif connection.is_connected or self._connected(connection, until):
                return connection

    def get_connection(self, command_name: Any = None, *keys: Any, **options: Any) -> Any:
        """As redis-py asks for one, for a plain command or a pipeline."""
        del command_name, keys, options
        until = time.monotonic() + self.acquire_timeout
        connection = self.acquire(until)
        if _has_ended(connection):
            connection.disconnect()
            self.release(connection)
            connection = self.acquire(until, proven=True)
        socket_of(connection).settimeout(connection.socket_timeout)  # a script may have left the limit to the kernel
        return connection

    def make_connection(self) -> Any:
        """Return a new connection, not connected yet. Its number is bounded by `acquire`, not here."""
        return self.connection_class(**self.connection_kwargs)

    def release(self, connection: Any) -> None:
        """Give it to who has waited longest, or keep it; one that is lost or too many goes away."""
        self._checkpid()
        if connection not in self._in_use:
            return
        if self._is_worth_keeping(connection):
            self._keep(connection)
        else:
            self._drop(connection)

    def drop_connections(self, refused: Any = None) -> None:
        """Close all connections that exist now, those in use as soon as they are given back.

        The server that they lead to is not the one to talk to any more. `refused` is the connection that met it: those
        that were made since its generation was closed are spared.
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
        """The one that was used last, so that those at the other end grow old; None if there is none."""
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
        """A new one, not connected yet, else the next that somebody gives back."""
        with self._changing:
            connection = self._new_one()
            if connection:
                return connection
            place: SimpleQueue[Any] = SimpleQueue()
            self._waiting.append(place)
            self._hand_over()  # who gave one back before this line did not see that somebody waits
        return self._handed_over(place, until)

    def _new_one(self) -> Any:
        """None if there may be no more now."""
        crowded = time.monotonic() < self._crowded_until
        if self.size and (crowded or self.size >= self._limit):
            return None
        connection = self.make_connection()
        self._count += 1
        self._generations[connection] = self._generation
        self._in_use.add(connection)
        return connection

    def _handed_over(self, place: "SimpleQueue[Any]", until: float) -> Any:
        """What somebody gave back; None if a connection went away instead, so that there is room for a new one."""
        try:
            return place.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            with self._changing, suppress(ValueError):
                self._waiting.remove(place)
                full = time.monotonic() < self._crowded_until
                raise NoConnectionFreeError(f"{FULL} reached" if full else "every connection is in use") from None
            return place.get()  # it came in this very moment

    def _connected(self, connection: Any, until: float) -> bool:
        """Connect it; False if the server has no room and there is time to wait for another one."""
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
        """Ask the server, once a minute at most and only when a connection is made, for how many it has room."""
        if self._share is None or time.monotonic() < self._learned + SHARE_SECONDS:
            return
        connection.send_command("INFO", "clients")
        try:
            room = _maxclients(connection.read_response())
        except ResponseError:  # not every user may ask; a full server is then met as it comes
            room = 0
        self._limit = min(max(1, self._share(room)), self.max_connections) if room else self.max_connections
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
            self._begin_to_close()

    def _hand_over(self) -> None:
        """Give what is idle to those who wait, in their order."""
        while self._waiting and self._idle:
            with suppress(IndexError):  # another thread took it
                connection = self._idle.pop()
                self._in_use.add(connection)
                self._waiting.popleft().put(connection)

    def _begin_to_close(self) -> None:
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
        """It is not counted any more, and who waits may make another."""
        self._in_use.discard(connection)
        self._idle_since.pop(connection, None)
        if self._generations.pop(connection, None) is None:
            return
        self._count -= 1
        if self._waiting:
            self._waiting.popleft().put(None)

    def _close_old_ones(self) -> None:
        """Until only a few are idle; the next burst begins another thread."""
        while True:
            time.sleep(IDLE_SECONDS / 10)
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
        """Of the idle ones beyond a few, those that nobody has needed for a while; the longest idle comes first."""
        spare = self._idle[: max(0, len(self._idle) - IDLE_KEPT)]
        before = time.monotonic() - IDLE_SECONDS
        return [connection for connection in spare if self._idle_since.get(connection, 0.0) < before]

    def _take_out(self, connection: Any) -> bool:
        """Whether it was idle until now, and is in use by the caller alone."""
        try:
            self._idle.remove(connection)
        except ValueError:
            return False
        self._in_use.add(connection)
        return True


def _has_ended(connection: Any) -> bool:
    """Whether something lies on an idle connection: its end, or what nobody asked for."""
    try:
        return bool(connection.can_read())
    except (RedisError, OSError):
        return True


def _is_full(error: BaseException) -> bool:
    return isinstance(error, RedisConnectionError) and not isinstance(error, RedisTimeoutError) and FULL in str(error)


def _maxclients(told: Any) -> int:
    """The server's limit out of INFO; 0 if it does not say."""
    text = told if isinstance(told, bytes) else b""
    for line in text.splitlines():
        name, _, value = line.partition(b":")
        if name == b"maxclients" and value.isdigit():
            return int(value)
    return 0


def _close(connections: list[Any]) -> None:
    for connection in connections:
        connection.disconnect()
