from typing import Any

import pytest

from line_emulator.rules import problems
from line_emulator.rules import requests as rules
from tests.line_emulator.strictly import check_send_request

TEXT = {"type": "text", "text": "a"}
USER = "U" + "a" * 32
MESSAGES = {"messages": [TEXT]}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("reply", {"replyToken": "t", "notificationDisabled": True, **MESSAGES}),
        ("push", {"to": USER, **MESSAGES, "customAggregationUnits": ["unit_1"]}),
        ("push", {"to": "C" + "0" * 32, **MESSAGES}),
        ("push", {"to": "R" + "0" * 32, **MESSAGES}),
        ("push", {"to": USER, **MESSAGES, "customAggregationUnits": ["0"]}),
        ("push", {"to": USER, **MESSAGES, "customAggregationUnits": ["Z" * 30]}),
        ("push", {"to": USER, **MESSAGES, "customAggregationUnits": []}),
        ("multicast", {"to": [f"U{n:032x}" for n in range(500)], **MESSAGES}),
        ("multicast", {"to": [USER], **MESSAGES}),
        ("validate/reply", MESSAGES),
    ],
)
def test_a_request_as_documented_passes(kind: str, body: dict[str, Any]) -> None:
    assert check_send_request(kind, body) == []


@pytest.mark.parametrize(
    ("kind", "body", "place"),
    [
        ("reply", MESSAGES, "/replyToken"),
        ("reply", {"replyToken": "t"}, "/messages"),
        ("reply", {"replyToken": "t", "messages": [TEXT] * 6}, "/messages"),
        ("reply", {"replyToken": "t", "messages": [{"type": "text", "text": ""}]}, "/messages/0/text"),
        ("reply", {"replyToken": "t", "to": USER, **MESSAGES}, "/to"),
        ("reply", {"replyToken": "t", "notificationDisabled": "false", **MESSAGES}, "/notificationDisabled"),
        ("push", {"to": "me", **MESSAGES}, "/to"),
        ("push", {"to": [USER], **MESSAGES}, "/to"),
        ("push", {"to": USER.upper(), **MESSAGES}, "/to"),
        ("push", {"to": USER, **MESSAGES, "customAggregationUnits": ["a", "b"]}, "/customAggregationUnits"),
        ("push", {"to": USER, **MESSAGES, "customAggregationUnits": ["a b"]}, "/customAggregationUnits/0"),
        ("push", {"to": USER, **MESSAGES, "customAggregationUnits": [""]}, "/customAggregationUnits/0"),
        ("push", {"to": USER, **MESSAGES, "customAggregationUnits": ["a" * 31]}, "/customAggregationUnits/0"),
        ("reply", {"replyToken": "", **MESSAGES}, "/replyToken"),
        ("multicast", {"to": [], **MESSAGES}, "/to"),
        ("multicast", {"to": [f"U{n:032x}" for n in range(501)], **MESSAGES}, "/to"),
        ("multicast", {"to": [USER, USER], **MESSAGES}, "/to"),
        ("multicast", {"to": ["C" + "0" * 32], **MESSAGES}, "/to/0"),
        ("validate/push", {"to": USER, **MESSAGES}, "/to"),
        ("push", [], ""),
    ],
)
def test_a_request_against_a_rule_is_refused_at_its_place(kind: str, body: Any, place: str) -> None:
    assert place in {problem.property for problem in check_send_request(kind, body)}


def test_a_multicast_never_mentions_anyone() -> None:
    mention = {"type": "mention", "mentionee": {"type": "all"}}
    message = {"type": "textV2", "text": "{a}", "substitution": {"a": mention}}
    assert check_send_request("multicast", {"to": [USER], "messages": [message]})
    assert check_send_request("validate/push", {"messages": [message]}) == []


@pytest.mark.parametrize("seconds", [5, 20, 60])
def test_loading_lasts_five_to_sixty_seconds_in_steps_of_five(seconds: int) -> None:
    assert problems(rules.loading, {"chatId": USER, "loadingSeconds": seconds}) == []


@pytest.mark.parametrize("seconds", [0, 4, 6, 7, 61, 65, 5.0, "5", True])
def test_loading_of_another_length_is_refused(seconds: Any) -> None:
    assert problems(rules.loading, {"chatId": USER, "loadingSeconds": seconds})


def test_loading_is_for_single_persons() -> None:
    assert problems(rules.loading, {"chatId": USER}) == []
    assert problems(rules.loading, {"chatId": "C" + "0" * 32})


@pytest.mark.parametrize(
    ("key", "good"),
    [
        ("123e4567-e89b-12d3-a456-426614174000", True),
        ("123E4567-E89B-12D3-A456-426614174000", True),
        ("123e4567e89b12d3a456426614174000", False),
        ("123e4567-e89b-12d3-a456-42661417400", False),
        ("123e4567-e89b-12d3-a4564-26614174000", False),
        ("not-a-key", False),
        ("", False),
    ],
)
def test_a_retry_key_is_a_uuid_with_dashes(key: str, good: bool) -> None:
    assert rules.retry_key_is_uuid(key) is good


def test_a_webhook_endpoint_is_an_https_url_of_at_most_500_characters() -> None:
    assert problems(rules.set_endpoint, {"endpoint": "https://example.com/callback"}) == []
    assert problems(rules.set_endpoint, {"endpoint": "http://example.com/callback"})
    for check in (rules.set_endpoint, rules.test_endpoint, rules.local_set_endpoint, rules.local_test_endpoint):
        assert problems(check, {"endpoint": "https://example.com/" + "a" * 480}) == []
        assert problems(check, {"endpoint": "https://example.com/" + "a" * 481})
    assert problems(rules.set_endpoint, {})
    assert problems(rules.test_endpoint, {}) == []
