"""What LINE's documentation, simulator and SDK examples look like passes by default."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from line_emulator import Emulator, rules
from line_emulator.plain_text import as_text
from line_emulator.visible import actions_in
from tests.line_emulator.small_bot import SECRET, TOKEN, LineClient

CORPUS = Path(__file__).parent / "corpus"
FORGIVEN = {
    "flats with three pictures and a badge",
    "clothes in a carousel with negative offsets and gravity in a baseline box",
    "thirds that end one pixel outside",
    "a sender whose name has the letters",
    "a field that LINE ignores",
    "quick replies on an earlier message",
}


def examples(kind: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((CORPUS / f"{kind}.json").read_text())
    return read


MESSAGES = {**examples("messages"), **examples("flex")}
MENUS = examples("rich_menus")


@pytest.fixture(scope="module")
def platform() -> Iterator[Emulator]:
    with Emulator("http://127.0.0.1:9/callback", SECRET, token=TOKEN) as emulator:
        yield emulator


@pytest.mark.parametrize("name", MESSAGES)
def test_message_is_accepted_and_can_be_read(platform: Emulator, name: str) -> None:
    user, client = platform.new_user(), LineClient(platform.url)
    answer = client.push(user, *MESSAGES[name])
    client.close()
    assert (answer.status, platform.calls[-1].reasons) == (200, ())
    assert len(platform.seen(user)) == len(MESSAGES[name])
    for entry in platform.seen(user):
        assert as_text(dict(entry.message))
        list(actions_in(entry.message))


@pytest.mark.parametrize("name", MENUS)
def test_rich_menu_is_accepted(name: str) -> None:
    assert rules.check_rich_menu(MENUS[name]) == []


def test_only_what_is_known_to_be_forgiven_needs_it() -> None:
    strict = {name for name, messages in MESSAGES.items() if rules.check_messages(messages, strict=True)}
    strict |= {name for name, menu in MENUS.items() if rules.check_rich_menu(menu, strict=True)}
    assert strict == FORGIVEN
