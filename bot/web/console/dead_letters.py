"""The dead letters as the console shows them: the reason and what LINE's support asks for, but no user or content."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.console_texts import DeliveryText
from bot.runtime.clock import JAPAN
from bot.store.queue.dead_letters import DeadLetters, StoredDeadLetter
from bot.store.queue.undelivered import UndeliveredStore

SHOWN = 50


@dataclass(frozen=True, slots=True)
class LetterView:
    """A dead letter on the page; `note` describes its content, and it can be resent only while that is stored."""

    id: str
    when: str
    kind: str
    reason: str
    facts: tuple[tuple[str, str], ...]
    kept: bool
    note: str
    caution: str


def newest_letters(dead: DeadLetters, undelivered: UndeliveredStore, text: DeliveryText) -> tuple[LetterView, ...]:
    """Return the newest dead letters, one for each outbox entry. Raise RedisError if Redis is away."""
    found: dict[str, StoredDeadLetter] = {}
    for filed in dead.page(0, SHOWN):
        found.setdefault(filed.dead_letter.entry_id or filed.id, filed)
    places = [(filed.dead_letter.user, filed.dead_letter.entry_id) for filed in found.values()]
    return tuple(_views(list(found.values()), undelivered.exists(places), text))


def _views(letters: Sequence[StoredDeadLetter], kept: Sequence[bool], text: DeliveryText) -> list[LetterView]:
    return [_view(filed, there, text) for filed, there in zip(letters, kept, strict=True)]


def _view(filed: StoredDeadLetter, kept: bool, text: DeliveryText) -> LetterView:  # noqa: FBT001 - one of a pair in a loop
    letter = filed.dead_letter
    facts = (
        (text.status, str(letter.status or "")),
        (text.request_id, letter.line_request_id or ""),
        (text.event_id, letter.event_id),
    )
    gone = text.gone if letter.kind == "delivery" else ""
    return LetterView(
        id=filed.id,
        when=f"{letter.at.astimezone(JAPAN):%Y-%m-%d %H:%M:%S}",
        kind=text.kinds.get(letter.kind, letter.kind),  # type: ignore[call-overload]  # a later release may have more kinds
        reason=letter.reason,
        facts=tuple((name, value) for name, value in facts if value),
        kept=kept,
        note=text.kept if kept else gone,
        caution=text.doubt if kept and letter.in_doubt else "",
    )
