import struct
import zlib
from typing import Any

import pytest

from line_emulator.rules import check_rich_menu_image, problems
from line_emulator.rules import rich_menus as rules
from tests.line_emulator.strictly import check_rich_menu

BOUNDS = {"x": 0, "y": 0, "width": 2500, "height": 843}
AREA: dict[str, Any] = {"bounds": BOUNDS, "action": {"type": "postback", "data": "a"}}
SIZE = {"width": 2500, "height": 843}
MENU: dict[str, Any] = {
    "size": SIZE,
    "selected": True,
    "name": "主",
    "chatBarText": "メニューを開く",
    "areas": [AREA],
}
ID, OTHER = "richmenu-" + "0" * 32, "richmenu-" + "1" * 32
USERS = [f"U{number:032x}" for number in range(501)]


SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int, height: int) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


def png(width: int, height: int, *, size: int = 100) -> bytes:
    """A picture of that many bytes."""
    ends = SIGNATURE + header(width, height), chunk(b"IEND", b"")
    return ends[0] + chunk(b"IDAT", bytes(size - len(ends[0]) - len(ends[1]) - 12)) + ends[1]


def jpeg(width: int, height: int) -> bytes:
    app = b"\xff\xff\xff\xe0\x01\x02" + bytes(256)  # a segment may be preceded by fill bytes
    return b"\xff\xd8" + app + b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(8) + b"\xff\xd9"


@pytest.mark.parametrize(
    "menu",
    [
        MENU,
        {**MENU, "areas": [AREA] * 20, "chatBarText": "👨‍👩‍👧" * 14, "name": "👨‍👩‍👧" * 300},
        {
            **MENU,
            "size": {"width": 800, "height": 250},
            "areas": [{**AREA, "bounds": {**BOUNDS, "width": 1, "height": 1}}],
        },
        {**MENU, "size": {"width": 2500, "height": 1686}},
    ],
)
def test_a_menu_as_documented_passes(menu: dict[str, Any]) -> None:
    assert check_rich_menu(menu) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"size": {"width": 799, "height": 250}}, "/size"),
        ({"size": {"width": 2501, "height": 843}}, "/size"),
        ({"size": {"width": 2500, "height": 249}}, "/size"),
        ({"size": {"width": 1000, "height": 690}}, "/size"),
        ({"size": {"width": 2500.0, "height": 843}}, "/size/width"),
        ({"selected": "true"}, "/selected"),
        ({"name": "a" * 301}, "/name"),
        ({"name": ""}, "/name"),
        ({"chatBarText": "あ" * 15}, "/chatBarText"),
        ({"chatBarText": ""}, "/chatBarText"),
        ({"areas": [AREA] * 21}, "/areas"),
        ({"areas": []}, "/areas"),
        ({"areas": [{"bounds": BOUNDS}]}, "/areas/0/action"),
        ({"areas": [{**AREA, "bounds": {**BOUNDS, "x": -1}}]}, "/areas/0/bounds/x"),
        ({"areas": [{**AREA, "bounds": {**BOUNDS, "x": 1}}]}, "/areas/0/bounds"),
        ({"areas": [{**AREA, "bounds": {**BOUNDS, "y": 1}}]}, "/areas/0/bounds"),
        ({"areas": [{**AREA, "bounds": {**BOUNDS, "width": 0}}]}, "/areas/0/bounds/width"),
        ({"areas": [{**AREA, "bounds": {**BOUNDS, "height": 1.5}}]}, "/areas/0/bounds/height"),
        ({"areas": [{**AREA, "action": {"type": "camera", "label": "a"}}]}, "/areas/0/action/type"),
        (
            {"areas": [{**AREA, "action": {"type": "postback", "data": "a", "label": "あ" * 21}}]},
            "/areas/0/action/label",
        ),
        ({"richMenuId": ID}, "/richMenuId"),
    ],
)
def test_a_menu_against_a_rule_is_refused_at_its_place(change: dict[str, Any], place: str) -> None:
    assert place in {problem.property for problem in check_rich_menu({**MENU, **change})}


@pytest.mark.parametrize("name", list(MENU))
def test_every_property_of_a_menu_is_required(name: str) -> None:
    assert check_rich_menu({key: MENU[key] for key in MENU if key != name})


@pytest.mark.parametrize(
    ("data", "content_type", "good"),
    [
        (png(2500, 843), "image/png", True),
        (jpeg(2500, 843), "image/jpeg", True),
        (png(2500, 843), "image/jpeg", False),
        (png(1250, 422), "image/png", False),
        (png(2500, 843, size=1_000_000), "image/png", True),
        (png(2500, 843, size=1_000_001), "image/png", False),
        (b"GIF89a", "image/gif", False),
        (b"\xff\xd8\xff", "image/jpeg", False),
        (b"", "image/png", False),
    ],
    ids=["png", "jpeg", "wrong type", "another size", "1 MB", "over 1 MB", "gif", "broken jpeg", "empty"],
)
def test_the_image_is_of_its_type_its_size_and_at_most_one_megabyte(data: bytes, content_type: str, good: bool) -> None:
    assert (check_rich_menu_image(data, content_type, SIZE) == []) is good


@pytest.mark.parametrize(("whole", "content_type"), [(png(2500, 843), "image/png"), (jpeg(2500, 843), "image/jpeg")])
def test_an_image_cut_off_anywhere_is_refused(whole: bytes, content_type: str) -> None:
    taken = [
        length for length in range(len(whole) + 1) if not check_rich_menu_image(whole[:length], content_type, SIZE)
    ]
    assert taken == [len(whole)]


@pytest.mark.parametrize(
    "data",
    [
        SIGNATURE,
        SIGNATURE + header(2500, 843) + chunk(b"IEND", b""),
        SIGNATURE + chunk(b"IDAT", b"a") + header(2500, 843) + chunk(b"IEND", b""),
        SIGNATURE + chunk(b"IHDR", struct.pack(">II", 2500, 843)) + chunk(b"IDAT", b"a") + chunk(b"IEND", b""),
        png(2500, 843).replace(b"IDAT\0", b"IDAT\1"),
        png(2500, 843).replace(struct.pack(">I", 843), struct.pack(">I", 844)),
    ],
    ids=["signature only", "no data", "header late", "short header", "damaged data", "damaged header"],
)
def test_a_damaged_png_is_refused(data: bytes) -> None:
    assert [problem.message for problem in check_rich_menu_image(data, "image/png", SIZE)] == [
        "is not a picture of type image/png"
    ]


@pytest.mark.parametrize("size", [{"width": 799, "height": 300}, {"width": 1000, "height": 690}])
def test_an_image_of_bad_proportions_is_refused_whatever_the_menu_says(size: dict[str, int]) -> None:
    assert check_rich_menu_image(png(size["width"], size["height"]), "image/png", size)


@pytest.mark.parametrize("alias", ["a", "tab-b_1", "a" * 32])
def test_an_alias_of_the_permitted_letters_passes(alias: str) -> None:
    assert problems(rules.create_alias, {"richMenuAliasId": alias, "richMenuId": ID}) == []


@pytest.mark.parametrize("alias", ["", "A", "タブ", "a" * 33, "a b"])
def test_an_alias_of_other_letters_is_refused(alias: str) -> None:
    assert problems(rules.create_alias, {"richMenuAliasId": alias, "richMenuId": ID})


def test_at_most_500_users_are_linked_at_once() -> None:
    assert problems(rules.bulk_link, {"richMenuId": ID, "userIds": USERS[:500]}) == []
    assert problems(rules.bulk_unlink, {"userIds": USERS[:1]}) == []
    assert problems(rules.bulk_link, {"richMenuId": ID, "userIds": USERS})
    assert problems(rules.bulk_unlink, {"userIds": []})
    assert problems(rules.bulk_unlink, {"userIds": USERS})


@pytest.mark.parametrize(
    ("body", "good"),
    [
        (
            {"operations": [{"type": "link", "from": ID, "to": OTHER}, {"type": "unlink", "from": OTHER}]},
            True,
        ),
        ({"operations": [{"type": "unlinkAll"}], "resumeRequestKey": "k" * 100}, True),
        ({"operations": [{"type": "unlinkAll"}], "resumeRequestKey": "0"}, True),
        ({"operations": [{"type": "unlink", "from": f"richmenu-{n:032x}"} for n in range(1000)]}, True),
        ({"operations": [{"type": "unlinkAll"}], "resumeRequestKey": ""}, False),
        ({"operations": [{"type": "unlinkAll"}, {"type": "unlink", "from": ID}]}, False),
        ({"operations": [{"type": "unlink", "from": ID}] * 2}, False),
        ({"operations": [{"type": "unlink", "from": f"richmenu-{n:032x}"} for n in range(1001)]}, False),
        ({"operations": []}, False),
        ({"operations": [{"type": "link", "from": ID}]}, False),
        ({"operations": [{"type": "unlinkAll"}], "resumeRequestKey": "k" * 101}, False),
        ({"operations": [{"type": "unlinkAll"}], "resumeRequestKey": "k k"}, False),
    ],
)
def test_a_batch_holds_a_thousand_operations_that_do_not_contradict(body: dict[str, Any], good: bool) -> None:
    assert (problems(rules.batch, body) == []) is good
