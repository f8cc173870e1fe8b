"""What LINE sends in an odd shape costs its own field and nothing else."""

from typing import Any

import pytest

from bot.handlers.events import read_event

ODD: list[Any] = [None, 7, 1.5, True, "x", [], [None], {}, {"x": None}]
MENTION = {"mentionees": [{"index": 0, "length": 3, "isSelf": True}]}


def message(**more: Any) -> dict[str, Any]:
    return {"type": "text", "id": "1", "text": "@窓口 料金", **more}


def event(**more: Any) -> dict[str, Any]:
    source = {"type": "user", "userId": "U1"}
    return {"type": "message", "webhookEventId": "E", "replyToken": "r", "source": source, "message": message(), **more}


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("name", ["follow", "unsend", "postback", "mode", "webhookEventId", "timestamp"])
def test_odd_field_of_an_event_leaves_its_text(name: str, odd: object) -> None:
    read = read_event(event(**{name: odd}))
    assert (read.message.text, read.source.chat, read.replyToken) == ("@窓口 料金", "U1", "r")


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("name", ["id", "mention", "emojis", "quoteToken"])
def test_odd_field_of_a_message_leaves_its_text(name: str, odd: object) -> None:
    read = read_event(event(message=message(**{name: odd})))
    assert (read.message.type, read.message.text, read.message.typed) == ("text", "@窓口 料金", "@窓口 料金")


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_parameters_leave_the_data_of_a_tap(odd: object) -> None:
    read = read_event(event(type="postback", postback={"data": "flow=menu", "params": odd}))
    assert (read.postback.data, isinstance(read.postback.params, dict)) == ("flow=menu", True)


@pytest.mark.parametrize(
    ("given", "read"), [(468789577898262530, "468789577898262530"), (1.5, "1.5"), (True, ""), (None, "")]
)
def test_number_for_an_id_is_that_id(given: object, read: str) -> None:
    assert read_event(event(message=message(id=given))).message.id == read


@pytest.mark.parametrize(("given", "read"), [(17.0, 17), ("17", 17), (17.5, 0), ("x", 0), ([17], 0)])
def test_time_is_read_however_it_is_written(given: object, read: int) -> None:
    assert read_event(event(timestamp=given)).timestamp == read


@pytest.mark.parametrize(("given", "read"), [("true", True), (1, True), ("no", False), (2, False)])
def test_yes_is_read_however_it_is_written(given: object, read: bool) -> None:
    assert read_event(event(follow={"isUnblocked": given})).follow.isUnblocked is read


@pytest.mark.parametrize("odd", [None, "x", {"index": None, "length": None}], ids=repr)
def test_odd_mentionee_hides_no_other(odd: object) -> None:
    read = read_event(event(message=message(mention={"mentionees": [odd, *MENTION["mentionees"]]})))
    assert (read.mentions_us, read.message.typed) == (True, "料金")


def test_mention_without_a_place_counts_and_takes_nothing_out() -> None:
    read = read_event(event(message=message(mention={"mentionees": [{"index": None, "length": 3, "isSelf": True}]})))
    assert (read.mentions_us, read.message.typed) == (True, "@窓口 料金")
