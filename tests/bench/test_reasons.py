"""Why a goal is missed is said with the figures that missed it."""

from bench.acceptance import FLASK, PART, SDK_FLASK
from bench.figures import Figure, Report
from bench.reasons import UNKNOWN, markdown
from bench.timing import Spread


def report(ours: list[float], *, bubble: float = 100) -> Report:
    rates: dict[str, list[float]] = {
        "ours, 16 connections": ours,
        "ours, 64 connections": ours,
        f"{FLASK}, 16 connections": [1000, 1000, 1000],
        f"{SDK_FLASK}, LINE after 300 ms, 64 connections": [50, 50, 50],
    }
    figures = [Figure.of(PART, name, "requests/s", Spread.of(values)) for name, values in rates.items()]
    return Report({}, (*figures, Figure.once("rendering and serialising", "one bubble", "CPU µs", bubble)))


def test_only_missed_goals_are_explained() -> None:
    told = markdown(report([4000, 4000, 4000]))
    assert told == "The last run met them all."


def test_a_missed_ratio_is_shown_with_its_spread_and_its_reason() -> None:
    told = markdown(report([300, 200, 400]))
    assert "| ≥ 0.35 × | 0.30 [0.20–0.40] × | Verifying alone" in told
    assert "answers 53 a second at best; 80 times its rate may be 4,267 a second" in told


def test_a_goal_missed_for_no_known_reason_is_said_to_be_so() -> None:
    assert f"| one bubble | ≤ 120 µs CPU | 130 µs CPU | {UNKNOWN} |" in markdown(report([4000] * 3, bubble=130))
