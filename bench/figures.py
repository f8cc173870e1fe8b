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
    rounds: tuple[float, ...] = ()  # none where it was taken once

    @classmethod
    def of(cls, part: str, name: str, unit: str, spread: Spread) -> "Figure":
        return cls(part, name, unit, spread.median, spread.low, spread.high, spread.rounds)

    @classmethod
    def once(cls, part: str, name: str, unit: str, value: float) -> "Figure":
        return cls(part, name, unit, value, value, value)

    @property
    def spread(self) -> Spread:
        return Spread(self.median, self.low, self.high, self.rounds)


@dataclass(frozen=True, slots=True)
class Origin:
    """When a part was measured, and on what."""

    date: str
    machine: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """All figures there are; a part that was not run again keeps its figures, their date and their machine."""

    origins: Mapping[str, Origin]  # by part
    figures: tuple[Figure, ...]

    def spread(self, part: str, name: str, unit: str) -> Spread | None:
        """None where it was not measured."""
        return next((f.spread for f in self.figures if (f.part, f.name, f.unit) == (part, name, unit)), None)

    def parts(self) -> list[str]:
        return list(dict.fromkeys(figure.part for figure in self.figures))

    def told_origins(self) -> list[str]:
        """One sentence for all that was measured on one day on one machine."""
        together: dict[str, list[str]] = {}
        for part, origin in sorted(self.origins.items(), key=lambda item: item[1].date):
            on = origin.machine
            where = f"{origin.date} on {on['cores']} cores ({on['cpu']}), Python {on['python']}"
            together.setdefault(where, []).append(part)
        if len(together) == 1:
            return list(together)
        return [f"{where} ({', '.join(parts)})" for where, parts in together.items()]


def read(path: Path = LATEST) -> Report:
    if not path.exists():
        return Report({}, ())
    kept: dict[str, Any] = orjson.loads(path.read_bytes())
    figures = (Figure(**{**figure, "rounds": tuple(figure.get("rounds", ()))}) for figure in kept["figures"])
    return Report({part: Origin(**origin) for part, origin in kept["parts"].items()}, tuple(figures))


def with_parts(report: Report, found: Mapping[str, Iterable[Figure]]) -> Report:
    """The report with these parts as of now."""
    kept = [figure for figure in report.figures if figure.part not in found]
    new = [figure for figures in found.values() for figure in figures]
    now = Origin(datetime.now(UTC).strftime("%Y-%m-%d"), machine())
    return Report({**report.origins, **dict.fromkeys(found, now)}, tuple(kept + new))


def save(report: Report, path: Path = LATEST) -> None:
    path.parent.mkdir(exist_ok=True)
    content = {
        "parts": {part: asdict(origin) for part, origin in report.origins.items()},
        "figures": [{**asdict(figure), **_rounded(figure)} for figure in report.figures],
    }
    path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")


def _rounded(figure: Figure) -> dict[str, Any]:
    """Four digits, no more."""
    found: dict[str, Any] = {name: _short(getattr(figure, name)) for name in ("median", "low", "high")}
    return {**found, "rounds": [_short(value) for value in figure.rounds]}


def _short(value: float) -> float:
    return float(f"{value:.4g}")


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
