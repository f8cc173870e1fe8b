import re

from line_emulator import ids


def test_event_ids_are_ulids_that_sort_by_time() -> None:
    assert ids.ulid(0)[:10] == "0" * 10
    assert ids.ulid(1_469_918_176_385)[:10] == "01ARYZ6S41"
    assert ids.ulid(1_700_000_000_000) < ids.ulid(1_700_000_000_001)
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", ids.ulid(1_764_000_000_000))


def test_ids_have_lines_forms() -> None:
    assert re.fullmatch(r"U[0-9a-f]{32}", ids.chat_id("U"))
    assert re.fullmatch(r"richmenu-[0-9a-f]{32}", ids.rich_menu_id())
    assert ids.message_id().isdecimal()
    assert ids.message_id() != ids.message_id()
