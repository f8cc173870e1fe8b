"""All checks run, whatever one of them does, within the time."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, ok
from bot.diagnostics.runner import CHECKS, Check, run_checks
from bot.metrics.check_names import CheckName
from bot.settings import Settings
from tests.conftest import PATIENT


def fine(context: CheckContext) -> Iterator[CheckResult]:
    del context
    yield ok("はい", "yes")


def breaking(context: CheckContext) -> Iterator[CheckResult]:
    yield from fine(context)
    raise KeyError("geheim")


def test_check_that_breaks_or_hangs_costs_no_other(settings: Settings) -> None:
    enough = threading.Event()

    def hanging(context: CheckContext) -> Iterator[CheckResult]:
        del context
        enough.wait(120)
        yield ok("はい", "after all")

    impatient = settings.model_copy(update={"limits": replace(PATIENT, all_checks_seconds=4.0)})
    checks = [Check("webhook", hanging), Check("token", breaking), Check("clock", fine)]
    found = [(name, result.state, result.message.en) for name, result in run_checks(CheckContext(impatient), checks)]
    enough.set()
    assert found == [
        ("webhook", "failed", "no result within 4 s"),
        ("token", "ok", "yes"),
        ("token", "failed", "could not be checked (KeyError)"),
        ("clock", "ok", "yes"),
    ]


def test_command_offers_every_check() -> None:
    assert tuple(check.name for check in CHECKS) == get_args(CheckName)
