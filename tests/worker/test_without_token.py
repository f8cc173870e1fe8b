"""An event that came without a reply token is answered by push where its sender waits, and only there."""

from datetime import date
from typing import Any

import pytest

from bot.worker.turn_runner import TurnRunner
from tests.release import release_resources

TURNS = TurnRunner(release_resources(), lambda: date(2026, 11, 24))
USER = {"type": "user", "userId": "U1"}
TEXT = {"type": "text", "id": "1", "text": "メニュー"}


def played(kind: str, **more: Any) -> Any:
    return TURNS.run({"type": kind, "mode": "active", "webhookEventId": "E", "source": USER, **more}, b"").outbox_entry


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("message", {"message": TEXT}),
        ("message", {"message": TEXT, "replyToken": None}),
        ("message", {"message": {"type": "sticker"}}),
        ("postback", {"postback": {"data": "flow=menu"}}),
        ("follow", {"follow": None}),
    ],
)
def test_who_waits_is_answered_by_push(kind: str, more: dict[str, Any]) -> None:
    outgoing = played(kind, **more)
    assert outgoing
    assert (outgoing.push, outgoing.to) == (True, "U1")


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("message", {"message": TEXT, "mode": "standby"}),
        ("message", {"message": TEXT, "source": {}}),
        ("unfollow", {}),
        ("unsend", {"unsend": {"messageId": "1"}}),
        ("leave", {"source": {"type": "group", "groupId": "C1"}}),
        ("accountLink", {}),
        ("somethingNew", {}),
    ],
)
def test_nobody_waits_and_nothing_is_sent(kind: str, more: dict[str, Any]) -> None:
    assert played(kind, **more) is None


@pytest.mark.parametrize("kind", ["unfollow", "unsend"])
def test_apology_is_not_pushed_to_who_asked_nothing(kind: str) -> None:
    assert TURNS.apology({"type": kind, "mode": "active", "source": USER}, b"").outbox_entry is None
