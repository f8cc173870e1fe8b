"""All checks run, whatever one of them does, within the time."""

import threading
from collections.abc import Iterator
from dataclasses import replace

from bot.commands.check import NAMES
from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, ok
from bot.diagnostics.runner import CHECKS, Check, run_checks
from bot.settings import Settings
from tests.conftest import PATIENT


def fine(patient: CheckContext) -> Iterator[CheckResult]:
    del patient
    yield ok("はい", "yes")


def breaking(patient: CheckContext) -> Iterator[CheckResult]:
    yield from fine(patient)
    raise KeyError("geheim")


def test_check_that_breaks_or_hangs_costs_no_other(settings: Settings) -> None:
    enough = threading.Event()

    def hanging(patient: CheckContext) -> Iterator[CheckResult]:
        del patient
        enough.wait(120)
        yield ok("はい", "after all")

    impatient = settings.model_copy(update={"limits": replace(PATIENT, all_checks_seconds=4.0)})
    checks = [Check("hanging", hanging), Check("breaking", breaking), Check("fine", fine)]
    found = [(name, finding.state, finding.message.en) for name, finding in run_checks(CheckContext(impatient), checks)]
    enough.set()
    assert found == [
        ("hanging", "failed", "no result within 4 s"),
        ("breaking", "ok", "yes"),
        ("breaking", "failed", "could not be checked (KeyError)"),
        ("fine", "ok", "yes"),
    ]


def test_command_offers_every_check() -> None:
    assert [check.name for check in CHECKS] == NAMES
