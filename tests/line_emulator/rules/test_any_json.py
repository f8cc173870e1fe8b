"""Whatever a bot sends, the checks answer: they never break."""

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from line_emulator.plain_text import as_text
from line_emulator.rules import check_messages, check_rich_menu, check_send_request, hint_messages
from line_emulator.visible import actions_in
from tests.line_emulator.rules.test_flex import BUTTON, GRADIENT, ICON, IMAGE, TEXT, VIDEO, box, bubble
from tests.line_emulator.rules.test_imagemaps import MAP
from tests.line_emulator.rules.test_messages import GOOD, ITEM
from tests.line_emulator.rules.test_rich_menus import MENU
from tests.line_emulator.rules.test_templates import BUTTONS, CAROUSEL, CONFIRM

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
WORDS = st.sampled_from(
    ["box", "text", "bubble", "carousel", "flex", "baseline", "uri", "postback", "1px", "50%", "#000000"]
)
ANY = st.recursive(
    LEAVES | WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(), inner, max_size=3)
)

CARD = bubble(
    box(ICON, TEXT, layout="baseline"),
    box(TEXT, background=GRADIENT, action={"type": "uri", "uri": "https://e.jp/"}),
    {"type": "text", "contents": [{"type": "span", "text": "a"}]},
    header=box(IMAGE),
    hero=VIDEO,
    footer=box(BUTTON, {"type": "separator"}),
    styles={"body": {"separator": True}},
)
MESSAGES: list[Any] = [
    {"type": "flex", "altText": "a", "contents": CARD, "quickReply": {"items": [ITEM]}},
    {"type": "flex", "altText": "a", "contents": {"type": "carousel", "contents": [bubble(TEXT)] * 2}},
    *({"type": "template", "altText": "a", "template": template} for template in (BUTTONS, CAROUSEL, CONFIRM)),
    MAP,
    *GOOD,
]


def spots(value: Any) -> list[tuple[Any, Any]]:
    """Every place inside where something else could stand: its holder and its key."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [spot for key in keys for spot in spots(value[key])]


@settings(deadline=None)
@given(ANY)
def test_any_json_is_answered(value: Any) -> None:
    assert isinstance(check_messages(value), list)
    assert isinstance(check_messages([value]), list)
    assert isinstance(check_send_request("push", value), list)
    assert isinstance(check_rich_menu(value), list)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(MESSAGES), st.data())
def test_a_message_with_anything_in_any_place_is_answered_and_what_passes_can_be_shown(
    message: Any, data: st.DataObject
) -> None:
    broken = copy.deepcopy(message)
    holder, key = data.draw(st.sampled_from(spots(broken)))
    holder[key] = data.draw(ANY)
    if check_messages([broken]) == []:
        hint_messages([broken])
        list(actions_in(broken))
        as_text(broken)
        json.dumps(broken)


@settings(deadline=None)
@given(st.data())
def test_a_menu_with_anything_in_any_place_is_answered(data: st.DataObject) -> None:
    broken = copy.deepcopy(MENU)
    holder, key = data.draw(st.sampled_from(spots(broken)))
    holder[key] = data.draw(ANY)
    assert isinstance(check_rich_menu(broken), list)
