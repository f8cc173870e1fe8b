"""The figures as tables: on the terminal all of them, in the README the goals."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.figures import Figure, Report
from bench.goals import GOALS, Goal
from bench.timing import Spread

CEILINGS = {"acceptance": "bare WSGI", "a turn": "by hand, one", "sending one reply": "http.client"}


def show(report: Report, console: Console) -> None:
    """Every figure with its spread and its ratio to the ceiling, then the goals."""
    for part in report.parts():
        console.print(_of_part(part, [figure for figure in report.figures if figure.part == part]))
    goals = Table("work", "goal", "figure", "", title="goals")
    for goal in GOALS:
        goals.add_row(goal.work, goal.wanted, _figure(goal, report), _word(goal, report))
    console.print(goals)
    console.print("\n".join(report.told_origins()), style="dim")


def _of_part(part: str, figures: Sequence[Figure]) -> Table:
    table = Table("", "median", "lowest", "highest", "unit", "beside the ceiling", title=part, title_justify="left")
    for figure in figures:
        shown = [number(value) for value in (figure.median, figure.low, figure.high)]
        table.add_row(figure.name, *shown, figure.unit, _beside(figure, figures))
    return table


def _beside(figure: Figure, figures: Sequence[Figure]) -> str:
    """The ratio to the ceiling of this part under the same load, if it has one."""
    ceiling = CEILINGS.get(figure.part, "—")
    load = figure.name.rpartition(", ")[2] if figure.name.endswith("connections") else ""
    for other in figures:
        same = other.name.startswith(ceiling) and other.name.endswith(load) and other.unit == figure.unit
        if same and other is not figure and (ratio := figure.spread.beside(other.spread)):
            return f"{told(ratio)} ×"
    return ""


def markdown(report: Report) -> str:
    """The goals as the README shows them."""
    lines = [
        f"Measured {'; '.join(report.told_origins())}; the load generator and a stand-in for LINE ran on the same",
        "cores. Shown is the median round with, in brackets, the lowest and the highest (`make bench`; all rounds are",
        "in `bench/results/latest.json`):",
        "",
        "| Work | Goal | Measured | |",
        "|---|---|---|---|",
    ]
    lines += [f"| {goal.work} | {goal.wanted} | {_figure(goal, report)} | {_word(goal, report)} |" for goal in GOALS]
    return "\n".join(lines)


def _figure(goal: Goal, report: Report) -> str:
    found = goal.figure(report)
    return "–" if found is None else f"{told(found)} {goal.unit}".strip()


def _word(goal: Goal, report: Report) -> str:
    return {True: "met", False: "not met", None: "not measured"}[goal.met(report)]


def told(spread: Spread) -> str:
    """The median, and what the rounds lay between."""
    between = f" [{number(spread.low)}–{number(spread.high)}]" if spread.low < spread.high else ""
    return number(spread.median) + between


def number(value: float) -> str:
    """Three digits, or all before the point."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
