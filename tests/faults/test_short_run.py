"""The short run of the fault suite, and how a run is judged; `make faults` has all of it."""

from pathlib import Path

import pytest

from bot.domain.reminders import ReminderKind
from tests.faults.people import Manners
from tests.faults.run import TAKEN_OVER_WITHIN, Limits, late, run
from tests.faults.schedule import SHORT, Incident

SLACK = 10.0  # for a machine that runs other tests at the same time


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("own_limits")
def test_what_was_acknowledged_is_answered_once_and_in_order_whatever_is_killed(tmp_path: Path) -> None:
    manners = Manners(pause=(0.4, 1.6))
    limits = Limits(answer=4.0 + SLACK / 2, taken_over=TAKEN_OVER_WITHIN + SLACK)
    figures = run(tmp_path, lambda _: SHORT, seed="short", people=16, manners=manners, calm=0.3, limits=limits)
    assert figures.problems == []
    assert figures.summary["events"] > 100
    assert figures.summary["reminders"] == 16 * len(ReminderKind)
    assert figures.summary["webhook_ms_p50"] < 1000, "a busy machine may answer some of them late, not most"
    assert "worker killed" in {one.what for one in figures.incidents}


def test_run_is_lost_where_the_users_of_a_killed_worker_wait_for_more_than_ten_seconds() -> None:
    def one(what: str, recovery: float | None) -> Incident:
        return Incident(what, 0.0, 1.0, recovery)

    assert late([one("worker killed", 9.9), one("redis killed", 11.0), one("line slow", 11.0)], 10.0) == []
    assert late([one("worker killed", 10.1)], 10.0) == ["worker killed: recovered after 10.1 s"]
    assert late([one("worker service killed", 21.7)], 10.0) == ["worker service killed: recovered after 21.7 s"]
    assert late([one("line slow", None)], 10.0) == ["line slow: not recovered"]
