"""`madoguchi precheck`: reads the answers of a pre-check and prints its decision."""

import sys

import click

from bot.commands.json_lines import BadInputError, parse, read_lines, read_text, write
from bot.commands.terminal import echo_escaped
from bot.content.cached import precheck_texts
from bot.content.precheck_explanation import Explained, StepLine, explain
from bot.domain.answers import AnswersError, read_answers
from bot.domain.dates import Schedule
from bot.domain.eligibility import Decision
from bot.domain.precheck import check
from bot.governments import load
from bot.runtime.clock import today_in_japan

_MARKS = {"pass": "○", "fail": "×", "unclear": "？"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="JSONで出力（端末以外では既定） / JSON, default off a terminal.")
@click.option("--text", "as_text", is_flag=True, help="人が読む文章で出力（端末では既定） / for people to read.")
@click.option("--stdin", "by_line", is_flag=True, help="1行に1件のJSONを読む / one JSON object per line.")
def command(*, as_json: bool, as_text: bool, by_line: bool) -> None:
    """標準入力の回答（JSON）から申込前チェックの結果を出します / Decide the pre-check for JSON answers on stdin."""
    if as_json and as_text:
        raise BadInputError("give either --json or --text")
    prints_text = as_text or (sys.stdout.isatty() and not (as_json or by_line))
    lines = read_lines(sys.stdin.buffer) if by_line else [("", read_text(sys.stdin.buffer))]
    for place, text in lines:
        decision = _decide(text, place=place)
        explained = explain(decision, precheck_texts())
        if prints_text:
            echo_escaped(_in_words(explained))
        else:
            write(_as_json(decision, explained))


def _decide(text: str, *, place: str) -> Decision:
    try:
        answers = read_answers(parse(text, place=place))
    except AnswersError as error:
        raise BadInputError(f"{place}{error}") from None
    return check(answers, register=load(), today=today_in_japan())


def _as_json(decision: Decision, explained: Explained) -> dict[str, object]:
    """Return the keys of the interface first, then the words for them."""
    return {
        "verdict": decision.verdict.value,
        "conditions": {line.key.value: line.state.value for line in explained.conditions},
        "warnings": [line.text for line in explained.cautions],
        "next_steps": [_with_its_mark(line) for line in explained.steps],
        "schedule": decision.schedule and _dates(decision.schedule),
        "message": explained.text,
        "notice": explained.notice,
        "reasons": {line.key.value: {"text": line.reason, "page": line.page} for line in explained.conditions},
        "details": {
            "warnings": [{"key": line.key.value, "text": line.text, "page": line.page} for line in explained.cautions],
            "next_steps": [
                {
                    "key": line.key.value,
                    "title": line.title,
                    "text": line.text,
                    "page": line.page,
                    "cannot_undo": line.cannot_undo,
                    "links": [link.url for link in line.links],
                }
                for line in explained.steps
            ],
            "schedule": explained.schedule,
        },
    }


def _with_its_mark(line: StepLine) -> str:
    return f"{line.text}【元に戻せません】{line.cannot_undo}" if line.cannot_undo else line.text


def _dates(schedule: Schedule) -> dict[str, str]:
    return {
        "review_from": schedule.review_from.isoformat(),
        "review_to": schedule.review_to.isoformat(),
        "effective_from": schedule.effective_from.isoformat(),
        "effective_to": schedule.effective_to.isoformat(),
    }


def _in_words(explained: Explained) -> str:
    lines = [f"【{explained.title}】", explained.text, ""]
    for condition in explained.conditions:
        mark = _MARKS[condition.state.value]
        lines.append(f"{mark} {condition.title}: {condition.reason}（{condition.page}ページ）")
    lines += [f"! {caution.text}（{caution.page}ページ）" for caution in explained.cautions]
    lines += ["", *([explained.schedule, ""] if explained.schedule else [])]
    for number, step in enumerate(explained.steps, start=1):
        lines.append(f"{number}. {step.title}（{step.page}ページ）")
        lines.append(f"   {_with_its_mark(step)}")
        lines += [f"   {link.label}: {link.url}" for link in step.links]
    return "\n".join([*lines, "", explained.notice])
