"""Compares what is read of a writer's messages with what the writer meant."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.flows.reading import Reading

HERE = Path(__file__).parent
Message = Mapping[str, Any]


def messages_of(writer: str) -> list[Message]:
    """Return the messages of one writer, each with what it holds and what would be a dangerous misreading."""
    return [json.loads(line) for line in (HERE / f"{writer}.jsonl").read_text("utf-8").splitlines()]


@dataclass
class Score:
    """The counts over a set of messages."""

    messages: int = 0
    facts: int = 0
    found: int = 0
    with_spurious: int = 0
    dangerous: int = 0
    questions: int = 0
    answered: int = 0
    right: int = 0


def score(messages: Iterable[Message], read: Callable[[Message], Reading]) -> Score:
    """Read each message and count."""
    total = Score()
    for message in messages:
        reading = read(message)
        wanted = {key: value for key, value in message["facts"].items() if None not in _listed(value)}
        found = sum(_is_found(reading, key, _listed(value)) for key, value in wanted.items())
        spurious = _spurious(message, reading)
        dangerous = any(reading.facts.get(key) in _listed(value) for key, value in message.get("never", {}).items())
        asked = _listed(message.get("asks") or [])
        shown = {hit.entry.id for one in reading.questions for hit in one.hits}
        answered = sum(topic in shown for topic in asked)
        unsure = all(key in reading.unsure or key in reading.ask_back for key in message.get("unsure", []))
        command = reading.command in _listed(message.get("command"))
        total.messages += 1
        total.facts += len(wanted)
        total.found += found
        total.with_spurious += spurious
        total.dangerous += dangerous
        total.questions += len(asked)
        total.answered += answered
        is_whole = found == len(wanted) and answered == len(asked)
        total.right += is_whole and unsure and command and not spurious and not dangerous
    return total


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_found(reading: Reading, key: str, values: list[Any]) -> bool:
    """Return True if the fact was noted, or its value is among the buttons of the question asked back."""
    return reading.facts.get(key) in values or bool({*map(str, values)} & {*map(str, reading.ask_back.get(key, ()))})


def _spurious(message: Message, reading: Reading) -> bool:
    """Return True if a fact was noted that the message does not give."""
    known = message.get("known") or {}
    allowed = {*message["facts"], *(message.get("ask_back") or {})}
    return any(key not in allowed and known.get(key) != value for key, value in reading.facts.items())
