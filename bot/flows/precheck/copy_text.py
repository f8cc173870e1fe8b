"""The result of the pre-check as plain text for a mail, which a button copies (at most 1,000 UTF-16 units)."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.content.precheck_explanation import CautionLine, ConditionLine, Explained, StepLine, addresses, in_japanese
from bot.content.texts import PrecheckText
from bot.domain.check_results import State
from bot.domain.eligibility import Decision
from bot.domain.next_steps import NextStep
from bot.replies.limits import CLIPBOARD
from bot.text.measure import clean, cut, cut_units, utf16_length

LONGEST_NAME = 40
FULL, SHORT, SHORTEST, BARE = range(4)


def text_version(decision: Decision, said: Explained, *, today: date, texts: PrecheckText) -> str:
    """Return as much as fits. Explanations are left out first, then reasons, then reading; cautions and dates never."""
    for detail in (FULL, SHORT, SHORTEST, BARE):
        text = "\n".join(_lines(decision, said, today, texts, detail))
        if utf16_length(text) <= CLIPBOARD:
            return text
    return cut_units(text, CLIPBOARD)


def _lines(decision: Decision, said: Explained, today: date, texts: PrecheckText, detail: int) -> Iterator[str]:
    text = texts.text_version
    answers = decision.answers
    yield text.title
    yield text.checked.format(day=in_japanese(today))
    yield text.account.format(body=_name(answers.body, texts), name=_name(answers.account_name, texts))
    yield text.verdict.format(verdict=said.title)
    yield from ("", text.conditions, *(_condition(line, texts, detail) for line in said.conditions))
    if said.schedule:
        yield from ("", text.schedule, said.schedule)
    yield from map(_caution, said.cautions)
    yield from ("", text.steps, *(_step(at, line, texts, detail) for at, line in enumerate(said.steps, start=1)))
    yield ""
    yield from (f"{label}：{address}" for label, address in _addresses(said.steps, detail))
    if decision.verdict.may_apply:
        yield from (text.form.format(address=url) for url in _form(said.steps))
    yield from (said.notice, text.source)


def _name(given: str | None, texts: PrecheckText) -> str:
    return cut(" ".join(clean(given or "").split()), LONGEST_NAME) or texts.skipped


def _condition(line: ConditionLine, texts: PrecheckText, detail: int) -> str:
    """Return the line of a condition. One that is fulfilled needs no reason."""
    reason = "" if line.state is State.PASS or detail >= SHORTEST else f"：{line.reason}"
    return f"{texts.verdict.marks[line.state]}　{line.title}{reason}（{line.page}ページ）"


def _caution(line: CautionLine) -> str:
    return f"※{line.text}（{line.page}ページ）"


def _addresses(steps: Sequence[StepLine], detail: int) -> tuple[tuple[str, str], ...]:
    """Return where to ask and, if there is space, where to read more."""
    form = next(iter(_form(steps)), "")
    found = addresses(steps, form=form)
    return found if detail < BARE else tuple(pair for pair in found if "@" in pair[1])


def _step(number: int, line: StepLine, texts: PrecheckText, detail: int) -> str:
    final = texts.text_version.cannot_undo if line.cannot_undo else ""
    words = f"：{line.text}" if detail == FULL else ""
    return f"{number}. {line.title}{final}{words}"


def _form(steps: Sequence[StepLine]) -> tuple[str, ...]:
    return tuple(link.url for line in steps if line.key is NextStep.APPLY for link in line.links)
