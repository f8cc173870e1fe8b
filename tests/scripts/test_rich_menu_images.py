"""The committed pictures of the rich menus are those of the committed content."""

import pytest

from bot.rich_menus.texts import load_rich_menus, picture_of
from scripts.rich_menu_images import page, source_hash, source_of, with_source

TEXTS = load_rich_menus()


@pytest.mark.parametrize("key", TEXTS.menus)
def test_committed_picture_was_drawn_from_the_content_as_it_is(key: str) -> None:
    assert source_of(picture_of(key)) == source_hash(TEXTS, key), "run `make rich-menus` and commit the pictures"


def test_source_changes_with_the_words_and_with_nothing_else() -> None:
    ask = TEXTS.menus["ask"]
    other = ask.areas[0].model_copy(update={"note": "ほかのことば"})
    menus = {**TEXTS.menus, "ask": ask.model_copy(update={"areas": (other, *ask.areas[1:])})}
    changed = TEXTS.model_copy(update={"menus": menus})
    assert source_hash(changed, "ask") != source_hash(TEXTS, "ask")
    assert source_hash(changed, "apply") == source_hash(TEXTS, "apply")


@pytest.mark.parametrize("key", TEXTS.menus)
def test_page_holds_every_word_and_a_picture_for_every_area(key: str) -> None:
    drawn = page(TEXTS, key)
    for area in TEXTS.menus[key].areas:
        assert area.label in drawn
        assert area.note in drawn
    assert drawn.count('stroke-linejoin="round">\n</svg>') == drawn.count('stroke-linejoin="round"></svg>') == 0
    assert drawn.count("<svg") == len(TEXTS.menus[key].areas)


def test_source_is_read_back_from_the_picture() -> None:
    png = picture_of("ask")
    assert source_of(with_source(png, "another")) == "another"
    assert source_of(b"\x89PNG\r\n\x1a\n") is None
