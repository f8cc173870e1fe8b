"""All checks, side by side, each bounded in time; one that fails or hangs costs no other."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.diagnostics import line_checks, manual_checks, running_checks
from bot.diagnostics.broker_check import broker
from bot.diagnostics.channel_check import channel
from bot.diagnostics.content import content
from bot.diagnostics.context import CheckContext
from bot.diagnostics.encoder_check import encoder
from bot.diagnostics.key_check import secret_key
from bot.diagnostics.link_checks import links
from bot.diagnostics.menu_check import rich_menus
from bot.diagnostics.published_content import published_content
from bot.diagnostics.redis_checks import persistence, redis
from bot.diagnostics.result import CheckResult, failed, skipped
from bot.diagnostics.settings_checks import settings
from bot.errors import BotError, RetryableError
from bot.line.sdk import LineRefusedError
from bot.metrics.check_names import CheckName

# needs nothing else; Redis and broker; LINE and the running bot; runs only if it is asked for by name
Stage = Literal["offline", "before", "after", "by name"]

_REDIS = frozenset({"redis_url", "redis_cluster", "var_dir"})
_BROKER = _REDIS | {"broker_url"}
_LINE = frozenset({"line_api_url", "line_data_api_url", "line_channel_access_token"})
_PUBLIC = frozenset({"public_url"})


@dataclass(frozen=True)
class Check:
    """One check of `madoguchi check`. It is skipped if one of the settings in `needs` is wrong."""

    name: CheckName
    run: Callable[[CheckContext], Iterator[CheckResult]]
    needs: frozenset[str] = frozenset()
    stage: Stage = "after"


CHECKS = (
    Check("settings", settings, stage="offline"),
    Check("content", content, stage="offline"),
    Check("encoder", encoder, frozenset({"encoder"}), "offline"),
    Check("redis", redis, _REDIS, "before"),
    Check("persistence", persistence, _REDIS, "before"),
    Check("published-content", published_content, _REDIS, "before"),
    Check("secret-key", secret_key, _REDIS | {"secret_key"}, "before"),
    Check("broker", broker, _BROKER, "before"),
    Check("token", line_checks.token, _LINE),
    Check("channel", channel, _REDIS | _LINE | {"line_bot_user_id"}),
    Check("clock", line_checks.clock, _REDIS | _LINE),
    Check("webhook", line_checks.webhook, _LINE | _PUBLIC),
    Check("webhook-test", line_checks.webhook_test, _LINE | _PUBLIC),
    Check("rich-menus", rich_menus, _LINE),
    Check("quota", line_checks.quota, _LINE),
    Check("public-url", running_checks.public_url, _PUBLIC),
    Check("worker", running_checks.worker, _REDIS),
    Check("redelivery", manual_checks.redelivery),
    Check("greeting", manual_checks.greeting),
    Check("links", links, stage="by name"),
)
STAGES: dict[Stage, tuple[Stage, ...]] = {
    "offline": ("offline",),
    "before": ("offline", "before"),
    "after": ("offline", "before", "after"),
    "by name": ("by name",),
}


@dataclass
class CauseDeduplicator:
    """Remembers which check first reported a cause; later checks with the same cause are reported as skipped."""

    by: dict[str, str] = field(default_factory=dict)

    def once(self, name: str, result: CheckResult) -> CheckResult:
        first = self.by.setdefault(result.cause, name) if result.cause else name
        if first == name:
            return result
        return skipped(f"{first} と同じ理由で見られません", f"not looked at, for the reason that {first} gives")


def run_checks(context: CheckContext, checks: Sequence[Check] = CHECKS) -> Iterator[tuple[str, CheckResult]]:
    """Each check's findings, in the order of the checks, as soon as they are there."""
    longest = context.settings.limits.all_checks_seconds
    deadline, deduplicator = time.monotonic() + longest, CauseDeduplicator()
    answers = [_begin(check, context) for check in checks]
    for check, answer in zip(checks, answers, strict=True):
        try:
            found = answer.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            found = [_too_slow(longest)]
        for result in found:
            yield check.name, deduplicator.once(check.name, result)


def _begin(check: Check, context: CheckContext) -> "queue.Queue[list[CheckResult]]":
    """In a thread that nobody waits for at the end: a name that does not resolve can take minutes."""
    answer: queue.Queue[list[CheckResult]] = queue.Queue()
    run = threading.Thread(target=lambda: answer.put(_results(check, context)), name=check.name, daemon=True)
    run.start()
    return answer


def _results(check: Check, context: CheckContext) -> list[CheckResult]:
    missing = sorted(name.upper() for name in check.needs & context.wrong)
    if missing:
        names = ", ".join(missing)
        return [skipped(f"{names} が正しくないため見ていません", f"not looked at: {names} is wrong")]
    found: list[CheckResult] = []
    try:
        for result in check.run(context):
            found.append(result)  # noqa: PERF402 - what was found before an error counts
    except (RetryableError, LineRefusedError) as error:
        found.append(line_checks.unanswered(error))
    except Exception as error:  # noqa: BLE001 - a broken check is a result, too
        found.append(_broken(error))
    return found


def _broken(error: Exception) -> CheckResult:
    """Of an error that is not ours, only its kind: its text may hold anything."""
    what = str(error) if isinstance(error, BotError) else type(error).__name__
    next_step = ("この行を開発者に伝えてください", "tell this line to the developers of the bot")
    return failed(
        f"検査できませんでした（{type(error).__name__}）", f"could not be checked ({what})", next_step=next_step
    )


def _too_slow(seconds: float) -> CheckResult:
    next_step = ("通信と DNS を確かめてください", "look at the network and at DNS")
    return failed(f"{seconds:.0f} 秒以内に終わりません", f"no result within {seconds:.0f} s", next_step=next_step)
