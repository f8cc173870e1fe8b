import dataclasses
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linebot.v3.messaging import FlexContainer, TextMessage

from bot.diagnostics.samples import samples
from bot.replies.actions import Say
from bot.replies.render import render
from bot.replies.views import Cards, Menu, MenuItem, Notice, Reply, Text
from bot.text import measure
from tests.line_emulator.strictly import check_messages
from tests.replies.long_views import LONG_BUTTON, TEXTS, drawn_out

SAMPLES = samples()
NAMES = sorted(SAMPLES)


def assert_sendable(message: dict[str, Any]) -> None:
    """LINE takes it, and the SDK knows every property in it."""
    assert check_messages([message]) == []
    if message["type"] == "text":
        assert TextMessage.from_dict(message).text == message["text"]
    else:
        assert FlexContainer.from_dict(message["contents"]).to_dict() == message["contents"]


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_is_a_message_line_takes(name: str) -> None:
    assert_sendable(render(SAMPLES[name]))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", NAMES)
def test_the_longest_contents_are_still_taken(name: str, text: str) -> None:
    assert_sendable(render(drawn_out(SAMPLES[name], TEXTS[text])))


@pytest.mark.parametrize("name", NAMES)
def test_the_longest_contents_are_still_drawn(name: str) -> None:
    kind = "text" if isinstance(SAMPLES[name], Text) else "flex"
    assert render(drawn_out(SAMPLES[name], TEXTS["japanese"]))["type"] == kind


@pytest.mark.parametrize("text", ["", " ", "\n", "\u3000", "\u200b", "\x00"])
@pytest.mark.parametrize("name", NAMES)
def test_an_empty_text_never_reaches_line(name: str, text: str) -> None:
    assert_sendable(render(drawn_out(SAMPLES[name], text, times=2)))


@pytest.mark.parametrize("name", NAMES)
def test_a_view_without_any_optional_part_is_taken(name: str) -> None:
    assert_sendable(render(bare(SAMPLES[name])))


@given(st.sampled_from(NAMES), st.text(max_size=200), st.integers(0, 6))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_texts_are_the_message_is_taken(name: str, text: str, times: int) -> None:
    assert_sendable(render(drawn_out(SAMPLES[name], text, times=times)))


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=80))
def test_texts_within_their_length_arrive_unchanged(text: str) -> None:
    message = render(Notice(title=text, text=text))
    body = message["contents"]["body"]["contents"]
    assert body[0]["contents"][1]["text"] == body[1]["text"] == measure.cut(measure.clean(text), 80)


def test_thirteen_quick_replies_are_kept_and_no_more() -> None:
    message = render(Text(text="a", quick=(LONG_BUTTON,) * 20))
    assert len(message["quickReply"]["items"]) == 13
    assert_sendable(message)


def test_without_quick_replies_there_is_no_such_property() -> None:
    assert "quickReply" not in render(Text(text="a"))


def test_twelve_cards_are_kept_and_no_more() -> None:
    cards = SAMPLES["cards_partners"]
    assert isinstance(cards, Cards)
    message = render(dataclasses.replace(cards, cards=cards.cards * 5))
    assert len(message["contents"]["contents"]) == 12
    assert_sendable(message)


def test_no_card_at_all_becomes_a_text() -> None:
    assert render(Cards(title="該当する企業がありません", cards=())) == {
        "type": "text",
        "text": "該当する企業がありません",
    }


def test_a_text_keeps_its_5000_units_and_ends_on_a_whole_character() -> None:
    assert render(Text(text="窓" * 5_000))["text"] == "窓" * 5_000
    assert render(Text(text="🍎" * 3_000))["text"] == "🍎" * 2_499 + "…"


def test_what_no_cut_makes_small_enough_goes_out_as_text() -> None:
    items = tuple(MenuItem(label=f"{at}番", note="", action=Say("窓" * 300)) for at in range(15))
    message = render(Menu(title="多すぎる一覧", lead="", items=items))
    assert message["type"] == "text"
    assert message["text"].startswith("多すぎる一覧\n[1] 0番\n[2] 1番")
    assert_sendable(message)


def test_two_renderings_share_nothing_that_can_be_changed() -> None:
    first = render(SAMPLES["menu"])
    first["contents"]["body"]["contents"].clear()
    assert render(SAMPLES["menu"])["contents"]["body"]["contents"]


@pytest.mark.parametrize("name", NAMES)
def test_the_message_is_plain_json(name: str) -> None:
    message = render(SAMPLES[name])
    assert json.loads(json.dumps(message)) == message


def bare(view: Reply) -> Reply:
    """The view with every list empty and every text unsaid."""
    emptied: dict[str, Any] = {}
    for field in dataclasses.fields(view):
        value = getattr(view, field.name)
        if isinstance(value, tuple):
            emptied[field.name] = ()
        elif isinstance(value, str) and field.name not in {"tone", "verdict", "mark"}:
            emptied[field.name] = ""
    return dataclasses.replace(view, **emptied)
