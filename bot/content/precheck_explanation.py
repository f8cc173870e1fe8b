"""A decision of the pre-check in words, for the bubble, the sheet and the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.content.account_names import name_message
from bot.content.models import Copy, Link
from bot.content.precheck_texts import DATE_FACTS, PrecheckTexts
from bot.domain.check_results import State
from bot.domain.dates import WEEKDAYS, Schedule
from bot.domain.eligibility import Caution, Condition, Decision
from bot.domain.next_steps import NextStep, next_steps
from bot.text.measure import cut

LONGEST_FACT = 40  # what a person typed is shown, but never lets a bubble burst


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition as the bubble and the sheet show it."""

    key: Condition
    state: State
    title: str
    reason: str
    page: int


@dataclass(frozen=True, slots=True)
class CautionLine:
    """One warning: it costs time at most."""

    key: Caution
    text: str
    page: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """One thing to do; cannot_undo says why it is final."""

    key: NextStep
    title: str
    text: str
    page: int
    cannot_undo: str | None
    links: tuple[Link, ...]
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A decision in words."""

    title: str
    text: str
    notice: str
    conditions: tuple[ConditionLine, ...]
    cautions: tuple[CautionLine, ...]
    steps: tuple[StepLine, ...]
    schedule: str | None


def addresses(steps: Sequence[StepLine], *, form: str) -> tuple[tuple[str, str], ...]:
    """Return label and address of each link of the steps, once each, without the form, which is shown elsewhere."""
    links = {link.url: link.label for step in steps for link in step.links}
    copies = {copy.text: copy.label for step in steps for copy in step.copies}
    return tuple((label, address) for address, label in {**links, **copies}.items() if address != form)


def explain(decision: Decision, texts: PrecheckTexts) -> Explained:
    """The decision's sentences with its facts filled in."""
    facts = _facts(decision, texts)
    verdict = texts.verdicts[decision.verdict]
    return Explained(
        title=verdict.title,
        text=verdict.text,
        notice=texts.notice,
        conditions=tuple(_condition(decision, key, texts, facts) for key in Condition),
        cautions=tuple(_caution(key, texts, facts) for key in decision.cautions),
        steps=tuple(_step(key, texts, facts) for key in next_steps(decision)),
        schedule=_schedule(decision.schedule, texts, facts),
    )


def _condition(decision: Decision, key: Condition, texts: PrecheckTexts, facts: Mapping[str, str]) -> ConditionLine:
    judgement, text = decision.conditions[key], texts.conditions[key]
    reason = text.reasons[judgement.reason].fill(facts)
    if key is Condition.ACCOUNT_NAME and facts["name_message"]:
        reason = facts["name_message"]  # the name rule knows better what is wrong
    return ConditionLine(key, judgement.state, text.title, reason, text.page)


def _caution(key: Caution, texts: PrecheckTexts, facts: Mapping[str, str]) -> CautionLine:
    return CautionLine(key, texts.warnings[key].fill(facts), texts.warnings[key].page)


def _step(key: NextStep, texts: PrecheckTexts, facts: Mapping[str, str]) -> StepLine:
    text = texts.steps[key]
    return StepLine(key, text.title, text.fill(facts), text.page, text.cannot_undo, text.links, text.copies)


def _schedule(schedule: Schedule | None, texts: PrecheckTexts, facts: Mapping[str, str]) -> str | None:
    return texts.schedule[schedule.explanation].format_map(facts) if schedule else None


def schedule_in_words(schedule: Schedule, texts: PrecheckTexts) -> str:
    """The sentence that explains the dates."""
    return texts.schedule[schedule.explanation].format_map(_dates(schedule))


def _facts(decision: Decision, texts: PrecheckTexts) -> dict[str, str]:
    answers = decision.answers
    return {
        "body": decision.body.name if decision.body else "",
        "name": cut((answers.account_name or "").strip(), LONGEST_FACT),
        "names": "".join(f"「{name}」" for name in _accepted_names(decision)[:3]),
        "name_message": _name_message(decision),
        "domain": cut(answers.email_domain or "", LONGEST_FACT),
        "plan": texts.plans.get(answers.current_plan or "", ""),
        **_dates(decision.schedule),
    }


def _name_message(decision: Decision) -> str:
    verdict = decision.name and decision.name.verdict
    return name_message(verdict) if verdict else ""


def _accepted_names(decision: Decision) -> tuple[str, ...]:
    """Return the names proposed for the typed name. If there are none, return the body's own names."""
    proposed = decision.name.suggestions if decision.name else ()
    return proposed or (decision.body.account_names if decision.body else ())


def _dates(schedule: Schedule | None) -> dict[str, str]:
    if schedule is None:
        return dict.fromkeys(DATE_FACTS, "")
    year = schedule.apply_date.year
    days = {
        "review_from": in_japanese(schedule.review_from, year=year),
        "review_to": in_japanese(schedule.review_to, year=year),
        "effective_from": in_japanese(schedule.effective_from, year=year),
        "effective_to": in_japanese(schedule.effective_to, year=year),
    }
    return days | {
        "apply": in_japanese(schedule.apply_date),
        "review": range_in_japanese(schedule.review_from, schedule.review_to, year=year),
        "effective": range_in_japanese(schedule.effective_from, schedule.effective_to, year=year),
    }


def range_in_japanese(start: date, end: date, *, year: int) -> str:
    """Return the range, or the day if it is one.

    The year of the start is left out if it is `year`, that of the end if it is the start's.
    """
    first = in_japanese(start, year=year)
    return first if start == end else f"{first}〜{in_japanese(end, year=start.year)}"


def in_japanese(day: date, *, year: int | None = None) -> str:
    """2026年12月1日（火）; without its year where that is the one given."""
    written = f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"
    return written if day.year == year else f"{day.year}年{written}"
