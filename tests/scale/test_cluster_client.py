"""The client itself: who lies where, what the loss of a master costs the others, who takes its place."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from redis.crc import key_slot
from redis.exceptions import RedisError

from bot.errors import SettingsError, StoreUnavailableError
from bot.runtime.limits import LIMITS
from bot.settings import Settings
from bot.store.keys import BUCKETS, UserKeys, sweeper_lock
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.queue.lease_renewer import renew_all
from bot.store.queue.sweeper import Sweeper
from bot.store.queue.user_queue import UserQueue
from bot.store.redis.cluster import Cluster as Client
from bot.store.redis.cluster import connect_cluster
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.redis.connection import require_reachable
from tests.clusters import Cluster, ClusterAndRabbit
from tests.conftest import PATIENT
from tests.eventually import quickest, seconds_of
from tests.servers import free_port

TIMEOUTS: dict[str, Any] = {"socket_timeout": 0.7, "socket_connect_timeout": 0.7, "wait_seconds": 0.7}


@pytest.fixture
def fragile(cluster: Cluster) -> Iterator[Client]:
    client = connect_cluster(cluster.url, **TIMEOUTS)
    yield client
    client.close()


def user_on(client: Client, port: int, number: int = 0) -> str:
    found = [bucket for bucket in BUCKETS if ClusterNodes(client).node_of(bucket) == f"127.0.0.1:{port}"]
    return found[number] + "0" * 30


def put(inbox: Inbox, user: str, event_id: str = "01A") -> str:
    return inbox.put(IncomingEvent(user, event_id, b"payload", limited=True))


def until(done: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def accepted(inbox: Inbox, user: str, event_id: str) -> bool:
    try:
        return bool(put(inbox, user, event_id))
    except StoreUnavailableError:
        return False


def test_every_bucket_lies_on_one_of_three_masters(client: Client) -> None:
    places = ClusterNodes(client).all()
    assert len(places) == 3
    assert sorted(bucket for place in places for bucket in place.buckets) == sorted(BUCKETS)
    for place in places:
        for bucket in place.buckets:
            place.client.zcount(UserKeys(bucket + "0" * 30).due, 0, 1)  # MOVED would be an error


def test_users_of_every_master_are_found_by_the_sweep(client: Client, servers: ClusterAndRabbit) -> None:
    users = {user_on(client, node.port) for node in servers.redis.masters}
    for user in users:
        client.zadd(UserKeys(user).due, {user: 1})
    assert set(Sweeper(client).users()) == users


def test_sweep_finds_the_others_where_one_master_is_frozen(fragile: Client, cluster: Cluster) -> None:
    users = [user_on(fragile, node.port) for node in cluster.masters]
    for user in users:
        fragile.zadd(UserKeys(user).due, {user: 1})
    cluster.masters[0].freeze()
    started = time.monotonic()
    assert sorted(Sweeper(fragile).users()) == sorted(users[1:])
    assert time.monotonic() - started < 15, "bucket by bucket, it would take a minute"
    cluster.masters[0].thaw()


def test_pipeline_over_all_servers_does_not_wait_for_each_command(fragile: Client, cluster: Cluster) -> None:
    cluster.masters[0].freeze()
    started = time.monotonic()
    with fragile.pipeline(transaction=False) as pipe:
        for bucket in BUCKETS:
            pipe.zcard(UserKeys(bucket + "0" * 30).due)
        with pytest.raises(RedisError):
            pipe.execute()
    assert time.monotonic() - started < 30, "one by one, they would take a minute"
    cluster.masters[0].thaw()


def test_holds_of_the_others_do_not_run_out_where_one_master_is_frozen(fragile: Client, cluster: Cluster) -> None:
    mailbox = UserQueue(fragile, PATIENT.lease_ms)
    lost = [mailbox.acquire(user_on(fragile, cluster.masters[0].port, number)) for number in range(12)]
    kept = mailbox.acquire(user_on(fragile, cluster.masters[1].port))
    for hold in (*lost, kept):
        put(Inbox(fragile), hold.user)
        assert hold.claim_next()
    cluster.masters[0].freeze()
    in_time = LIMITS.lease_ms / 1000 - 1
    assert quickest(lambda: seconds_of(lambda: renew_all([*lost, kept])), in_time) < in_time
    assert fragile.pttl(UserKeys(kept.user).lease) > 30_000, "of the minute that it is renewed for here"
    cluster.masters[0].thaw()


def test_script_is_known_to_one_master_where_another_is_away(fragile: Client, cluster: Cluster) -> None:
    cluster.masters[0].kill()
    assert put(Inbox(fragile), user_on(fragile, cluster.masters[1].port)) == "stored_woken"


def test_replica_that_takes_over_has_what_was_accepted_and_takes_more(fragile: Client, cluster: Cluster) -> None:
    replica = cluster.add_replica(0)
    user, inbox = user_on(fragile, cluster.masters[0].port), Inbox(fragile)
    put(inbox, user, "01A")
    with replica.client as seen:
        until(lambda: int(seen.dbsize()) > 0)
    cluster.masters[0].kill()
    until(lambda: accepted(inbox, user, "01B"))
    assert ClusterNodes(fragile).node_of(user) == f"127.0.0.1:{replica.port}"
    assert fragile.llen(UserKeys(user).inbox) == 2
    fragile.delete(sweeper_lock(user[:2]))
    fragile.zadd(UserKeys(user).due, {user: 1})
    assert user in Sweeper(fragile).users()


def test_user_whose_slot_moved_is_still_served(fragile: Client, cluster: Cluster) -> None:
    origin, target = cluster.masters[0], cluster.masters[1]
    user, inbox = user_on(fragile, origin.port), Inbox(fragile)
    put(inbox, user, "01A")
    cluster.move_slot(key_slot(user[:2].encode()), origin, target)
    assert put(inbox, user, "01B") == "stored"
    assert ClusterNodes(fragile).node_of(user) == f"127.0.0.1:{target.port}"


def test_start_needs_only_one_seed_that_answers(servers: ClusterAndRabbit, settings: Settings) -> None:
    dead = f"redis://127.0.0.1:{free_port()}/0"
    require_reachable(Settings(**{**settings.model_dump(), "redis_url": f"{dead},{servers.url}"}))
    with pytest.raises(SettingsError, match=r"^REDIS_URL: Redis does not answer"):
        require_reachable(Settings(**{**settings.model_dump(), "redis_url": dead}))


def test_command_across_slots_is_refused_and_found_at_the_end_of_a_run(cluster: Cluster) -> None:
    """What `ClusterAndRabbit.stop` asks of the cluster that all the tests shared."""
    assert cluster.refused_across_slots() == []
    master = cluster.masters[0]
    with master.client as client, pytest.raises(RedisError, match="same slot"):
        client.delete("a", "b")
    master.kill()
    master.restart()
    assert cluster.refused_across_slots() == [master.port]
