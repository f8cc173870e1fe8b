"""Redis: there, new enough, writable, and keeping what it was given."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from redis.exceptions import AuthenticationError, AuthorizationError, NoPermissionError, RedisError

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, failed, manual, ok, skipped, warning
from bot.errors import SettingsError
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.redis.connection import needed_connections, wanted_connections
from bot.store.redis.connection_errors import is_certificate_error
from bot.store.redis.pool import FULL
from bot.store.redis.server_versions import ServerVersion, of_info
from bot.store.redis.writable import try_to_write
from bot.store.wakeups.broker import RESERVED

OLDEST, TESTED = (5, 0), (6, 2)  # scripts that write after reading the time need 5.0
Facts = dict[str, Any]


def redis(context: CheckContext) -> Iterator[CheckResult]:
    """Reachable, its version, and whether a key can be written by a script."""
    try:
        client = context.redis
        client.ping()
        facts = _facts(client) or _greeting(client)
    except SettingsError as error:
        name = str(error).partition(":")[0]
        yield failed(f"Redis を使えません（{name}）", f"no Redis: {error}", next_step=_LOOK)
        return
    except (RedisError, OSError) as error:
        yield _away(error)
        return
    yield from _version(facts)
    if "cluster_enabled" in facts and bool(int(facts["cluster_enabled"])) != context.settings.redis_cluster:
        yield _other_kind(context)
        return
    yield from refused_write(client)
    yield from _room_for_clients(client, facts, context)
    if context.settings.redis_cluster:
        yield _cluster(client)


def persistence(context: CheckContext) -> Iterator[CheckResult]:
    """Check that an acknowledged event survives a crash of Redis. Without CONFIG, INFO shows most of it."""
    try:
        client = context.redis
        facts = _facts(client)
    except (SettingsError, RedisError, OSError):
        yield skipped("Redis が見えません", "Redis cannot be seen")
        return
    yield _append_only(facts)
    yield _eviction(facts)
    yield _fsync(client)


def _facts(client: Any) -> Facts:
    """Return INFO, in a cluster that of any node. Empty if the user has no right to it."""
    try:
        found = client.info()
    except NoPermissionError:
        return {}
    first = next(iter(found.values()), None)
    return first if isinstance(first, dict) and "redis_version" in first else found


def _greeting(client: Any) -> Facts:
    """Return the reply to HELLO, which needs no right of its own: the version and the cluster mode."""
    try:
        said = client.execute_command("HELLO", **({"target_nodes": "random"} if hasattr(client, "get_nodes") else {}))
    except (RedisError, OSError):
        return {}
    if isinstance(said, dict) and len(said) == 1:  # by node
        said = next(iter(said.values()))
    pairs = said.items() if isinstance(said, dict) else zip(said[::2], said[1::2], strict=False)
    words = {_text(name): _text(value) for name, value in pairs}
    version = "valkey_version" if words.get("server") == "valkey" else "redis_version"
    return {version: words.get("version", "?"), "cluster_enabled": words.get("mode") == "cluster"}


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


_LOOK = (
    "REDIS_URL と Redis の稼働状況を確かめてください",
    "look at REDIS_URL and at whether Redis runs and lets this machine in",
)


_ROOM = (
    "接続数の多いプランにするか、プロセス数を減らしてください",
    "take a plan with more connections, or run fewer processes",
)


def _away(error: Exception) -> CheckResult:
    if isinstance(error, NoPermissionError):
        next_step = (
            "Redis の ACL を確かめてください（docs/explanation/security.ja.md）",
            "look at the ACL of this user (docs/explanation/security.md)",
        )
        return failed(
            "この利用者には必要な権限がありません", "this user lacks rights that the bot needs", next_step=next_step
        )
    if isinstance(error, AuthenticationError | AuthorizationError):
        next_step = ("REDIS_URL の利用者名とパスワードを確かめてください", "look at user and password in REDIS_URL")
        return failed("Redis がログインを認めません", "Redis does not let us in", next_step=next_step)
    if is_certificate_error(error):
        return replace(certificate_finding("Redis", "Redis", "REDIS_URL"), cause="redis")
    if FULL in str(error):
        found = failed(
            "Redis の接続数が上限です（maxclients）", "Redis lets nobody else in (maxclients)", next_step=_ROOM
        )
        return replace(found, cause="redis")
    name = type(error).__name__
    found = failed(f"Redis が応答しません（{name}）", f"Redis does not answer ({name})", next_step=_LOOK)
    return replace(found, cause="redis")


def certificate_finding(ja: str, en: str, setting: str) -> CheckResult:
    """Of a server whose certificate nobody known has signed, as Heroku's."""
    next_step = (
        f"{setting} に ?ssl_ca_certs=<CAのファイル> を付けてください。Heroku の自己署名には "
        "?ssl_cert_reqs=none（docs/start/deployment.ja.md 3a）",
        f"add ?ssl_ca_certs=<file of its authority> to {setting}; for Heroku's self-signed one "
        "?ssl_cert_reqs=none (docs/start/deployment.md, 3a)",
    )
    return failed(
        f"{ja} のサーバー証明書を確認できません", f"the certificate of {en} is not trusted", next_step=next_step
    )


def _version(facts: Facts) -> Iterator[CheckResult]:
    if not facts:
        yield manual(
            "Redis の版が見えません（INFO 不可）", "Redis's version cannot be seen (INFO is denied)", next_step=_MANAGED
        )
        return
    server = of_info(facts)
    said = f"{server.product} {server.number}"
    number = tuple(int(part) for part in server.number.split(".")[:2] if part.isdecimal())
    next_step = ("Redis 6.2 以上にしてください", "use Redis 6.2 or newer")
    if number < OLDEST:
        yield failed(f"{said} は古すぎます", f"{said} is too old", next_step=next_step)
    elif number < TESTED:
        yield warning(f"{said} では試験していません", f"not tested with {said}", next_step=next_step)
    else:
        yield ok(f"{said} が応答しました", f"{said} answers")
        yield from _patch_level(server)


def _patch_level(server: ServerVersion) -> Iterator[CheckResult]:
    """Report the vulnerabilities that are known in this release."""
    said = f"{server.product} {server.number}"
    if server.state == "behind" and server.wanted:
        wanted, release = server.wanted
        known = f"（{'、'.join(release.cves[:3])} など）" if release.cves else ""
        known_en = f" ({', '.join(release.cves[:3])}, …)" if release.cves else ""
        yield warning(
            f"{said} には既知の脆弱性があります{known}",
            f"{said} has known vulnerabilities{known_en}",
            next_step=(
                f"{server.product} {wanted}（{release.released}）以上にしてください",
                f"use {server.product} {wanted} ({release.released}) or newer",
            ),
        )
    elif server.state == "ended":
        yield manual(
            f"{said} の系列は開発元の更新が終わっています",
            f"the line of {said} gets no more fixes from its makers",
            next_step=(
                "OS の配布元の修正（apt list --upgradable）が当たっているか確かめるか、新しい系列にしてください",
                "see that your distribution mends it and is up to date (apt list --upgradable), or take a newer line",
            ),
        )


def _other_kind(context: CheckContext) -> CheckResult:
    if context.settings.redis_cluster:
        next_step = (
            "REDIS_CLUSTER を外すか、クラスターの URL にしてください",
            "unset REDIS_CLUSTER, or name a cluster's node",
        )
        return failed("この Redis はクラスターではありません", "this Redis is no cluster", next_step=next_step)
    next_step = ("REDIS_CLUSTER=1 と BROKER_URL を設定してください", "set REDIS_CLUSTER=1 and BROKER_URL")
    return failed("この Redis はクラスターの一部です", "this Redis is a node of a cluster", next_step=next_step)


def refused_write(client: Any) -> Iterator[CheckResult]:
    """Yield what is wrong if Redis does not take what the bot writes; nothing if it does."""
    try:
        for place in ClusterNodes(client).all():
            try_to_write(place.client, place.buckets[0])
    except (RedisError, OSError) as error:
        next_step = (
            "プライマリーの URL か、メモリー・ディスクの空き、権限（EVAL）を確かめてください",
            "name the primary, not a replica; look at memory, disk and the right to EVAL",
        )
        name = type(error).__name__
        found = failed(f"Redis に書き込めません（{name}）", f"Redis takes no writes ({name})", next_step=next_step)
        yield replace(found, cause="redis writes")


def _room_for_clients(client: Any, facts: Facts, context: CheckContext) -> Iterator[CheckResult]:
    """Compare the clients that Redis lets in with what the processes of these settings open."""
    allowed = _maxclients(client, facts)
    wanted, needed = wanted_connections(context.settings), needed_connections(context.settings)
    if allowed is None:
        yield manual(
            "maxclients が見えません",
            "maxclients cannot be seen",
            next_step=(
                f"接続数が {needed} 以上（余裕を見て {wanted} 以上）のプランか、管理画面で確かめてください",
                f"look for a plan that allows {needed} connections, better {wanted}",
            ),
        )
        return
    next_step = (
        f"接続数の多いプランにするか、プロセス数を減らしてください（{wanted} あれば待ちません）",
        f"take a plan with more connections, or run fewer processes (with {wanted} nobody waits for one)",
    )
    if allowed < needed:
        ja = f"接続数が足りません（maxclients {allowed}、最低 {needed}）"
        yield failed(ja, f"too few connections (maxclients {allowed}, at least {needed} needed)", next_step=next_step)
    elif allowed < wanted + RESERVED:
        ja = f"接続を分け合います（maxclients {allowed}、最大 {wanted}）"
        yield warning(
            ja, f"processes share few connections (maxclients {allowed}, up to {wanted} used)", next_step=next_step
        )
    else:
        ja = f"接続数は足ります（maxclients {allowed}、最大 {wanted}）"
        yield ok(ja, f"enough connections (maxclients {allowed}, up to {wanted} used)")


def _maxclients(client: Any, facts: Facts) -> int | None:
    """Return what INFO says, else CONFIG; None if neither is allowed to be read."""
    said = facts.get("maxclients") or _quietly(lambda: client.config_get("maxclients").get("maxclients"))
    return int(said) if said and str(said).isdecimal() else None


def _cluster(client: Any) -> CheckResult:
    state = client.cluster_info(target_nodes="random")
    facts = next(iter(state.values())) if state and "cluster_state" not in state else state
    nodes = f"{facts.get('cluster_size', '?')}"
    if facts.get("cluster_state") == "ok" and int(facts.get("cluster_slots_ok", 0)) == 16384:
        return ok(f"クラスターは正常です（主ノード {nodes}）", f"the cluster is whole ({nodes} primaries)")
    next_step = (
        "redis-cli --cluster check でスロットとノードを確かめてください",
        "redis-cli --cluster check names slots and nodes",
    )
    return failed("クラスターが正常ではありません", "the cluster is not whole", next_step=next_step)


_MANAGED = ("Redis の管理画面で確かめてください", "look in the console of the provider of this Redis")


def _append_only(facts: Facts) -> CheckResult:
    next_step = (
        "appendonly yes にしてください（なければ停止時に受け付けた事項を失います）",
        "set appendonly yes: without it, acknowledged events are lost when Redis stops",
    )
    if "aof_enabled" not in facts:
        return manual(
            "AOF の有無が見えません", "whether there is an append-only file cannot be seen", next_step=_MANAGED
        )
    if not int(facts["aof_enabled"]):
        return failed(
            "追記専用ファイルがありません（appendonly no）", "no append-only file (appendonly no)", next_step=next_step
        )
    if facts.get("aof_last_write_status", "ok") != "ok":
        disk = ("Redis のディスクの空きを確かめてください", "look at the disk of Redis")
        return failed("追記専用ファイルに書けていません", "the append-only file cannot be written", next_step=disk)
    return ok("追記専用ファイルがあります（appendonly yes）", "an append-only file is kept (appendonly yes)")


def _eviction(facts: Facts) -> CheckResult:
    policy = facts.get("maxmemory_policy")
    if policy is None:
        return manual("maxmemory-policy が見えません", "maxmemory-policy cannot be seen", next_step=_MANAGED)
    if policy == "noeviction":
        return ok("メモリー不足でも消しません（noeviction）", "nothing is evicted (maxmemory-policy noeviction)")
    next_step = ("maxmemory-policy noeviction にしてください", "set maxmemory-policy noeviction")
    said = f"maxmemory-policy {policy}"
    return failed(
        f"メモリー不足のとき会話が消されます（{said}）", f"conversations may be evicted ({said})", next_step=next_step
    )


def _fsync(client: Any) -> CheckResult:
    how = _quietly(lambda: client.config_get("appendfsync").get("appendfsync"))
    if how is None:
        next_step = (
            "appendfsync が everysec か always か、管理画面で確かめてください",
            "look for appendfsync everysec or always",
        )
        return manual(
            "appendfsync は見えません（CONFIG 不可）",
            "appendfsync cannot be seen (CONFIG is forbidden)",
            next_step=next_step,
        )
    if how == "no":
        next_step = ("appendfsync everysec にしてください", "set appendfsync everysec")
        return failed(
            "ディスクへの書き込みが OS 任せです", "writing to disk is left to the system", next_step=next_step
        )
    return ok(f"appendfsync {how}", f"appendfsync {how}")


def _quietly(ask: Callable[[], Any]) -> str | None:
    """Return the value of a setting. None if CONFIG is forbidden, renamed, or returns nothing."""
    try:
        found = ask()
    except (RedisError, OSError, AttributeError):
        return None
    return found.decode() if isinstance(found, bytes) else found
