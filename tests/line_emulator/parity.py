"""Compares the emulator's rules with LINE's own verdicts: `make parity`.

Every whole message and rich menu of the rule tests goes to the `validate` endpoints, which send nothing to anybody.
With LINE_PARITY_TOKEN, a channel access token, they are LINE's; without, the emulator's, which proves the runner alone.
"""

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import urllib3

from line_emulator import Emulator
from line_emulator.error_bodies import body_error
from line_emulator.rules import Problem, problems, refused
from line_emulator.rules.messages import messages_check
from line_emulator.rules.rich_menus import rich_menu
from tests.line_emulator import strictly

LINE = "https://api.line.me"
RECORD = Path(__file__).parents[2] / "line_emulator" / "docs" / "parity.json"
PAGE = RECORD.with_name("rules.md")
PATHS = {"messages": "/v2/bot/message/validate/reply", "menu": "/v2/bot/richmenu/validate"}
PAUSE = 0.2  # five requests a second: no load on LINE


@dataclass(frozen=True)
class Case:
    """A request of the rule tests, and what our rules say of it."""

    kind: str
    body: Any
    reasons: tuple[Problem, ...]

    @property
    def accepted(self) -> bool:
        return not refused(self.reasons, strict=False)

    @property
    def places(self) -> list[str]:
        """The places that our answer names."""
        hard = refused(self.reasons, strict=False)
        return sorted(detail["property"] for detail in body_error(hard)[1]) if hard else []


@dataclass
class Outcome:
    """LINE's verdict on a case beside ours."""

    kind: str
    body: Any
    ours: bool
    theirs: bool
    our_places: list[str]
    their_places: list[str]
    said: str
    rules: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        if self.ours != self.theirs:
            return "we are stricter" if self.theirs else "we are kinder"
        return "same" if self.our_places == self.their_places else "another place"


def collected() -> list[Case]:
    """Return the cases: what the rule tests pass to the checks while they run."""
    found: list[Case] = []

    def recording(check: Callable[..., Any], to_case: Callable[[Any], Case]) -> Callable[..., Any]:
        def call(value: Any, **more: Any) -> Any:
            if more.get("to_group") is None and _is_json(value):
                found.append(to_case(value))
            return check(value, **more)

        return call

    before = vars(strictly).copy()
    strictly.check_messages = recording(strictly.check_messages, messages_case)  # type: ignore[assignment]
    strictly.check_flex = recording(strictly.check_flex, flex_case)  # type: ignore[assignment]
    strictly.check_rich_menu = recording(strictly.check_rich_menu, menu_case)  # type: ignore[assignment]
    try:
        pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", str(Path(__file__).parent / "rules")])
    finally:
        vars(strictly).update(before)
    return list({json.dumps([case.kind, case.body], sort_keys=True): case for case in found}.values())


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def messages_case(messages: Any) -> Case:
    return Case("messages", {"messages": messages}, tuple(problems(messages_check(), messages, "/messages")))


def flex_case(container: Any) -> Case:
    return messages_case([{"type": "flex", "altText": "a", "contents": container}])


def menu_case(menu: Any) -> Case:
    return Case("menu", menu, tuple(problems(rich_menu, menu)))


def asked(url: str, token: str, cases: Iterable[Case], *, pause: float) -> Iterator[Outcome]:
    """Yield the verdict on each case, one request after the other."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with urllib3.PoolManager(retries=False, timeout=30) as pool:
        for case in cases:
            answer = pool.request("POST", url + PATHS[case.kind], body=json.dumps(case.body), headers=headers)
            if answer.status not in (200, 400):
                raise SystemExit(f"status {answer.status} is no verdict: {answer.data[:200]!r}")
            said = answer.json() if answer.status == 400 else {}
            places = sorted(str(detail.get("property", "")) for detail in said.get("details", []))
            rules = sorted({rule_of(reason) for reason in case.reasons})
            yield Outcome(
                case.kind,
                case.body,
                case.accepted,
                answer.status == 200,
                case.places,
                places,
                said.get("message", ""),
                rules,
            )
            time.sleep(pause)


def rule_of(problem: Problem) -> str:
    """Return the rule behind a problem: its explanation without the figures and values of the case."""
    for pattern, word in _VALUES:
        if pattern.match(problem.message):
            return pattern.sub(word, problem.message)
    return problem.message


_VALUES = (
    (re.compile(r"^\d+x\d+"), "N x N"),
    (re.compile(r"^[\d.]+"), "N"),
    (re.compile(r"^has \d+"), "has N"),
    (re.compile(r"^.+ is not a (?=.* allowed here)"), "… is not a "),
    (re.compile(r"^has nothing for .*"), "has nothing for a key in the text"),
)


def marks(cases: Iterable[Case], outcomes: Iterable[Outcome], day: str | None) -> dict[str, str]:
    """Return for each rule: verified on that day, stricter on purpose, or assumed."""
    found = {
        rule_of(one): "stricter on purpose" if one.tolerated else "assumed" for case in cases for one in case.reasons
    }
    for outcome in outcomes:
        if day and len(outcome.rules) == 1 and not outcome.ours and not outcome.theirs:
            found[outcome.rules[0]] = f"verified on {day}"
    return found


def rules_page(found: dict[str, str]) -> str:
    lines = ["# Where each rule comes from", ""]
    lines += [
        "*Verified* rules were compared with LINE's answer on that day (`make parity`). *Stricter on purpose* rules",
        "refuse only under `--strict`. *Assumed* rules follow LINE's documentation, and LINE has not been asked.",
        "",
    ]
    lines += [
        "| Rule | |",
        "|---|---|",
        *(f"| {_cell(rule)} | {mark} |" for rule, mark in sorted(found.items())),
    ]
    return "\n".join([*lines, ""])


def _cell(rule: str) -> str:
    return rule.replace("|", "\\|")


def summary(outcomes: list[Outcome]) -> dict[str, int]:
    verdicts = [outcome.verdict for outcome in outcomes]
    return {
        verdict: verdicts.count(verdict) for verdict in ("same", "another place", "we are stricter", "we are kinder")
    }


def main() -> int:
    """Ask, write the record and the page, and return 1 if a verdict differs."""
    cases, token = collected(), os.environ.get("LINE_PARITY_TOKEN")
    day = datetime.now(UTC).date().isoformat()
    if token:
        outcomes = list(asked(LINE, token, cases, pause=PAUSE))
        different = [asdict(one) | {"verdict": one.verdict} for one in outcomes if one.verdict != "same"]
        record = {"asked": LINE, "on": day, "cases": len(cases), **summary(outcomes), "different": different}
        RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    else:
        with Emulator("", "secret", token="t") as emulator:
            outcomes = list(asked(emulator.url, "t", cases, pause=0))
    PAGE.write_text(rules_page(marks(cases, outcomes if token else [], day if token else None)))
    asked_of = LINE if token else "the emulator itself"
    sys.stdout.write(f"{len(cases)} cases at {asked_of}: {summary(outcomes)}\n")
    return int(any(outcome.ours != outcome.theirs for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
