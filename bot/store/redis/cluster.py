"""A client of Redis Cluster in which no call waits for more than the one server it needs."""

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from functools import partial
from hashlib import sha1
from typing import Any
from urllib.parse import urlsplit

from redis.backoff import NoBackoff
from redis.cluster import ClusterNode, RedisCluster
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError, RedisClusterException, RedisError, SlotNotCoveredError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from bot.store.redis.pool import BoundedPool, Share

logger = logging.getLogger(__name__)
REFRESH_SECONDS = 0.5  # between two looks at who serves what, while a server is away


class Cluster(RedisCluster):
    """Raises RedisError for whatever goes wrong outside of this process, as a client of one server does."""

    def execute_command(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().execute_command(*args, **kwargs)  # type: ignore[no-untyped-call]  # redis-py leaves it bare
        except SlotNotCoveredError as error:  # the one error of this kind that redis-py does not count as RedisError
            raise RedisConnectionError(str(error)) from None

    def pipeline(self, transaction: Any = None, shard_hint: Any = None) -> Any:
        """Over all servers; one that is away is tried once more, not once for each of its commands."""
        pipe: Any = super().pipeline(transaction, shard_hint)  # type: ignore[no-untyped-call]  # redis-py leaves it bare
        pipe.retry = Retry(NoBackoff(), 0)
        pipe.parent_execute_command = _FailFast(pipe.parent_execute_command)
        return pipe

    def register_script(self, script: Any) -> Any:
        """In the place of redis-py's Script, which tells a new script to every master and fails where one is away."""
        return partial(self._run, script, sha1(script.encode(), usedforsecurity=False).hexdigest())

    def _run(self, text: str, digest: str, keys: Sequence[str] = (), args: Iterable[Any] = ()) -> Any:
        words = (len(keys), *keys, *args)
        try:
            return self.execute_command("EVALSHA", digest, *words)
        except NoScriptError:
            return self.execute_command("EVAL", text, *words)


class _FailFast:
    """How a pipeline sends again, one by one, what failed; after one more failure nothing is sent."""

    def __init__(self, send: Any) -> None:
        self._send = send
        self._failure: RedisError | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._failure:
            raise self._failure
        try:
            return self._send(*args, **kwargs)
        except (RedisConnectionError, RedisTimeoutError) as error:
            self._failure = error
            raise


class TopologyRefresher:
    """Learns in a thread of its own who serves what.

    redis-py asks within the failing call, server by server, each for as long as the timeout allows; with several
    away, a webhook would wait for seconds.
    """

    def __init__(self, refresh: Any) -> None:
        self._refresh = refresh
        self._wanted = threading.Event()
        self._starting = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="cluster", daemon=True)

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        """Stands in for the client's own refresh, whatever that is told; returns at once."""
        del args, kwargs
        with self._starting:
            if self._thread.ident is None:
                self._thread.start()
        self._wanted.set()

    def _run(self) -> None:
        while self._wanted.wait():
            self._wanted.clear()
            try:
                self._refresh()
            except Exception as error:  # noqa: BLE001 - redis-py raises bare exceptions here; what is known stays good
                logger.warning("cluster not asked", extra={"error": type(error).__name__})
            time.sleep(REFRESH_SECONDS)


def connect_cluster(urls: str, share: Share | None = None, **options: Any) -> Cluster:
    """A client by way of the first seed that answers (`urls`: separated by commas); raises RedisError if none does."""
    first, *others = urls.split(",")
    seeds = [ClusterNode(parts.hostname, parts.port or 6379) for parts in map(urlsplit, others)]  # type: ignore[no-untyped-call]  # redis-py leaves it bare
    try:
        client = Cluster(
            url=first,
            startup_nodes=seeds,
            # once more at once: a restarted server leaves dead connections. Nothing else is worth a webhook's time.
            retry=Retry(NoBackoff(), 1),
            reinitialize_steps=0,  # a slot that moved is noted as it is met, without asking for all of them
            require_full_coverage=False,  # one lost master must not cost the users of the others
            protocol=2,
            connection_pool_class=partial(BoundedPool, share=share),  # one for each server
            **options,
        )
    except RedisClusterException as error:
        raise RedisConnectionError(f"no seed of the cluster answers: {type(error).__name__}") from None
    manager: Any = client.nodes_manager
    manager.initialize = TopologyRefresher(manager.initialize)
    return client
