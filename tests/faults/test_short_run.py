"""The short run of the fault suite; `make faults` has all of it."""

from pathlib import Path

import pytest

from tests.faults.people import Manners
from tests.faults.run import run
from tests.faults.schedule import SHORT

WITHIN = 10.0  # seconds after which a killed worker's users are answered by another
SLACK = 10.0  # for a machine that runs other tests at the same time


@pytest.mark.timeout(240)
def test_what_was_acknowledged_is_answered_once_and_in_order_whatever_is_killed(tmp_path: Path) -> None:
    manners = Manners(pause=(0.4, 1.6))
    figures = run(tmp_path, lambda _: SHORT, seed="short", people=16, manners=manners, calm=0.3, answer_within=4.0)
    assert figures.problems == []
    assert figures.summary["events"] > 100
    killed = [one for one in figures.incidents if one.what == "worker killed"]
    assert [one.recovery for one in killed if (one.recovery or 0) > WITHIN + SLACK] == []
