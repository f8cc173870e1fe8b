"""The content of the printable sheet: the decision of the day of the check, with every sentence chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.content.precheck_explanation import Explained, StepLine, addresses, explain, in_japanese, range_in_japanese
from bot.content.precheck_texts import PrecheckTexts
from bot.domain.answers import Answers
from bot.domain.dates import ERAS, Schedule
from bot.domain.eligibility import Decision, Verdict
from bot.sheet.texts import FactKey, SheetText, SheetWords
from bot.text.measure import clean, columns, cut

LONGEST_FACT = 60
LONGEST_HALF = 44  # half-width columns that fit beside another answer on paper


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer as given; a wide one has a line of its own."""

    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition: its mark says the same as the word, so that no colour is needed."""

    name: str
    mark: str
    word: str
    reason: str
    page: int


@dataclass(frozen=True, slots=True)
class Point:
    """A date or a range, and what happens then."""

    what: str
    when: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet; `form` is empty if the verdict does not lead to an application."""

    text: SheetText
    verdict: Verdict
    headline: str
    lead: str
    subject: str
    request: str
    facts: tuple[Fact, ...]
    conditions: tuple[ConditionRow, ...]
    timeline: tuple[Point, ...]
    schedule: str
    cautions: tuple[tuple[str, int], ...]
    steps: tuple[StepLine, ...]
    addresses: tuple[tuple[str, str], ...]
    form: str
    source: str
    checked: str
    valid: str
    notice: str


def sheet_view(
    decision: Decision, *, on: date, valid_until: date, words: SheetWords, rules: PrecheckTexts
) -> SheetView:
    """The sheet of a decision made on that day."""
    said, text = explain(decision, rules), words.own
    form = rules.form_url
    return SheetView(
        text=text,
        verdict=decision.verdict,
        headline=said.title,
        lead=said.text,
        subject=text.subjects[decision.verdict],
        request=text.requests[decision.verdict],
        facts=_facts(decision.answers, words),
        conditions=_conditions(said, text),
        timeline=_timeline(decision.schedule, on, text),
        schedule=said.schedule or "",
        cautions=tuple((line.text, line.page) for line in said.cautions),
        steps=said.steps,
        addresses=addresses(said.steps, form=form),
        form=form if decision.verdict.may_apply else "",
        source=text.source.format(title=words.source.title, edition=words.source.edition),
        checked=text.checked.format(day=_with_era(on)),
        valid=text.valid.format(day=in_japanese(valid_until)),
        notice=said.notice,
    )


def _facts(answers: Answers, words: SheetWords) -> tuple[Fact, ...]:
    """Return the answers in the words of the questions. Body and account name are listed even if unknown."""
    given = answers.model_dump(mode="json")
    shown = [key for key in words.own.facts if given[key] is not None or key in ("body", "account_name")]
    return tuple(_fact(key, given, words) for key in shown)


def _fact(key: FactKey, given: Mapping[str, Any], words: SheetWords) -> Fact:
    value = given[key]
    if value is None:
        missing = given["has_account"] is False and key == "account_name"
        return Fact(words.own.facts[key], words.own.no_account if missing else words.own.unknown)
    listed = words.questions.questions[key].choices if key != "email_domain" else {}
    said = listed.get(value) or cut(" ".join(clean(value).split()), LONGEST_FACT)
    return Fact(words.own.facts[key], said, wide=columns(said) > LONGEST_HALF)


def _conditions(said: Explained, text: SheetText) -> tuple[ConditionRow, ...]:
    return tuple(
        ConditionRow(line.title, text.marks[line.state], text.words[line.state], line.reason, line.page)
        for line in said.conditions
    )


def _timeline(schedule: Schedule | None, on: date, text: SheetText) -> tuple[Point, ...]:
    if schedule is None:
        return ()
    year = on.year
    return (
        Point(text.timeline.checked, in_japanese(on, year=year)),
        Point(text.timeline.apply, in_japanese(schedule.apply_date, year=year)),
        Point(text.timeline.review, range_in_japanese(schedule.review_from, schedule.review_to, year=year)),
        Point(text.timeline.effective, range_in_japanese(schedule.effective_from, schedule.effective_to, year=year)),
    )


def _with_era(day: date) -> str:
    """Public offices date by era: 2026年11月22日（日）・令和8年. The plan began on the era's first day."""
    return f"{in_japanese(day)}・令和{day.year - ERAS['令和']}年"
