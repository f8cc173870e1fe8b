"""Patterns that could take for ever on some message are refused before they are published."""

import pytest

from bot.content.after import load_after
from bot.content.desk_chat import load_desk_chat
from bot.content.loader import ContentError
from bot.content.patterns import compiled, says_only
from bot.content.release import release_units
from bot.content.slow_patterns import LONGEST, LONGEST_TEXT, refuse_slow
from bot.content.units import Change
from bot.content.version import ContentVersion, using_version


@pytest.mark.parametrize(
    "pattern",
    [
        "(あ+)+$",
        "(a|a)*b",
        "(a|b|ab)*c",
        "(a*)*",
        "(.*a){20}",
        r"(\w+\s?)*!",
        "(a{1,20}){1,20}b",
        "a?" * 30 + "a" * 30,
        "^.*.*.*.*=",
        "(?=(a+)+$)",
        "(?>(a+)+)b",
        r"(a+)\1",
        "(?i)a",
        "(?i:a|A)*b",
        "(",
        "あ" * (LONGEST + 1),
    ],
)
def test_pattern_that_may_take_for_ever_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        refuse_slow(pattern)


@pytest.mark.parametrize(
    "pattern", ["^(です|ください|のですが|。|！)*$", "(a|ab)*c", "(ab*c)*d", "(?!.*(名|印)).{0,10}ふりがな.{0,14}"]
)
def test_pattern_that_fits_in_one_way_at_a_time_is_accepted(pattern: str) -> None:
    refuse_slow(pattern)


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("desk_chat:words", ["^人に(くく*)+$"]),
        ("after:words/not_these", "(。+)+か$"),
        (
            "after:words/day",
            "^昨日申し込みました$",
        ),  # without the group that holds the day, each such message would fail
    ],
)
def test_no_published_change_brings_one_in(unit: str, value: str | list[str]) -> None:
    change = Change(value if isinstance(value, str) else [*value], release_units()[unit])
    load = {"desk_chat": load_desk_chat, "after": load_after}[unit.partition(":")[0]]
    with using_version(ContentVersion(1, {unit: change})), pytest.raises(ContentError, match="pattern"):
        load()


def test_long_message_is_not_compared_at_all() -> None:
    """It is what makes a pattern with two open repetitions slow."""
    assert compiled("あ*").fullmatch("あ" * (LONGEST_TEXT + 1))
    assert not says_only("あ" * (LONGEST_TEXT + 1), ["あ*"])
