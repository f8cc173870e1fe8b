"""Rich menus as LINE gets them: every area leads somewhere, and every function can be reached."""

from typing import Any

import pytest

from bot.content.rich_menus import alias_of, load_rich_menus
from bot.emulator.rules import check_rich_menu
from bot.flows.context import Context
from bot.flows.counters import COUNTERS, FLOWS
from bot.flows.postback import decode
from bot.flows.rich_menus import definition
from bot.flows.session import Session
from bot.handlers import router
from bot.replies.views import Notice

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
def test_every_area_has_words_for_screen_readers_and_leads_somewhere(action: dict[str, Any], ctx: Context) -> None:
    assert action["label"]
    if action["type"] == "richmenuswitch":
        assert action["richMenuAliasId"] in {alias_of(key) for key in TEXTS.menus}
        return
    replies = router.tapped(Session(), action["data"], "", ctx).replies
    unknown = ctx.texts.ui.notices["unknown_button"].title
    assert replies
    assert not any(isinstance(reply, Notice) and reply.title == unknown for reply in replies)


def test_every_function_has_its_place_on_a_tab_and_is_called_as_in_the_text_menu(ctx: Context) -> None:
    labels = {
        tap.value: area["action"]["displayText"]
        for tab in TEXTS.tabs
        for area in definition(TEXTS, tab)["areas"]
        if area["action"]["type"] == "postback" and (tap := decode(area["action"]["data"]))
    }
    assert labels.keys() == {*FLOWS, *COUNTERS}
    assert labels == {name: item.label for name, item in ctx.texts.ui.menu.items.items()}


def test_menu_to_go_on_from_asks_the_pending_question(ctx: Context) -> None:
    session = router.said(Session(), "申込前チェック", ctx).session
    assert session
    main = definition(TEXTS, "resume")["areas"][1]["action"]
    assert main["label"] == "続きから"
    again = router.tapped(session, main["data"], "", ctx)
    assert again.session == session
    assert again.replies == router.said(session, "続ける", ctx).replies
