"""The cause of each kind of dead letter, from what the worker writes."""

from datetime import UTC, datetime

import pytest

from bot.delivery.dead_letter_causes import CAUSES, cause_of
from bot.delivery.outbox_entry import OutboxEntry, decide, give_up, give_way
from bot.line.outcomes import Outcome
from bot.store.queue.dead_letters import DeadLetter

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ENTRY = OutboxEntry.new(event_id="01A", to="U1", token="t", messages=[], now_ms=0)
DAY_MS = 25 * 3_600_000


def letter(kind: str, reason: str = "", **more: object) -> DeadLetter:
    return DeadLetter(at=NOW, kind=kind, user="ab", reason=reason, **more)


@pytest.mark.parametrize(
    ("outcome", "cause"),
    [
        (Outcome("throttled", 429, reason="You have reached your monthly limit."), "quota"),
        (Outcome("denied", 401, reason="invalid token"), "channel"),
        (Outcome("failed", 500, reason="oops"), "line_down"),
        (Outcome("not_sent", None, reason="ConnectTimeout"), "line_down"),
    ],
)
def test_cause_of_an_entry_that_was_given_up_is_what_line_said_last(outcome: Outcome, cause: str) -> None:
    decision = decide(ENTRY, outcome, DAY_MS)
    assert decision.do == "give_up"
    assert cause_of(letter("delivery", decision.reason, status=decision.status)) == cause


def test_causes_of_what_the_worker_decides_by_itself() -> None:
    way, refused = give_way(ENTRY), give_up(ENTRY, "LINE refuses the channel", 403)
    assert cause_of(letter("delivery", way.reason, status=way.status)) == "quota"
    assert cause_of(letter("delivery", refused.reason, status=refused.status)) == "channel"


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        (letter("delivery", "400: The property is invalid", status=400), "message"),
        (letter("delivery", "403: forbidden", status=403), "one_user"),
        (letter("delivery", "unreadable: DecryptionError"), "key"),
        (letter("refused", "400: The property is invalid", status=400), "plain_text"),
        (letter("turn", "ValueError", event_id="01A"), "turn"),
        (letter("event", "it ended its worker again and again", event_id="01A"), "event"),
        (letter("event", "wrong key"), "key"),
        (letter("unreadable"), "unknown"),
        (letter("of a later release"), "unknown"),
    ],
)
def test_other_letters_have_the_cause_of_their_kind(found: DeadLetter, cause: str) -> None:
    assert cause in CAUSES
    assert cause_of(found) == cause
