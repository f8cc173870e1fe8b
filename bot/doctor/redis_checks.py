"""Redis: there, new enough, writable, and keeping what it was given."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from redis.exceptions import AuthenticationError, AuthorizationError, NoPermissionError, RedisError

from bot.doctor.finding import Finding, failed, look, ok, skipped, warning
from bot.doctor.patient import Patient
from bot.errors import SettingsError
from bot.store.broker import RESERVED
from bot.store.connection import needed_connections, wanted_connections
from bot.store.places import Places
from bot.store.pool import FULL
from bot.store.writable import try_to_write

OLDEST, TESTED = (5, 0), (6, 2)  # scripts that write after reading the time need 5.0
Facts = dict[str, Any]


def redis(patient: Patient) -> Iterator[Finding]:
    """Reachable, its version, and whether a key can be written by a script."""
    try:
        client = patient.redis
        facts = _facts(client)
    except SettingsError as error:
        name = str(error).partition(":")[0]
        yield failed(f"Redis を使えません（{name}）", f"no Redis: {error}", todo=_LOOK)
        return
    except (RedisError, OSError) as error:
        yield _away(error)
        return
    yield _version(facts)
    if bool(int(facts.get("cluster_enabled", 0))) != patient.settings.redis_cluster:
        yield _other_kind(patient)
        return
    yield from refused_write(client)
    yield from _room_for_clients(client, facts, patient)
    if patient.settings.redis_cluster:
        yield _cluster(client)


def persistence(patient: Patient) -> Iterator[Finding]:
    """Whether an acknowledged event outlives Redis; where CONFIG is forbidden, INFO tells most of it."""
    try:
        client = patient.redis
        facts = _facts(client)
    except (SettingsError, RedisError, OSError):
        yield skipped("Redis が見えません", "Redis cannot be seen")
        return
    yield _append_only(facts)
    yield _eviction(facts)
    yield _fsync(client)


def _facts(client: Any) -> Facts:
    """What INFO says; of a cluster, of any node."""
    found = client.info()
    first = next(iter(found.values()), None)
    return first if isinstance(first, dict) and "redis_version" in first else found


_LOOK = (
    "REDIS_URL と Redis の稼働状況を確かめてください",
    "look at REDIS_URL and at whether Redis runs and lets this machine in",
)


_ROOM = (
    "接続数の多いプランにするか、プロセス数を減らしてください",
    "take a plan with more connections, or run fewer processes",
)


def _away(error: Exception) -> Finding:
    if isinstance(error, AuthenticationError | AuthorizationError | NoPermissionError):
        todo = ("REDIS_URL の利用者名とパスワードを確かめてください", "look at user and password in REDIS_URL")
        return failed("Redis がログインを認めません", "Redis does not let us in", todo=todo)
    if FULL in str(error):
        found = failed("Redis の接続数が上限です（maxclients）", "Redis lets nobody else in (maxclients)", todo=_ROOM)
        return replace(found, cause="redis")
    name = type(error).__name__
    found = failed(f"Redis が応答しません（{name}）", f"Redis does not answer ({name})", todo=_LOOK)
    return replace(found, cause="redis")


def _version(facts: Facts) -> Finding:
    text = str(facts.get("redis_version", "?"))
    number = tuple(int(part) for part in text.split(".")[:2] if part.isdecimal())
    todo = ("Redis 6.2 以上にしてください", "use Redis 6.2 or newer")
    if number < OLDEST:
        return failed(f"Redis {text} は古すぎます", f"Redis {text} is too old", todo=todo)
    if number < TESTED:
        return warning(f"Redis {text} では試験していません", f"not tested with Redis {text}", todo=todo)
    return ok(f"Redis {text} が応答しました", f"Redis {text} answers")


def _other_kind(patient: Patient) -> Finding:
    if patient.settings.redis_cluster:
        todo = (
            "REDIS_CLUSTER を外すか、クラスターの URL にしてください",
            "unset REDIS_CLUSTER, or name a cluster's node",
        )
        return failed("この Redis はクラスターではありません", "this Redis is no cluster", todo=todo)
    todo = ("REDIS_CLUSTER=1 と BROKER_URL を設定してください", "set REDIS_CLUSTER=1 and BROKER_URL")
    return failed("この Redis はクラスターの一部です", "this Redis is a node of a cluster", todo=todo)


def refused_write(client: Any) -> Iterator[Finding]:
    """Yield what is wrong if Redis does not take what the bot writes; nothing if it does."""
    try:
        for place in Places(client).all():
            try_to_write(place.client, place.buckets[0])
    except (RedisError, OSError) as error:
        todo = (
            "プライマリーの URL か、メモリー・ディスクの空き、権限（EVAL）を確かめてください",
            "name the primary, not a replica; look at memory, disk and the right to EVAL",
        )
        name = type(error).__name__
        found = failed(f"Redis に書き込めません（{name}）", f"Redis takes no writes ({name})", todo=todo)
        yield replace(found, cause="redis writes")


def _room_for_clients(client: Any, facts: Facts, patient: Patient) -> Iterator[Finding]:
    """Compare the clients that Redis lets in with what the processes of these settings open."""
    allowed = _maxclients(client, facts)
    wanted, needed = wanted_connections(patient.settings), needed_connections(patient.settings)
    if allowed is None:
        yield look(
            "maxclients が見えません",
            "maxclients cannot be seen",
            todo=(
                f"接続数が {needed} 以上（余裕を見て {wanted} 以上）のプランか、管理画面で確かめてください",
                f"look for a plan that allows {needed} connections, better {wanted}",
            ),
        )
        return
    todo = (
        f"接続数の多いプランにするか、プロセス数を減らしてください（{wanted} あれば待ちません）",
        f"take a plan with more connections, or run fewer processes (with {wanted} nobody waits for one)",
    )
    if allowed < needed:
        ja = f"接続数が足りません（maxclients {allowed}、最低 {needed}）"
        yield failed(ja, f"too few connections (maxclients {allowed}, at least {needed} needed)", todo=todo)
    elif allowed < wanted + RESERVED:
        ja = f"接続を分け合います（maxclients {allowed}、最大 {wanted}）"
        yield warning(ja, f"processes share few connections (maxclients {allowed}, up to {wanted} used)", todo=todo)
    else:
        ja = f"接続数は足ります（maxclients {allowed}、最大 {wanted}）"
        yield ok(ja, f"enough connections (maxclients {allowed}, up to {wanted} used)")


def _maxclients(client: Any, facts: Facts) -> int | None:
    """Return what INFO says, else CONFIG; None if neither is allowed to be read."""
    said = facts.get("maxclients") or _quietly(lambda: client.config_get("maxclients").get("maxclients"))
    return int(said) if said and str(said).isdecimal() else None


def _cluster(client: Any) -> Finding:
    state = client.cluster_info(target_nodes="random")
    facts = next(iter(state.values())) if state and "cluster_state" not in state else state
    nodes = f"{facts.get('cluster_size', '?')}"
    if facts.get("cluster_state") == "ok" and int(facts.get("cluster_slots_ok", 0)) == 16384:
        return ok(f"クラスターは正常です（主ノード {nodes}）", f"the cluster is whole ({nodes} primaries)")
    todo = (
        "redis-cli --cluster check でスロットとノードを確かめてください",
        "redis-cli --cluster check names slots and nodes",
    )
    return failed("クラスターが正常ではありません", "the cluster is not whole", todo=todo)


_MANAGED = ("Redis の管理画面で確かめてください", "look in the console of whoever runs this Redis")


def _append_only(facts: Facts) -> Finding:
    todo = (
        "appendonly yes にしてください（なければ停止時に受け付けた事項を失います）",
        "set appendonly yes: without it, acknowledged events are lost when Redis stops",
    )
    if "aof_enabled" not in facts:
        return look("AOF の有無が見えません", "whether there is an append-only file cannot be seen", todo=_MANAGED)
    if not int(facts["aof_enabled"]):
        return failed("追記専用ファイルがありません（appendonly no）", "no append-only file (appendonly no)", todo=todo)
    if facts.get("aof_last_write_status", "ok") != "ok":
        disk = ("Redis のディスクの空きを確かめてください", "look at the disk of Redis")
        return failed("追記専用ファイルに書けていません", "the append-only file cannot be written", todo=disk)
    return ok("追記専用ファイルがあります（appendonly yes）", "an append-only file is kept (appendonly yes)")


def _eviction(facts: Facts) -> Finding:
    policy = facts.get("maxmemory_policy")
    if policy is None:
        return look("maxmemory-policy が見えません", "maxmemory-policy cannot be seen", todo=_MANAGED)
    if policy == "noeviction":
        return ok("メモリー不足でも消しません（noeviction）", "nothing is evicted (maxmemory-policy noeviction)")
    todo = ("maxmemory-policy noeviction にしてください", "set maxmemory-policy noeviction")
    said = f"maxmemory-policy {policy}"
    return failed(f"メモリー不足のとき会話が消されます（{said}）", f"conversations may be evicted ({said})", todo=todo)


def _fsync(client: Any) -> Finding:
    how = _quietly(lambda: client.config_get("appendfsync").get("appendfsync"))
    if how is None:
        todo = (
            "appendfsync が everysec か always か、管理画面で確かめてください",
            "look for appendfsync everysec or always",
        )
        return look(
            "appendfsync は見えません（CONFIG 不可）", "appendfsync cannot be seen (CONFIG is forbidden)", todo=todo
        )
    if how == "no":
        todo = ("appendfsync everysec にしてください", "set appendfsync everysec")
        return failed("ディスクへの書き込みが OS 任せです", "writing to disk is left to the system", todo=todo)
    return ok(f"appendfsync {how}", f"appendfsync {how}")


def _quietly(ask: Callable[[], Any]) -> str | None:
    """None where CONFIG is forbidden, renamed, or tells nothing."""
    try:
        found = ask()
    except (RedisError, OSError, AttributeError):
        return None
    return found.decode() if isinstance(found, bytes) else found
