"""LINE's side of the account: token, webhook endpoint, quota, clock."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from redis.exceptions import RedisError

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import Bilingual, CheckResult, failed, manual, ok, warning
from bot.errors import RetryableError, SettingsError
from bot.line.account_api import AccountApi, AccountInfo, EndpointTest
from bot.line.sdk import TOO_OFTEN, LineRefusedError
from bot.runtime.clock import JAPAN

NOTICEABLE, WRONG = 5.0, 60.0  # seconds: LINE's Date has whole ones, and a reply token lives about a minute
NEARLY = 0.8  # of the month's pushes
_LATER = (
    "LINE の障害情報とこの機械の通信を確かめ、もう一度実行してください",
    "look at LINE's status and this machine's network; run it again",
)


def api(context: CheckContext) -> AccountApi:
    settings = context.settings
    return AccountApi(
        settings.line_api_url,
        settings.line_channel_access_token.get_secret_value(),
        settings.limits.account_api_seconds,
    )


def unanswered(error: RetryableError | LineRefusedError) -> CheckResult:
    """Return the result for an error that any call to LINE may raise."""
    if isinstance(error, RetryableError):
        return _away(str(error))
    if error.status == 401:
        next_step = (
            "LINE_CHANNEL_ACCESS_TOKEN を LINE Developers コンソールで発行し直してください",
            "issue LINE_CHANNEL_ACCESS_TOKEN anew in the LINE Developers console",
        )
        found = failed(
            "LINE がトークンを認めません（401）", "LINE does not accept the token (401)", next_step=next_step
        )
        return replace(found, cause="token")
    next_step = ("チャネルの種類と権限を確かめてください", "look at the kind of the channel and its permissions")
    return failed(f"LINE に断られました（{error.status}）", f"LINE refused: {error}", next_step=next_step)


def _away(said: str) -> CheckResult:
    """Too often concerns that call alone; an outage concerns all of them."""
    if TOO_OFTEN in said:
        return failed("LINE の回数制限にかかりました（429）", f"no answer from LINE: {said}", next_step=_LATER)
    kind = re.search(r"(?<=: )\d{3}(?= )|(?<=\()\w+(?=\)$)", said)
    found = failed(
        f"LINE から答えがありません（{kind[0]}）" if kind else "LINE から答えがありません",
        f"no answer from LINE: {said}",
        next_step=_LATER,
    )
    return replace(found, cause="line")


def token(context: CheckContext) -> Iterator[CheckResult]:
    """Report the bot that the token belongs to, so that a test account's token is not used by mistake."""
    account = api(context).account()
    who = f"{account.name} {account.basic_id}"
    yield ok(f"トークンは「{who}」のものです", f"the token is that of {who}")
    if context.settings.desk_chat:
        yield _desk(account)
    elif account.chat_on:
        next_step = (
            "手動で答えない時は LINE Official Account Manager「応答設定」でチャットをオフにしてください",
            "unless people answer by hand, switch chats off in LINE Official Account Manager (response settings)",
        )
        yield warning("チャットがオンです", "chats are on: people may answer beside the bot", next_step=next_step)


def _desk(account: AccountInfo) -> CheckResult:
    """Check that people can answer in LINE's manager, which DESK_CHAT=1 promises to users."""
    if account.chat_on and account.reads_by_hand:
        return ok("担当者がチャットで答えられます", "people can answer in LINE's manager")
    next_step = (
        "LINE Official Account Manager「応答設定」でチャットと手動の既読をオンにするか、DESK_CHAT を外してください",
        "switch on chats and manual read marks in LINE Official Account Manager, or unset DESK_CHAT",
    )
    return failed(
        "DESK_CHAT=1 ですが、チャットがオフです" if not account.chat_on else "DESK_CHAT=1 ですが、既読が自動です",
        "DESK_CHAT=1, but chats are off" if not account.chat_on else "DESK_CHAT=1, but messages are read automatically",
        next_step=next_step,
    )


def webhook(context: CheckContext) -> Iterator[CheckResult]:
    """The address in the console, and the switch beside it."""
    wanted = f"{context.settings.public_url}/callback"
    found = api(context).endpoint()
    there = ("LINE Developers コンソール「Messaging API設定」", "LINE Developers console, Messaging API")
    if found is None or found.url != wanted:
        next_step = (
            f"{there[0]}で Webhook URL を {wanted} にしてください",
            f"{there[1]}: set the webhook URL to {wanted}",
        )
        other = f"({found.url})" if found else ""
        yield failed(
            f"Webhook URL が違います{other}", f"the webhook URL is another{other or ': none'}", next_step=next_step
        )
    else:
        yield ok(f"Webhook URL は {wanted} です", f"the webhook URL is {wanted}")
    if found and not found.active:
        next_step = (f"{there[0]}で「Webhookの利用」をオンにしてください", f"{there[1]}: switch Use webhook on")
        yield failed("「Webhookの利用」がオフです", "Use webhook is off", next_step=next_step)


def webhook_test(context: CheckContext) -> Iterator[CheckResult]:
    """LINE sends a signed webhook to our address now: the whole way in, and the channel secret."""
    came = api(context).test(f"{context.settings.public_url}/callback")
    if came.success:
        yield ok("LINE からの Webhook が届きました", "a webhook from LINE came through")
    else:
        message, next_step = _went_wrong(came)
        yield CheckResult("failed", message, next_step)


def _went_wrong(came: EndpointTest) -> tuple[Bilingual, Bilingual]:
    if came.reason == "ERROR_STATUS_CODE":
        return _ANSWERED.get(came.status, _answered_otherwise(came.status))
    return _WENT_WRONG.get(came.reason) or (
        Bilingual(f"Webhook が届きません（{came.reason}）", f"the webhook did not come through ({came.reason})"),
        Bilingual("Web プロセスと経路を確かめてください", "look at the web process and everything before it"),
    )


_ANSWERED = {
    400: (
        Bilingual("ボットが署名を認めません（400）", "the bot does not accept LINE's signature (400)"),
        Bilingual(
            "LINE_CHANNEL_SECRET がこのトークンと同じチャネルのものか、途中で本文が変えられていないか確かめてください",
            "LINE_CHANNEL_SECRET must be that of the token's channel; nothing on the way may change the body",
        ),
    ),
    404: (
        Bilingual("その URL にボットがいません（404）", "no bot at that address (404)"),
        Bilingual(
            "リバースプロキシが /callback を Web プロセスへ渡すようにしてください",
            "the proxy must pass /callback on to the web process",
        ),
    ),
    503: (
        Bilingual("ボットがイベントを保存できません（503）", "the bot cannot store events (503)"),
        Bilingual("Redis を確かめてください（このレポートの redis）", "look at Redis (redis in this report)"),
    ),
}
_WENT_WRONG = {
    "COULD_NOT_CONNECT": (
        Bilingual("LINE がボットに接続できません", "LINE cannot connect to the bot"),
        Bilingual(
            "DNS、ファイアウォール、TLS 証明書（公的な認証局・中間証明書）、Web プロセスを確かめてください",
            "look at DNS, firewall, TLS (public authority, whole chain) and whether the web process runs",
        ),
    ),
    "REQUEST_TIMEOUT": (
        Bilingual("2秒以内に答えがありません", "no answer within 2 seconds"),
        Bilingual(
            "プロキシの待ち時間と Web プロセスの負荷を確かめてください",
            "look at what the proxy waits for and at the load of web",
        ),
    ),
}


def _answered_otherwise(status: int) -> tuple[Bilingual, Bilingual]:
    return (
        Bilingual(f"Webhook に {status} が返りました", f"the webhook was answered with {status}"),
        Bilingual("プロキシと Web プロセスのログを確かめてください", "look at the logs of the proxy and of web"),
    )


def quota(context: CheckContext) -> Iterator[CheckResult]:
    """Replies are free; what cannot be replied any more is pushed, and pushes are counted."""
    found = api(context).quota()
    if found.limit is None:
        yield ok(f"今月のプッシュ {found.used} 通（上限なし）", f"{found.used} pushes this month, no limit")
        return
    share = f"{found.used}/{found.limit}"
    next_step = (
        "上限を上げるか、プッシュの多さ（返信の遅れ）の原因をワーカーのログで調べてください",
        "raise the limit, or find in the workers' logs why replies come too late and are pushed",
    )
    if found.used >= found.limit:
        yield failed(
            f"今月のプッシュを使い切りました（{share}）",
            f"this month's pushes are used up ({share})",
            next_step=next_step,
        )
    elif found.used >= NEARLY * found.limit:
        yield warning(
            f"今月のプッシュが残りわずかです（{share}）",
            f"few pushes are left this month ({share})",
            next_step=next_step,
        )
    else:
        yield ok(f"今月のプッシュ {share} 通", f"{share} pushes this month")


def clock(context: CheckContext) -> Iterator[CheckResult]:
    """This machine against Redis and LINE: due times, dates in Japan and tokens' lives depend on it."""
    ours = context.now()
    shown = datetime.fromtimestamp(ours, JAPAN).strftime("%Y-%m-%d %H:%M:%S")
    try:
        seconds, micro = _time(context.redis)
        yield _against("Redis", ours, seconds + micro / 1e6, shown)
    except (SettingsError, RedisError, OSError):
        yield manual(
            "Redis の時計は見えません",
            "Redis's clock cannot be seen",
            next_step=("redis を先に直してください", "see redis"),
        )
    before = context.now()
    theirs = api(context).clock()
    if theirs:
        halfway = (before + context.now()) / 2
        yield _against("LINE", halfway, theirs.timestamp() + 0.5, shown)


def _time(client: object) -> tuple[int, int]:
    answer = client.time() if not hasattr(client, "get_random_node") else client.time(target_nodes="random")  # type: ignore[attr-defined]  # redis-py's two clients share no type
    seconds, micro = next(iter(answer.values())) if isinstance(answer, dict) else answer
    return int(seconds), int(micro)


def _against(whose: str, ours: float, theirs: float, shown: str) -> CheckResult:
    apart = ours - theirs
    if abs(apart) < NOTICEABLE:
        return ok(f"日本時間 {shown}、{whose} と一致", f"{shown} in Japan, as {whose} has it")
    next_step = (
        "NTP（chrony、systemd-timesyncd）で時計を合わせてください",
        "set the clock by NTP (chrony, systemd-timesyncd)",
    )
    said = (f"時計が {whose} と {apart:+.0f} 秒違います", f"the clock is {apart:+.0f} s from that of {whose}")
    return (failed if abs(apart) > WRONG else warning)(*said, next_step=next_step)
