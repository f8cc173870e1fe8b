"""What the replies of a round say of the versions that were published meanwhile."""

import pytest

from bench.publishing import versions_of

TOKENS = ("a", "b", "c")


def test_replies_of_one_version_each_are_whole() -> None:
    assert versions_of(TOKENS, {"a": ["1", "1"], "b": ["1", "1", "1"], "c": ["2", "2"]}) == {"1", "2"}


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ({"a": ["1", "1"], "b": ["1", "2"], "c": ["2", "2"]}, "0 are missing, 1 not whole"),
        ({"a": ["1", "1"], "b": ["1"], "c": ["2", "2"]}, "0 are missing, 1 not whole"),
        ({"a": ["1", "1"], "c": ["2", "2"]}, "1 are missing, 0 not whole"),
    ],
)
def test_reply_that_mixes_versions_or_is_missing_fails_the_round(said: dict[str, list[str]], counted: str) -> None:
    with pytest.raises(RuntimeError, match=counted):
        versions_of(TOKENS, said)
