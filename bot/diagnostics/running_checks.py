"""The running bot as others meet it: its public address, its certificate, its workers."""

import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from socket import create_connection
from urllib.parse import urlsplit

import urllib3
from redis.exceptions import RedisError

from bot.diagnostics.context import CheckContext
from bot.diagnostics.redis_checks import refused_write
from bot.diagnostics.result import CheckResult, failed, ok, skipped, warning
from bot.errors import SettingsError
from bot.runtime.probe_headers import AS_READ, UNDERSCORED
from bot.store import keys
from bot.store.channel_access import AccessStore
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.redis.writable import AWAY, REFUSES_WRITES

FEW_DAYS = 14
_PROBLEMS = {AWAY: "が応答しません", REFUSES_WRITES: "が書き込みを拒んでいます"}


def public_url(context: CheckContext) -> Iterator[CheckResult]:
    """Check the public address from here, as LINE's servers would reach it."""
    url = context.settings.public_url
    if url.startswith("https:"):
        certificate = _certificate(url, context.now(), context.settings.limits.running_check_seconds)
        yield certificate
        if certificate.state == "failed":
            return
    yield _readiness(url, context.settings.limits.running_check_seconds)
    if context.settings.trusted_proxies:
        yield from _underscored_headers(url, context.settings.limits.running_check_seconds)


def _underscored_headers(url: str, seconds: float) -> Iterator[CheckResult]:
    """Check that a client cannot imitate the proxy's X-Forwarded-For by X_Forwarded_For."""
    http = urllib3.PoolManager(timeout=seconds, retries=False)
    try:
        answer = http.request("GET", f"{url}/healthz", headers={UNDERSCORED: "1"}, redirect=False)
    except (urllib3.exceptions.HTTPError, OSError):
        return  # `_readiness` has reported it
    finally:
        http.clear()
    if AS_READ in answer.headers:
        next_step = (
            "名前に「_」を含むヘッダーをプロキシで捨ててください（nginx は underscores_in_headers off）。"
            "プロキシがないなら TRUSTED_PROXIES=0 にしてください",
            "make the proxy drop headers with _ in their names (nginx: underscores_in_headers off); "
            "without a proxy, set TRUSTED_PROXIES=0",
        )
        yield failed(
            "プロキシが X_Forwarded_For を通すため、接続元を偽れます",
            "the proxy passes X_Forwarded_For, so clients can claim any address",
            next_step=next_step,
        )


def _readiness(url: str, seconds: float) -> CheckResult:
    http = urllib3.PoolManager(timeout=seconds, retries=False)
    try:
        answer = http.request("GET", f"{url}/readyz", redirect=False)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        name = type(error).__name__
        next_step = (
            "Web プロセスとプロキシを確かめてください（この機械から自分に届かない構成なら、別の場所から）",
            "look at the web process and the proxy; where this machine cannot reach itself, try from another",
        )
        return failed(
            f"PUBLIC_URL に届きません（{name}）", f"PUBLIC_URL cannot be reached ({name})", next_step=next_step
        )
    finally:
        http.clear()
    if answer.status == 200 and answer.data == b"ready\n":
        return ok("Web が PUBLIC_URL で答えています", "web answers at PUBLIC_URL and is ready")
    if answer.status == 503 and any(problem.encode() in answer.data for problem in _PROBLEMS):
        return _not_ready(answer.data.decode("ascii", "replace").strip()[:60])
    if answer.status == 503 and b"SECRET_KEY" in answer.data:
        next_step = ("Web の SECRET_KEY をワーカーと同じにしてください", "give web the SECRET_KEY of the workers")
        return failed("Web の SECRET_KEY が違います", "web has another SECRET_KEY", next_step=next_step)
    next_step = ("PUBLIC_URL とプロキシの転送先を確かめてください", "look at PUBLIC_URL and where the proxy sends it")
    status = answer.status
    return failed(
        f"PUBLIC_URL にいるのはボットではありません（{status}）",
        f"PUBLIC_URL is not the bot's ({status})",
        next_step=next_step,
    )


def _not_ready(missing: str) -> CheckResult:
    next_step = (
        "Web の機械から見た Redis（書き込めないならメモリー・ディスクの空き）とブローカーを確かめてください",
        "look at Redis (its memory and disk, if it refuses writes) and the broker from web's machine",
    )
    names = missing.replace(" and ", "、")
    for problem, japanese in _PROBLEMS.items():
        names = names.replace(f" {problem}", japanese)
    return failed(f"Web から見て {names}", f"web is not ready: {missing}", next_step=next_step)


def _certificate(url: str, now: float, seconds: float) -> CheckResult:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    try:
        with (
            create_connection((host, port), seconds) as plain,
            _context().wrap_socket(plain, server_hostname=host) as tls,
        ):
            ends = ssl.cert_time_to_seconds(str((tls.getpeercert() or {})["notAfter"]))
    except ssl.SSLCertVerificationError as error:
        next_step = (
            "公的な認証局の証明書と中間証明書を入れてください（自己署名は LINE が拒みます）",
            "install a public authority's certificate with its whole chain; LINE refuses self-signed ones",
        )
        ja, en = _NOT_TRUSTED.get(error.verify_code, f"OpenSSL {error.verify_code}"), error.verify_message
        return failed(
            f"TLS 証明書が信頼されません（{ja}）", f"the TLS certificate is not trusted ({en})", next_step=next_step
        )
    except OSError as error:
        name = type(error).__name__
        next_step = ("DNS、ポート、TLS 1.2 以上を確かめてください", "look at DNS, the port, and TLS 1.2 or newer")
        return failed(
            f"PUBLIC_URL に TLS で接続できません（{name}）",
            f"no TLS connection to PUBLIC_URL ({name})",
            next_step=next_step,
        )
    return _days_left(ends, now)


_NOT_TRUSTED = {  # OpenSSL's numbers
    9: "まだ有効でない",
    10: "期限切れ",
    18: "自己署名",
    19: "自己署名",
    20: "発行者の証明書がない",
    21: "中間証明書がない",
    62: "名前が違う",
    64: "IP アドレスが違う",
}


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # LINE takes nothing older
    return context


def _days_left(ends: float, now: float) -> CheckResult:
    days = int((ends - now) // 86400)
    until = datetime.fromtimestamp(ends, UTC).date().isoformat()
    if days >= FEW_DAYS:
        return ok(f"TLS 証明書は {until} まで（あと {days} 日）", f"TLS certificate valid until {until} ({days} days)")
    next_step = ("証明書を更新し、自動更新を確かめてください", "renew it, and see why it did not renew itself")
    return warning(f"TLS 証明書の残りは {days} 日です", f"the TLS certificate ends in {days} days", next_step=next_step)


def worker(context: CheckContext) -> Iterator[CheckResult]:
    """Each second one worker of all leaves a mark in Redis that lives as long."""
    try:
        client = context.redis
        denied = AccessStore(client).status()
        seen = denied or _mark_seen(ClusterNodes(client), context.settings.limits.worker_sign_seconds)
    except (SettingsError, RedisError, OSError):
        yield skipped("Redis が見えません", "Redis cannot be seen")
        return
    refused = None if seen else next(refused_write(client), None)
    if denied:
        next_step = (
            "LINE_CHANNEL_ACCESS_TOKEN を確かめ、ワーカーを起動し直してください（返信は24時間お預かりします）",
            "look at LINE_CHANNEL_ACCESS_TOKEN, start the workers again; replies are kept for 24 hours",
        )
        yield failed(
            f"LINE がワーカーを拒んでいます（{denied}）", f"LINE refuses a worker ({denied})", next_step=next_step
        )
    elif refused:
        yield refused  # no worker could leave its mark
    elif seen:
        yield ok("ワーカーが動いています", "a worker is running")
    else:
        next_step = ("madoguchi worker を起動してください", "start: madoguchi worker")
        yield failed("ワーカーが動いていません", "no worker is running", next_step=next_step)


def _mark_seen(places: ClusterNodes, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if any(place.client.exists(keys.sweeper_lock(place.buckets[0])) for place in places.all()):
            return True
        time.sleep(0.1)
    return False
