"""The figures of a run: a table for who reads, JSON for what reads."""

from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.faults.ledger import Ledger
from tests.faults.schedule import Incident


@dataclass(frozen=True)
class Figures:
    """All that a run is judged by; `problems` are the broken promises."""

    seed: str
    seconds: float
    summary: dict[str, float | int]
    incidents: list[Incident]
    problems: list[str]

    def as_json(self) -> dict[str, Any]:
        incidents = [
            {"what": one.what, "lasted": round(one.ended - one.began, 2), "recovery": one.recovery}
            for one in self.incidents
        ]
        return {
            "seed": self.seed,
            "seconds": round(self.seconds, 1),
            **self.summary,
            "incidents": incidents,
            "problems": self.problems,
        }

    def show(self, console: Console) -> None:
        console.print(_summary(self))
        console.print(_incidents(self.incidents))
        for problem in self.problems[:50]:
            console.print(f"[red]broken:[/red] {problem}")
        console.print(f"SEED={self.seed}: {len(self.problems)} promises broken" if self.problems else "all kept")


def _summary(figures: Figures) -> Table:
    table = Table("figure", "value", title=f"Faults, SEED={figures.seed}, {figures.seconds:.0f} s")
    for name, value in figures.summary.items():
        table.add_row(name.replace("_", " "), f"{value:,}")
    return table


def _incidents(incidents: list[Incident]) -> Table:
    """The worst recovery of each kind."""
    table = Table("fault", "times", "lasted s", "recovered after s (worst)")
    kinds: dict[str, list[Incident]] = {}
    for incident in incidents:
        kinds.setdefault(incident.what, []).append(incident)
    for what, same in sorted(kinds.items()):
        worst = max((one.recovery if one.recovery is not None else float("inf")) for one in same)
        table.add_row(what, str(len(same)), f"{max(one.ended - one.began for one in same):.1f}", f"{worst:.1f}")
    return table


def summary(ledger: Ledger, incidents: list[Incident], *, dead_letters: int) -> dict[str, Any]:
    webhooks, waits = ledger.webhook_ms(), ledger.waits()
    accepted = sum(webhook.outcome == "ok" for webhook in ledger.webhooks)
    return {
        "users": len(ledger.people),
        "events": len(ledger.questions),
        "faults": sum(incident.what.count(" + ") + 1 for incident in incidents),
        "kills_of_processes": sum(incident.what.count("killed") for incident in incidents),
        "webhook_requests": len(ledger.webhooks),
        "answered_with_503": sum(webhook.status == 503 for webhook in ledger.webhooks),
        "not_connected_or_cut": sum(webhook.status is None for webhook in ledger.webhooks),
        "redeliveries": sum(webhook.redelivery for webhook in ledger.webhooks),
        "duplicates_recognised": accepted - sum(bool(question.acknowledged) for question in ledger.questions),
        "webhook_ms_p50": _part(webhooks, 0.5),
        "webhook_ms_p99": _part(webhooks, 0.99),
        "webhook_ms_max": _part(webhooks, 1.0),
        "reminders": len(ledger.reminders.due),
        "pushes": len(ledger.pushes),
        "outcomes_cut_off_by_line": len(ledger.cut_off),
        "used_tokens_tried": len(ledger.used_tokens),
        "expired_tokens_tried": len(ledger.expired_tokens),
        "dead_letters": dead_letters,
        "answer_s_p50": _part(waits, 0.5),
        "answer_s_p99": _part(waits, 0.99),
        "answer_s_max": _part(waits, 1.0),
    }


def _part(ordered: list[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2)
