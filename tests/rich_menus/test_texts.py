"""Rich menus as their writer leaves them: what is tapped lies where it is drawn, and a mistake is named."""

from itertools import combinations
from pathlib import Path

import pytest

from bot.content.loader import ContentError, load_yaml
from bot.rich_menus.texts import Place, RichMenusText, load_rich_menus, picture_of
from line_emulator.rules import check_rich_menu_image

TEXTS = load_rich_menus()
KEYS = list(TEXTS.menus)
# 44 points, the least that a finger hits safely, on a phone of 375 points' width
FINGER = 44 / 375 * 2500


def places(key: str) -> list[Place]:
    menu = TEXTS.menus[key]
    return [*(TEXTS.tab_place(tab) for tab in TEXTS.tabs), *(area.place for area in menu.areas)]


@pytest.mark.parametrize("key", KEYS)
def test_areas_and_tabs_cover_the_picture_without_a_gap_or_an_overlap(key: str) -> None:
    width, height = TEXTS.size
    assert sum(w * h for _, _, w, h in places(key)) == width * height
    for x, y, w, h in places(key):
        assert x + w <= width
        assert y + h <= height
    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(places(key), 2):
        assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay


@pytest.mark.parametrize("key", KEYS)
def test_every_area_is_large_enough_for_a_finger(key: str) -> None:
    assert [place for place in places(key) if min(place[2:]) < FINGER] == []


@pytest.mark.parametrize("key", KEYS)
def test_picture_is_what_line_takes_for_this_menu(key: str) -> None:
    width, height = TEXTS.size
    assert check_rich_menu_image(picture_of(key), "image/png", {"width": width, "height": height}) == []


def test_both_tabs_and_the_menu_to_go_on_from_are_there() -> None:
    assert list(TEXTS.tabs.values()) == ["調べる", "申込む"]
    assert [area.label for area in TEXTS.menus["resume"].areas if area.main] == ["続きから"]
    assert TEXTS.menus["resume"].tab == TEXTS.menus["apply"].tab == "apply"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("label: よくある質問", "label: よくある質問をさがしてみませんか、ご自由に", "longer than 20"),
        ("chat_bar: メニュー", "chat_bar: メニューはこちらから開いてください", "longer than 14"),
        ("    default: true\n", "", "one menu must be the default"),
        ("    tab: ask\n", "    tab: other\n", "must both be there"),
        ("  resume:\n", "  Resume:\n", "Resume"),
        ("icon: yen", "icon: yen, colour: red", "Extra inputs"),
        ("place: [0, 300, 833, 693]", "place: [-1, 300, 833, 693]", "greater than or equal to 0"),
    ],
)
def test_mistake_is_named_with_its_file(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    text = (Path(__file__).parents[2] / "bot/content/ja/rich_menus.yaml").read_text("utf-8")
    assert right in text
    path = tmp_path / "rich_menus.yaml"
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(ContentError, match=rf"^rich_menus\.yaml:\d+: .*{said}"):
        load_yaml(path, RichMenusText)
