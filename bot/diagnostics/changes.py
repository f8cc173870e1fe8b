"""Compares the outcome of a check with the one before, so that only changes lead to a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bot.diagnostics.result import CheckResult
from bot.store.check_record import SEVERITY

BAD = ("warning", "failed")
_MARKS = {"warning": "!", "failed": "✗"}
NAME = "check.json"


@dataclass(frozen=True, slots=True)
class Change:
    """The message about a change, in Japanese and English."""

    title: str
    text: str


def read_before(folder: Path) -> Mapping[str, str]:
    """Return the states at the last notification; empty if there was none. It is a file, because Redis may be down."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError, RecursionError):
        return {}


def write_now(folder: Path, states: Mapping[str, str]) -> None:
    """Store the states for the next comparison. Raise OSError if that fails; the earlier ones are still there then."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{NAME}.new"
    beside.write_bytes(msgspec.json.encode(dict(states)))
    beside.replace(folder / NAME)


def after(before: Mapping[str, str], now: Mapping[str, str]) -> Mapping[str, str]:
    """Return the states to store: a check that was not looked at now keeps the state that it had."""
    seen = {name: state for name, state in now.items() if state != "skipped"}
    return {**before, **seen}


def change(
    before: Mapping[str, str], now: Mapping[str, str], results: Sequence[tuple[str, CheckResult]]
) -> Change | None:
    """Return the message about what got worse or better; None if nothing did."""
    worse = [name for name, state in now.items() if state in BAD and _rank(state) > _rank(before.get(name, "ok"))]
    better = [name for name, state in now.items() if state in ("ok", "manual") and before.get(name, "ok") in BAD]
    if not worse and not better:
        return None
    lines = [_line(name, result) for name, result in results if name in worse and result.state in BAD]
    lines += [f"✓ {name}: 直りました / is fine again" for name in better]
    still = sorted(name for name, state in after(before, now).items() if state in BAD and name not in worse)
    if still:
        lines.append(f"まだ直っていないもの / still open: {', '.join(still)}")
    title = "窓口: 確認が必要です / needs attention" if worse else "窓口: 直りました / fine again"
    return Change(title, "\n".join(lines))


def _line(name: str, result: CheckResult) -> str:
    step = result.next_step
    said = f"{_MARKS[result.state]} {name}: {result.message.ja} / {result.message.en}"
    return f"{said}\n  → {step.ja} / {step.en}" if step else said


def _rank(state: str) -> int:
    return SEVERITY.index(state) if state in BAD else 0
