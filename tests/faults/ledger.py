"""What LINE saw: every question against its answers, every call against what was promised."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from line_emulator.records import Call
from tests.faults.deployment import Deployment
from tests.faults.people import Person, Question, names_in
from tests.faults.reminders import Reminders


@dataclass(frozen=True)
class Ledger:
    """The records of a finished run."""

    people: list[Person]
    reminders: Reminders
    calls: list[Call]
    webhooks: list[Any]

    @classmethod
    def of(cls, stage: Deployment) -> "Ledger":
        return cls(stage.people, stage.reminders, stage.line.calls, stage.line.deliveries)

    @property
    def questions(self) -> list[Question]:
        return [question for person in self.people for question in person.questions]

    def problems(self, answer_within: float) -> list[str]:
        """Each broken promise in words; empty is what the suite asks for."""
        return [
            *self._not_acknowledged(),
            *(problem for person in self.people for problem in self._answers_of(person)),
            *self.reminders.problems(),
            *self._wrong_calls(),
            *self._late_webhooks(answer_within * 1000),
        ]

    def _not_acknowledged(self) -> Iterable[str]:
        for question in self.questions:
            if not question.acknowledged:
                yield f"{question.text} was delivered {question.deliveries} times and never acknowledged"

    def _answers_of(self, person: Person) -> Iterable[str]:
        """Exactly one answer to each question, in the order in which they were taken, beside reminders."""
        said = [
            entry for entry in person.line.seen(person.id) if entry.by == "bot" and not self.reminders.kind_of(entry)
        ]
        given = [sorted(names_in(entry)) for entry in said]
        flat = [names[0] if len(names) == 1 else f"an answer to {names or 'nothing'}" for names in given]
        asked = [question.text for question in person.questions if question.acknowledged]
        counts = Counter(flat)
        for text in asked:
            if counts[text] != 1:
                yield f"{text} was answered {counts[text]} times"
        for text in counts.keys() - set(asked):
            yield f"{text}, which was not asked"
        first = list(dict.fromkeys(flat))
        if [text for text in first if text in asked] != [text for text in asked if text in counts]:
            yield f"user {person.number} was answered out of order"

    def _wrong_calls(self) -> Iterable[str]:
        """LINE refused nothing but used or expired tokens, and what a switch made it refuse."""
        for call in self.calls:
            if call.verdict == "uncovered" or (call.verdict == "refused" and not bad_token(call)):
                yield f"{call.path}: {call.status} {call.response}"
        for token, times in Counter(token_of(call) for call in self.used_tokens).items():
            if times > 2:
                yield f"the used token {token[:8]}… was tried {times} times"

    def _late_webhooks(self, most: float) -> Iterable[str]:
        for webhook in self.webhooks:
            if webhook.status is not None and webhook.ms > most:
                yield f"a webhook was answered after {webhook.ms:.0f} ms ({webhook.status})"
            if webhook.outcome == "request_timeout" and webhook.status is None:
                yield f"a webhook was never answered ({webhook.detail})"

    @property
    def used_tokens(self) -> list[Call]:
        """Replies that LINE refused because it had taken one with this token before."""
        taken = {token_of(call) for call in self.calls if is_reply(call) and call.acted}
        return [call for call in self.calls if is_reply(call) and bad_token(call) and token_of(call) in taken]

    @property
    def expired_tokens(self) -> list[Call]:
        taken = {token_of(call) for call in self.calls if is_reply(call) and call.acted}
        return [call for call in self.calls if is_reply(call) and bad_token(call) and token_of(call) not in taken]

    @property
    def pushes(self) -> list[Call]:
        return [call for call in self.calls if call.path == "/v2/bot/message/push" and call.acted]

    @property
    def cut_off(self) -> list[Call]:
        """Calls whose outcome the bot could not know."""
        return [call for call in self.calls if call.status == 0]

    def webhook_ms(self) -> list[float]:
        return sorted(webhook.ms for webhook in self.webhooks if webhook.status is not None) or [0.0]

    def waits(self) -> list[float]:
        """Seconds from the webhook's arrival to the answer on the phone, of all that was answered."""
        took = []
        for person in self.people:
            entries = person.line.seen(person.id)
            asked = {entry.text: entry.at for entry in entries if entry.by == "user"}
            took += [
                (entry.at - asked[name]) / 1000 for entry in entries if entry.by == "bot" for name in names_in(entry)
            ]
        return sorted(took) or [0.0]


def is_reply(call: Call) -> bool:
    return call.path == "/v2/bot/message/reply"


def bad_token(call: Call) -> bool:
    return is_reply(call) and call.status == 400 and "reply token" in str(call.response).lower()


def token_of(call: Call) -> str:
    return str(call.request.get("replyToken")) if isinstance(call.request, dict) else ""
