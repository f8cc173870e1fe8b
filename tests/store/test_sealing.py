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


def test_session_opens_for_its_user_and_for_nobody_else() -> None:
    seal = Seal(KEY)
    stored = seal.close_session("箱根町".encode(), "user-a")
    assert "箱根町".encode() not in stored
    assert seal.open_session(stored, "user-a") == "箱根町".encode()
    assert seal.open_session(stored, "user-b") == b""


def test_session_of_an_earlier_release_is_read_as_it_is() -> None:
    assert Seal(KEY).open_session(b'{"v":1}', "user-a") == b'{"v":1}'


def test_no_session_stays_no_session() -> None:
    seal = Seal(KEY)
    assert (seal.close_session(b"", "user-a"), seal.open_session(b"", "user-a")) == (b"", b"")


def test_session_of_another_key_is_a_fresh_start_and_no_error() -> None:
    stored = Seal(KEY).close_session(b"{}", "user-a")
    assert Seal(KEY[::-1]).open_session(stored, "user-a") == b""
    assert Seal(KEY).open_session(stored[:-1] + bytes([stored[-1] ^ 1]), "user-a") == b""


def test_inbox_payload_does_not_pass_for_a_session() -> None:
    seal = Seal(KEY)
    assert seal.open_session(b"\x01" + seal.close(b"{}"), "user-a") == b""
