"""The settings: all wrong ones at once, and those that are valid but should not stay."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, failed, ok, warning
from bot.settings import SettingProblem, Settings

FEW_LETTERS = 10  # different ones: "openssl rand -hex 32" has sixteen
LINE = "https://api.line.me"
# The sentence for each code of SettingProblem, after the name of the variable
JAPANESE: Mapping[str, str] = {
    "missing": "が設定されていません",
    "desk_hours": "は 9:30-16:30 のような2つの時刻にしてください",
    "encoder": "は bundled、none、または model.onnx と tokenizer.json のあるフォルダーにしてください",
    "spaces": "に空白は使えません",
    "scheme": "は {options} で始めてください",
    "no_url": "は URL ではありません",
    "tls_parameter": "の TLS のパラメーターは rediss:// でだけ使えます",
    "parameter": "の ? のあとに使えるのは {options} だけです",
    "parameter_value": "の ? のあとの値が使えません",
    "amqp_parameter": "の ? のあとの名前か値が使えません",
    "no_host": "にホスト名がありません",
    "no_path": "にパスがありません",
    "url_port": "のポートは 0 から 65535 までの数にしてください",
    "secrets": "は1つ、またはコンマで区切った2つにしてください",
    "keys": "は1つ、またはコンマで区切った異なる3つまでにしてください",
    "short_key": "は32文字以上にしてください（例: openssl rand -hex 32 の出力）",
    "key_is_command": "は openssl rand -hex 32 などの出力だけにしてください（コマンド・空白・# は使えません）",
    "not_ascii": "は空白のない半角英数字・記号にしてください",
    "address": "は IP アドレスにしてください",
    "testers": "は「準備中」の返事に出る番号か LINE のユーザー ID を空白で区切って並べてください",
    "operators": "は madoguchi console-user の出力を空白で区切って並べてください",
    "operator_twice": "に同じ名前が2回あります",
    "roles": "は 名前=viewer・editor・publisher・administrator を空白で区切って並べてください",
    "totp": "は madoguchi console-user --totp の出力を空白で区切って並べてください",
    "no_totp": "に、CONSOLE_ROLES の publisher と administrator 全員の行が必要です",
    "several_nodes": "に複数のノードを書けるのは REDIS_CLUSTER=1 のときだけです",
    "no_seed": "は REDIS_CLUSTER=1 のとき必要です",
    "cluster_broker": "は REDIS_CLUSTER=1 のとき別のブローカー（amqp://…）にしてください",
}


def settings(context: CheckContext) -> Iterator[CheckResult]:
    """Never repeats a value that may be a secret."""
    for problem in context.problems:
        next_step = (
            f"{problem.name} を直してください（README「設定」）",
            f"set {problem.name} right (README, Settings)",
        )
        yield failed(f"設定 {in_japanese(problem)}", f"wrong setting: {problem}", next_step=next_step)
    cautions = list(_cautions(context))
    yield from cautions
    if not context.problems and not cautions:
        yield ok("必要な設定がそろっています", "all settings are there and well-formed")


def in_japanese(problem: SettingProblem) -> str:
    """Return the Japanese sentence for a wrong setting; a general one for a code that pydantic itself gave."""
    if problem.code not in JAPANESE:
        return f"{problem.name} の値が正しくありません"
    return problem.name + JAPANESE[problem.code].format(options=" か ".join(problem.options))


def _cautions(context: CheckContext) -> Iterator[CheckResult]:
    sure = context.settings
    yield from _secrets(sure, context.wrong)
    if urlsplit(sure.public_url).scheme == "http" and "public_url" not in context.wrong:
        next_step = (
            "公開するときは https の URL にしてください",
            "use an https address before anybody else uses the bot",
        )
        yield warning(
            "PUBLIC_URL が http です（この機械だけの試用向け）",
            "PUBLIC_URL is http: for trials here only",
            next_step=next_step,
        )
    if sure.redis_url is None and "redis_url" not in context.wrong:
        next_step = ("本番では REDIS_URL を設定してください", "set REDIS_URL for a real bot")
        yield warning(
            "REDIS_URL がなく、内蔵の Redis を使います（1台だけ）",
            "no REDIS_URL: an embedded Redis, for one machine",
            next_step=next_step,
        )
    if sure.line_api_url != LINE:
        host = urlsplit(sure.line_api_url).hostname
        next_step = ("本番では LINE_API_URL を外してください", "remove LINE_API_URL for a real bot")
        yield warning(f"LINE ではなく {host} を呼び出します", f"calls go to {host}, not to LINE", next_step=next_step)


def _secrets(sure: Settings, wrong: frozenset[str]) -> Iterator[CheckResult]:
    if "secret_key" not in wrong and len(set(sure.secret_key.get_secret_value())) < FEW_LETTERS:
        next_step = ("openssl rand -hex 32 の出力にしてください", "take the output of: openssl rand -hex 32")
        yield warning("SECRET_KEY が単純すぎます", "SECRET_KEY is too simple", next_step=next_step)
    if len(sure.channel_secrets) > 1:
        next_step = (
            "切り替えが済んだら、古いほうを LINE_CHANNEL_SECRET から除いてください",
            "once the change is over, take the old one out of LINE_CHANNEL_SECRET",
        )
        yield warning(
            "チャネルシークレットが2つ設定されています", "two channel secrets are accepted", next_step=next_step
        )
