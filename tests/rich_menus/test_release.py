"""The wanted rich menus, as the commands and the content check get them."""

import pytest

from bot.content.loader import ContentError
from bot.errors import PermanentError
from bot.rich_menus import texts
from bot.rich_menus.definition import wanted_menus

TEXTS = texts.load_rich_menus()


def test_area_that_opens_what_is_not_there_is_named() -> None:
    ask = TEXTS.menus["ask"]
    wrong = ask.model_copy(update={"areas": (ask.areas[0].model_copy(update={"open": "fax"}),)})
    with pytest.raises(PermanentError, match="ask opens what is not there: fax"):
        wanted_menus(TEXTS.model_copy(update={"menus": {**TEXTS.menus, "ask": wrong}}))


def test_picture_that_is_missing_is_named_with_what_to_do() -> None:
    with pytest.raises(ContentError, match=r"other\.png:1: cannot be read.*make rich-menus"):
        texts.picture_of("other")


def test_one_menu_is_the_default_and_each_has_its_own_name_and_alias() -> None:
    wanted = wanted_menus()
    assert [menu.key for menu in wanted if menu.default] == ["ask"]
    assert len({menu.name for menu in wanted}) == len({menu.alias for menu in wanted}) == 4
