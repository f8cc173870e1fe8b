"""A Redis Cluster client in which a command waits only for the node that it needs."""

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

from bot.runtime.limits import LIMITS
from bot.store.redis.internals import replace_pipeline_resend, replace_topology_refresh
from bot.store.redis.pool import BoundedPool, Share

logger = logging.getLogger(__name__)
REFRESH_SECONDS = 0.5  # between two reads of the topology while a node is down


class Cluster(RedisCluster):
    """A RedisCluster that raises RedisError for every failure of a node, as the client of a single server does."""

    def execute_command(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().execute_command(*args, **kwargs)  # type: ignore[no-untyped-call]  # redis-py leaves it bare
        except SlotNotCoveredError as error:  # redis-py does not derive it from RedisError
            raise RedisConnectionError(str(error)) from None

    def pipeline(self, transaction: Any = None, shard_hint: Any = None) -> Any:
        """Return a pipeline over all nodes. A node that is down is tried once more, not once for each command."""
        pipe: Any = super().pipeline(transaction, shard_hint)  # type: ignore[no-untyped-call]  # redis-py leaves it bare
        pipe.retry = Retry(NoBackoff(), 0)
        replace_pipeline_resend(pipe, _FailFast)
        return pipe

    def register_script(self, script: Any) -> Any:
        """Return a callable script. redis-py's own sends SCRIPT LOAD to every master and fails if one is down."""
        return partial(self._run, script, sha1(script.encode(), usedforsecurity=False).hexdigest())

    def _run(self, text: str, digest: str, keys: Sequence[str] = (), args: Iterable[Any] = ()) -> Any:
        arguments = (len(keys), *keys, *args)
        try:
            return self.execute_command("EVALSHA", digest, *arguments)
        except NoScriptError:
            return self.execute_command("EVAL", text, *arguments)


class _FailFast:
    """A resend function for pipelines: after one more connection error it fails at once and sends nothing."""

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
    """A thread that reads the cluster topology when asked to.

    redis-py reads it inside the failing command, one node after the other, each until its timeout. With several nodes
    down, a webhook would wait for seconds; LINE allows two.
    """

    def __init__(self, refresh: Any) -> None:
        self._refresh = refresh
        self._wanted = threading.Event()
        self._starting = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="cluster", daemon=True)

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        """Wake the thread and return at once. The arguments of redis-py's own function are ignored."""
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
            except Exception as error:  # noqa: BLE001 - redis-py raises bare exceptions here; the known topology stays in use
                logger.warning("cluster topology not refreshed", extra={"error": type(error).__name__})
            time.sleep(REFRESH_SECONDS)


def connect_cluster(
    urls: str,
    *,
    wait_seconds: float = LIMITS.redis_pool_wait_seconds,
    share: Share | None = None,
    **options: Any,
) -> Cluster:
    """Return a client that learns the topology from the first of the URLs (comma-separated) that answers.

    Raises RedisError if none does.
    """
    first, *others = urls.split(",")
    seeds = [ClusterNode(parts.hostname, parts.port or 6379) for parts in map(urlsplit, others)]  # type: ignore[no-untyped-call]  # redis-py leaves it bare
    try:
        client = Cluster(
            url=first,
            startup_nodes=seeds,
            # one immediate retry, because a restarted server leaves dead connections; more would exceed LINE's timeout
            retry=Retry(NoBackoff(), 1),
            reinitialize_steps=0,  # MOVED updates one slot; do not read the whole topology for it
            require_full_coverage=False,  # a lost master must not affect the users on the others
            protocol=2,
            connection_pool_class=partial(
                BoundedPool, share=share, wait_seconds=wait_seconds
            ),  # one pool for each node
            **options,
        )
    except RedisClusterException as error:
        raise RedisConnectionError(f"no seed of the cluster answers: {type(error).__name__}") from None
    replace_topology_refresh(client, TopologyRefresher)
    return client
