"""`madoguchi understand`: a message read as the chat reads it."""

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import click

from bot.commands.json_lines import BadInputError, parse, read_lines, refuse_undecodable, write
from bot.commands.terminal import echo_escaped, report_errors
from bot.flows.context import Context, Resources
from bot.flows.precheck.steps import ORDER
from bot.flows.reading import Reading, read_message
from bot.flows.resources import load_resources
from bot.runtime.clock import today_in_japan
from bot.settings import encoder_choice
from bot.understanding.search import Answered

_KEYS = {"text", "step", "known", "today"}


@click.command("understand")
@click.argument("text", required=False, metavar="[文]")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@click.option("--stdin", "from_stdin", is_flag=True, help="1行に1件のJSONを読む / one JSON object per line.")
@report_errors
def command(text: str | None, *, as_json: bool, from_stdin: bool) -> None:
    """メッセージから読み取ったことを示します / Show what is understood of a message."""
    if from_stdin == (text is not None):
        raise BadInputError("give either a text or --stdin")
    resources = load_resources(encoder_choice())
    given = _from_stdin() if text is None else iter([{"text": refuse_undecodable(text)}])
    for one in given:
        reading = _read(one, resources)
        if as_json:
            write(_as_json(reading))
        else:
            echo_escaped("\n".join(_in_words(str(one["text"]), reading)))


def _read(given: Mapping[str, Any], resources: Resources) -> Reading:
    today = date.fromisoformat(given["today"]) if given.get("today") else today_in_japan()
    ctx = Context(resources=resources, today=today, new_conversation_id="understand")
    return read_message(given["text"], given.get("step"), given.get("known") or {}, ctx)


def _from_stdin() -> Iterator[Mapping[str, Any]]:
    for place, line in read_lines(sys.stdin.buffer):
        given = parse(line, place=place)
        if not isinstance(given, dict) or not isinstance(given.get("text"), str) or not set(given) <= _KEYS:
            raise BadInputError(f'{place}must be {{"text": text, "step"?, "known"?, "today"?}}')
        refuse_undecodable(given["text"], place=f"{place}text: ")
        _refuse_wrong(given, place)
        yield given


def _refuse_wrong(given: Mapping[str, Any], place: str) -> None:
    """BadInputError for a step, an answer or a day that does not exist."""
    if given.get("step") not in (None, *ORDER):
        raise BadInputError(f"{place}step: not a question of the pre-check")
    known = given.get("known")
    if known is not None and (not isinstance(known, dict) or not set(known) <= set(ORDER)):
        raise BadInputError(f"{place}known: must be an object of answers")
    try:
        date.fromisoformat(given.get("today") or "2000-01-01")
    except (TypeError, ValueError):
        raise BadInputError(f"{place}today: must be a day like 2026-04-01") from None


def _as_json(reading: Reading) -> dict[str, object]:
    return {
        "facts": dict(reading.facts),
        "ask_back": {key: list(values) for key, values in reading.ask_back.items()},
        "unsure": list(reading.unsure),
        "questions": [_answered_as_json(one) for one in reading.questions],
        "command": reading.command,
        "talk": reading.talk,
    }


def _answered_as_json(answered: Answered) -> dict[str, object]:
    return {
        "outcome": answered.outcome.value,
        "answers": [
            {
                "id": hit.entry.id,
                "title": hit.entry.title,
                "text": "\n".join(hit.entry.text),
                "urls": [link.url for link in hit.entry.links],
                "score": hit.score,
            }
            for hit in answered.hits
        ],
    }


def _in_words(text: str, reading: Reading) -> Iterator[str]:
    yield f"> {text.strip()}"
    yield from (f"  {key} = {value}" for key, value in reading.facts.items())
    yield from (f"  {key}: {' / '.join(values) or '-'} ?" for key, values in reading.ask_back.items())
    yield from (f"  {key}: 未定 / not known yet" for key in reading.unsure)
    for answered in reading.questions:
        titles = ", ".join(hit.entry.title for hit in answered.hits) or "-"
        yield f"  {answered.outcome.value}: {titles}"
    yield from (f"  command: {name}" for name in [reading.command] if name)
    yield from (f"  talk: {name}" for name in [reading.talk] if name)
