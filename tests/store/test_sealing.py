"""What waits in Redis can be read by the bot alone."""

import pytest

from bot.errors import PermanentError
from bot.store.keys import Pseudonyms
from bot.store.sealing import Seal

KEY = "0123456789abcdef0123456789abcdef"
LINE_ID = "U4af4980629f4af4980629f4af4980629"


def test_what_was_closed_opens_again() -> None:
    assert Seal(KEY).open(Seal(KEY).close("申込み🗾".encode())) == "申込み🗾".encode()


def test_closed_payload_shows_nothing_of_its_content_and_never_looks_the_same() -> None:
    seal = Seal(KEY)
    assert LINE_ID.encode() not in seal.close(LINE_ID.encode())
    assert seal.close(b"x") != seal.close(b"x")


@pytest.mark.parametrize("damaged", [b"", b"short", b"0" * 40])
def test_payload_that_is_damaged_or_of_another_key_is_an_error(damaged: bytes) -> None:
    with pytest.raises(PermanentError):
        Seal(KEY).open(damaged)


def test_payload_of_another_key_does_not_open() -> None:
    with pytest.raises(PermanentError):
        Seal(KEY[::-1]).open(Seal(KEY).close(b"x"))


def test_pseudonym_is_stable_for_a_key_and_tells_nothing() -> None:
    assert Pseudonyms(KEY).of(LINE_ID) == Pseudonyms(KEY).of(LINE_ID)
    assert Pseudonyms(KEY).of(LINE_ID) != Pseudonyms(KEY[::-1]).of(LINE_ID)
    assert LINE_ID[1:] not in Pseudonyms(KEY).of(LINE_ID)
