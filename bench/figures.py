"""Figures with their spread, and the file they are kept in."""

import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from bench.timing import Spread

LATEST = Path(__file__).parent / "results" / "latest.json"
PACKAGES = ("flask", "granian", "redis", "hiredis", "dramatiq", "line-bot-sdk", "orjson", "urllib3", "pydantic")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing: `part` is the measure it belongs to, `name` the contestant or the case."""

    part: str
    name: str
    unit: str
    median: float
    low: float
    high: float

    @classmethod
    def of(cls, part: str, name: str, unit: str, spread: Spread) -> "Figure":
        return cls(part, name, unit, spread.median, spread.low, spread.high)

    @classmethod
    def once(cls, part: str, name: str, unit: str, value: float) -> "Figure":
        return cls(part, name, unit, value, value, value)


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a run; parts that were not run again keep what they had."""

    date: str
    machine: Mapping[str, str]
    figures: tuple[Figure, ...]

    def value(self, part: str, name: str, unit: str) -> float | None:
        """The median; None where it was not measured."""
        return next((f.median for f in self.figures if (f.part, f.name, f.unit) == (part, name, unit)), None)

    def parts(self) -> list[str]:
        return list(dict.fromkeys(figure.part for figure in self.figures))


def read(path: Path = LATEST) -> Report:
    if not path.exists():
        return Report("", {}, ())
    kept: dict[str, Any] = orjson.loads(path.read_bytes())
    return Report(kept["date"], kept["machine"], tuple(Figure(**figure) for figure in kept["figures"]))


def with_parts(report: Report, found: Mapping[str, Iterable[Figure]]) -> Report:
    """The report of today, these parts new."""
    kept = [figure for figure in report.figures if figure.part not in found]
    new = [figure for figures in found.values() for figure in figures]
    return Report(datetime.now(UTC).strftime("%Y-%m-%d"), machine(), tuple(kept + new))


def save(report: Report, path: Path = LATEST) -> None:
    path.parent.mkdir(exist_ok=True)
    content = {
        "date": report.date,
        "machine": dict(report.machine),
        "figures": [{**asdict(figure), **_rounded(figure)} for figure in report.figures],
    }
    path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")


def _rounded(figure: Figure) -> dict[str, float]:
    """Three digits that mean something, no more."""
    return {name: float(f"{getattr(figure, name):.4g}") for name in ("median", "low", "high")}


def machine() -> dict[str, str]:
    """What ran it: no host name, no path."""
    cpu = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return {
        "cpu": cpu[0] if cpu else platform.machine(),
        "cores": str(len(cpu)),
        "memory": f"{int(memory.split()[1]) / 1024 / 1024:.0f} GB",
        "system": f"Linux {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "packages": packages,
    }
