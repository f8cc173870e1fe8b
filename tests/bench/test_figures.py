"""Figures keep their rounds, and each part its own date and machine."""

from pathlib import Path

from bench.figures import Figure, Origin, Report, read, save, with_parts
from bench.timing import Spread

LONG_AGO = Origin("2020-01-01", {"cores": "1", "cpu": "an old one", "python": "3.11.0"})
OLD = Figure.of("growth", "a turn", "CPU µs", Spread.of([3, 1, 2]))
NEW = Figure.once("sending", "ours", "CPU µs", 5)


def test_a_ratio_is_taken_round_by_round() -> None:
    disturbed = Spread.of([10, 40, 12])
    ratio = disturbed.beside(Spread.of([20, 80, 24]))
    assert ratio == Spread(0.5, 0.5, 0.5, (0.5, 0.5, 0.5))
    assert Spread.of([1, 2, 9]).beside(Spread.of([1, 1, 3])) == Spread(2, 1, 3, (1, 2, 3))


def test_rounds_without_partners_have_no_ratio() -> None:
    assert Spread.of([1, 2, 3]).beside(Spread.of([1, 2])) is None
    assert Spread.of([1, 2]).beside(Spread.of([0, 2])) is None


def test_a_part_that_is_kept_keeps_its_date_and_its_machine(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    report = with_parts(Report({"growth": LONG_AGO}, (OLD,)), {"sending": [NEW]})
    save(report, path)
    found = read(path)
    assert found.origins["growth"] == LONG_AGO
    assert found.origins["sending"].date > LONG_AGO.date
    assert found.told_origins()[0] == "2020-01-01 on 1 cores (an old one), Python 3.11.0 (growth)"
    assert len(found.told_origins()) == 2


def test_rounds_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    save(Report({"growth": LONG_AGO}, (OLD, NEW)), path)
    assert read(path).figures == (OLD, NEW)
    assert read(path).spread("growth", "a turn", "CPU µs") == Spread(2, 1, 3, (3, 1, 2))
