"""Settings that LINE's API does not expose, with the place where a person can check them."""

from collections.abc import Iterator

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, manual


def redelivery(context: CheckContext) -> Iterator[CheckResult]:
    """Without it, an event that met a bot that was away is gone."""
    del context
    yield manual(
        "「Webhookの再送」は API では見えません",
        "whether webhooks are redelivered cannot be seen through the API",
        next_step=(
            "LINE Developers コンソール「Messaging API設定」で「Webhookの再送」がオンか見てください",
            "LINE Developers console, Messaging API: see that Webhook redelivery is on",
        ),
    )


def greeting(context: CheckContext) -> Iterator[CheckResult]:
    """Both answer beside the bot, and are on by default."""
    del context
    yield manual(
        "あいさつメッセージ・応答メッセージは API では見えません",
        "greeting and auto-reply messages cannot be seen through the API",
        next_step=(
            "LINE Official Account Manager「応答設定」で両方がオフか見てください",
            "LINE Official Account Manager, response settings: see that both are off",
        ),
    )
