"""A contestant that loses or refuses requests has no figure."""

import pytest

from bench.acceptance import all_well
from bench.load import Run


@pytest.mark.parametrize("run", [Run(answered=1000, unanswered=1), Run(answered=1000, refused=1), Run()])
def test_a_run_that_loses_or_refuses_a_single_request_fails(run: Run) -> None:
    with pytest.raises(RuntimeError, match=f"{run.refused} refused, {run.unanswered} lost"):
        all_well(run, "a contestant")


def test_a_run_that_answers_everything_is_well() -> None:
    all_well(Run(answered=1000), "a contestant")
