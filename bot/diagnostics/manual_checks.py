"""What LINE's API does not tell: where a person looks it up."""

from collections.abc import Iterator

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, look


def redelivery(patient: CheckContext) -> Iterator[CheckResult]:
    """Without it, an event that met a bot that was away is gone."""
    del patient
    yield look(
        "「Webhookの再送」は API では見えません",
        "whether webhooks are redelivered cannot be seen through the API",
        todo=(
            "LINE Developers コンソール「Messaging API設定」で「Webhookの再送」がオンか見てください",
            "LINE Developers console, Messaging API: see that Webhook redelivery is on",
        ),
    )


def greeting(patient: CheckContext) -> Iterator[CheckResult]:
    """Both answer beside the bot, and are on by default."""
    del patient
    yield look(
        "あいさつメッセージ・応答メッセージは API では見えません",
        "greeting and auto-reply messages cannot be seen through the API",
        todo=(
            "LINE Official Account Manager「応答設定」で両方がオフか見てください",
            "LINE Official Account Manager, response settings: see that both are off",
        ),
    )
