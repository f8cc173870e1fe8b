"""Rich menus as LINE gets them: every area leads somewhere, and every function can be reached."""

from typing import Any

import pytest

from bot.flows.postback import decode
from bot.flows.registry import FLOWS, OCCASIONAL, STATELESS_FLOWS
from bot.rich_menus.definition import definition
from bot.rich_menus.texts import alias_of, load_rich_menus
from tests.flows.conftest import Conversation
from tests.line_emulator.strictly import check_rich_menu

TEXTS = load_rich_menus()
AREAS = [
    pytest.param(area["action"], id=f"{key} {area['action']['label']}")
    for key in TEXTS.menus
    for area in definition(TEXTS, key)["areas"]
]


@pytest.mark.parametrize("key", TEXTS.menus)
def test_line_takes_the_menu(key: str) -> None:
    assert check_rich_menu({**definition(TEXTS, key), "name": key}) == []


@pytest.mark.parametrize("action", AREAS)
def test_every_area_has_words_for_screen_readers_and_leads_somewhere(
    action: dict[str, Any], talk: Conversation
) -> None:
    assert action["label"]
    if action["type"] == "richmenuswitch":
        assert action["richMenuAliasId"] in {alias_of(key) for key in TEXTS.menus}
        return
    said = talk.taps(action["data"])
    assert said
    assert talk.resources.texts.ui.notices["unknown_button"].title not in said


def test_every_function_has_its_place_on_a_tab_and_is_called_as_in_the_text_menu(talk: Conversation) -> None:
    labels = {
        tap.value: area["action"]["displayText"]
        for tab in TEXTS.tabs
        for area in definition(TEXTS, tab)["areas"]
        if area["action"]["type"] == "postback" and (tap := decode(area["action"]["data"]))
    }
    assert labels.keys() == {*FLOWS, *STATELESS_FLOWS} - OCCASIONAL
    assert labels == {name: item.label for name, item in talk.resources.texts.ui.menu.items.items()}


def test_menu_to_go_on_from_asks_the_pending_question(talk: Conversation) -> None:
    main = definition(TEXTS, "resume")["areas"][1]["action"]
    assert main["label"] == "続きから"
    talk.says("申込前チェック")
    pending = talk.says("横浜市")
    talk.says("料金")
    assert "お持ちですか" in pending
    assert "お持ちですか" in talk.taps(main["data"])
    talk.says("やめる")
    assert "お持ちですか" in talk.taps(main["data"])


def test_menu_to_go_on_from_offers_a_fresh_start_where_the_conversation_is_gone(talk: Conversation) -> None:
    said = talk.taps(definition(TEXTS, "resume")["areas"][1]["action"]["data"])
    assert "途中のご用件はありません" in said
    assert "どちらの団体" in talk.tap_label("申込前チェック")
