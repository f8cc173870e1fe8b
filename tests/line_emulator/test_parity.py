"""The runner that compares our rules with LINE's verdicts, here with an emulator in LINE's place."""

from collections.abc import Iterator

import pytest

from line_emulator import Emulator
from tests.line_emulator.parity import Outcome, asked, flex_case, marks, menu_case, messages_case, rules_page, summary
from tests.line_emulator.rules.test_flex import TEXT, bubble
from tests.line_emulator.rules.test_rich_menus import MENU
from tests.line_emulator.small_bot import text

CASES = [
    messages_case([text("a")]),
    messages_case([text("")]),
    messages_case([{**text("a"), "extra": 1}]),
    flex_case(bubble(TEXT)),
    flex_case(bubble({**TEXT, "size": "huge"})),
    menu_case(MENU),
    menu_case({**MENU, "chatBarText": ""}),
]


@pytest.fixture(params=[False, True], ids=["as LINE", "strict"])
def outcomes(request: pytest.FixtureRequest) -> Iterator[tuple[bool, list[Outcome]]]:
    with Emulator("", "secret", token="t", strict=request.param) as emulator:
        yield request.param, list(asked(emulator.url, "t", CASES, pause=0))


def test_emulator_agrees_with_itself_and_a_stricter_one_does_not(outcomes: tuple[bool, list[Outcome]]) -> None:
    strict, found = outcomes
    kinder = int(strict)
    assert summary(found) == {"same": 7 - kinder, "another place": 0, "we are stricter": 0, "we are kinder": kinder}
    assert found[1].their_places == ["messages[0].text"]
    assert found[4].their_places == ["/body/contents/0/size"]


def test_rules_are_marked_by_what_was_asked(outcomes: tuple[bool, list[Outcome]]) -> None:
    _, found = outcomes
    assert marks(CASES, [], None) == {
        "must be non-empty text": "assumed",
        "unknown field": "stricter on purpose",
        "must be a font size (xxs … 5xl or Npx)": "assumed",
    }
    asked_line = marks(CASES, found, "2026-11-29")
    assert asked_line["must be non-empty text"] == "verified on 2026-11-29"
    assert asked_line["unknown field"] == "stricter on purpose"
    assert "| must be non-empty text | verified on 2026-11-29 |" in rules_page(asked_line)


def test_other_answers_than_a_verdict_end_it() -> None:
    with Emulator("", "secret", token="t") as emulator, pytest.raises(SystemExit, match="status 401"):
        list(asked(emulator.url, "wrong", CASES, pause=0))
