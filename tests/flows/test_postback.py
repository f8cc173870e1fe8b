"""What a button carries, to the tap and back."""

import pytest

from bot.flows.postback import LIMIT, Tap, decode, encode

WORDS = ("横浜市", "a&b=c", "100%", "1+1", "a b", "", "~._-", "\n")


@pytest.mark.parametrize("word", WORDS)
def test_whatever_is_said_comes_back(word: str) -> None:
    assert decode(encode("precheck", "body", word, word)) == Tap("precheck", "body", word, word)
    assert decode(encode("precheck", f"x{word}", "v", "s")) == Tap("precheck", f"x{word}", "v", "s")


def test_conversation_is_not_mixed_up_with_another() -> None:
    assert encode("precheck", "body", "v", "one") != encode("precheck", "body", "v", "two")


@pytest.mark.parametrize("sid", ["", "s" * 8])
def test_more_than_line_takes_is_refused(sid: str) -> None:
    room = LIMIT - len(encode("f", "s", "", sid))
    assert len(encode("f", "s", "v" * room, sid)) == LIMIT
    with pytest.raises(ValueError, match=str(LIMIT + 1)):
        encode("f", "s", "v" * (room + 1), sid)
