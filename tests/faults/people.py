"""Tens of users who ask one thing after the other; no two questions are the same, and each answer names its own."""

import re
import threading
import time
from dataclasses import dataclass, field
from random import Random

import orjson

from line_emulator import Emulator
from line_emulator.chats import Entry
from line_emulator.records import Delivery

QUESTION = re.compile(r"@q\d\d-\d{4}")
REDELIVERED_AFTER = (0.3, 1.5)
GIVES_UP = 270.0  # LINE does not redeliver for ever; the longest fault is shorter by a minute and a half


def names_in(entry: Entry) -> set[str]:
    """The questions that a message names."""
    return set(QUESTION.findall(orjson.dumps(entry.message).decode()))


@dataclass
class Question:
    """`acknowledged` is when the bot first said 200, in seconds of the monotonic clock; 0 as long as it has not."""

    text: str
    event_id: str
    asked: float
    acknowledged: float = 0.0
    deliveries: int = 1
    acknowledgements: int = 0


@dataclass(frozen=True)
class Manners:
    """How somebody writes: seconds between questions (fewer than 120 a minute), how often LINE delivers one twice."""

    pause: tuple[float, float] = (0.2, 2.5)
    in_a_row: float = 0.25
    twice: float = 0.12
    again: float = 0.08


@dataclass
class Person:
    """Writes from a thread of its own; LINE delivers their next event once this one was taken."""

    line: Emulator
    number: int
    seed: str
    manners: Manners = field(default_factory=Manners)

    def __post_init__(self) -> None:
        self.id = self.line.new_user(f"職員{self.number:02}")
        self.questions: list[Question] = []
        self._answered: set[str] = set()
        self._read = 0
        self._random = Random(f"{self.seed}/{self.number}")
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """No further question; the one under way is still delivered."""
        self._enough.set()

    def join(self) -> None:
        self._thread.join(GIVES_UP * 2)

    def answered_since(self, moment: float) -> bool:
        """Whether something that was asked after that moment is answered."""
        self._look()
        return any(question.asked >= moment and question.text in self._answered for question in tuple(self.questions))

    def _look(self) -> None:
        entries = self.line.seen(self.id)
        for entry in entries[self._read :]:
            self._answered |= names_in(entry) if entry.by == "bot" else set()
        self._read = len(entries)

    def waits_for(self, moment: float) -> bool:
        """Whether an answer is missing to what had been acknowledged by then."""
        self._look()
        asked = {question.text for question in tuple(self.questions) if 0 < question.acknowledged <= moment}
        return not asked <= self._answered

    def _write(self) -> None:
        while not self._enough.is_set():
            self._ask()
            if self._random.random() > self.manners.in_a_row:
                self._enough.wait(self._random.uniform(*self.manners.pause))

    def _ask(self) -> None:
        text = f"@q{self.number:02}-{len(self.questions):04}"
        asked = time.monotonic()
        delivery = self.line.says(self.id, text).delivery
        assert delivery
        question = Question(text, str(delivery.body["events"][0]["webhookEventId"]), asked)
        self.questions.append(question)
        while not self._taken(question, delivery) and time.monotonic() < asked + GIVES_UP:
            time.sleep(self._random.uniform(*REDELIVERED_AFTER))
            delivery = self.line.redeliver_last(self.id)
            question.deliveries += 1
        if self._random.random() < self.manners.twice:
            self.line.deliver_twice(self.id)
        if self._random.random() < self.manners.again:
            self.line.redeliver_last(self.id)

    def _taken(self, question: Question, delivery: Delivery) -> bool:
        if delivery.outcome == "ok":
            question.acknowledged = question.acknowledged or time.monotonic()
        return delivery.outcome == "ok"
