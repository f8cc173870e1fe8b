"""What waits in Redis can be read by the bot alone, and each value in its own place alone."""

import itertools

import pytest

from bot.errors import DecryptionError, NotEncryptedError
from bot.store import encryption
from bot.store.encryption import MIN_LENGTH, Encryptor, Purpose
from bot.store.keys import Pseudonyms

KEY = "0123456789abcdef0123456789abcdef"
NEWER = "fedcba9876543210fedcba9876543210"
LINE_ID = "U4af4980629f4af4980629f4af4980629"
ALICE, BOB = "aa" + "1" * 30, "bb" + "2" * 30
PLACES: list[tuple[Purpose, tuple[str, ...]]] = [
    ("event", (ALICE,)),
    ("event", (BOB,)),
    ("outbox", (ALICE,)),
    ("outbox", (BOB,)),
    ("undelivered", (ALICE, "entry1")),
    ("undelivered", (ALICE, "entry2")),
    ("undelivered", (BOB, "entry1")),
    ("session", (ALICE,)),
    ("session", (BOB,)),
    ("handover", ("code1",)),
    ("handover", ("code2",)),
    ("console session", ("id1",)),
    ("console session", ("id2",)),
    ("key", ()),
]


def test_what_was_closed_opens_again() -> None:
    assert (
        Encryptor(KEY).decrypt(Encryptor(KEY).encrypt("申込み🗾".encode(), "event", ALICE), "event", ALICE)
        == "申込み🗾".encode()
    )


def test_closed_payload_shows_nothing_of_its_content_and_never_looks_the_same() -> None:
    seal = Encryptor(KEY)
    assert LINE_ID.encode() not in seal.encrypt(LINE_ID.encode(), "event", ALICE)
    assert seal.encrypt(b"x", "event", ALICE) != seal.encrypt(b"x", "event", ALICE)


@pytest.mark.parametrize(("written", "moved_to"), list(itertools.permutations(PLACES, 2)))
def test_value_moved_to_any_other_place_does_not_open(
    written: tuple[Purpose, tuple[str, ...]], moved_to: tuple[Purpose, tuple[str, ...]]
) -> None:
    sealed = Encryptor(KEY).encrypt(b"{}", written[0], *written[1])
    assert Encryptor(KEY).decrypt(sealed, written[0], *written[1]) == b"{}"
    with pytest.raises(DecryptionError):
        Encryptor(KEY).decrypt(sealed, moved_to[0], *moved_to[1])


@pytest.mark.parametrize("damaged", [b"", b"short", b"0" * (MIN_LENGTH - 1)])
def test_what_is_too_short_for_any_seal_is_told_from_what_another_key_may_open(damaged: bytes) -> None:
    with pytest.raises(NotEncryptedError):
        Encryptor(KEY).decrypt(damaged, "event", ALICE)


@pytest.mark.parametrize("stored", [b'{"v":1,"talks":{},"padding":"0123456789"}', b"\x01" + b"0" * 40, b"0" * 60])
def test_nothing_unsealed_is_taken_as_sealed(stored: bytes) -> None:
    with pytest.raises(DecryptionError):
        Encryptor(KEY).decrypt_session(stored, ALICE)


def test_value_with_one_changed_bit_does_not_open() -> None:
    sealed = Encryptor(KEY).encrypt(b"{}", "event", ALICE)
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(DecryptionError):
            Encryptor(KEY).decrypt(changed, "event", ALICE)


def test_payload_of_another_key_does_not_open() -> None:
    with pytest.raises(DecryptionError):
        Encryptor(KEY[::-1]).decrypt(Encryptor(KEY).encrypt(b"x", "event", ALICE), "event", ALICE)


def test_first_key_seals_and_every_listed_key_opens() -> None:
    older = Encryptor(KEY).encrypt(b"older", "event", ALICE)
    both = Encryptor(f"{NEWER},{KEY}")
    assert both.decrypt(older, "event", ALICE) == b"older"
    assert Encryptor(NEWER).decrypt(both.encrypt(b"newer", "event", ALICE), "event", ALICE) == b"newer"


def test_nonce_that_comes_twice_does_not_give_the_content_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two copies of a machine's memory; with AES-GCM, the two would differ in exactly what their contents differ in."""
    monkeypatch.setattr(encryption, "random_bytes", lambda count: b"n" * count)
    one, other = b"a" * 64, b"b" * 64
    first, second = (Encryptor(KEY).encrypt(plain, "event", ALICE)[13:77] for plain in (one, other))
    assert bytes(x ^ y for x, y in zip(first, second, strict=True)) != bytes(
        x ^ y for x, y in zip(one, other, strict=True)
    )


def test_pseudonym_is_stable_for_a_key_and_tells_nothing() -> None:
    assert Pseudonyms(KEY).of(LINE_ID) == Pseudonyms(KEY).of(LINE_ID)
    assert Pseudonyms(KEY).of(LINE_ID) != Pseudonyms(KEY[::-1]).of(LINE_ID)
    assert LINE_ID[1:] not in Pseudonyms(KEY).of(LINE_ID)


def test_session_opens_for_its_user_and_for_nobody_else() -> None:
    seal = Encryptor(KEY)
    stored = seal.encrypt_session("箱根町".encode(), ALICE)
    assert seal.decrypt_session(stored, ALICE) == "箱根町".encode()
    with pytest.raises(DecryptionError):
        seal.decrypt_session(stored, BOB)


def test_no_session_stays_no_session() -> None:
    seal = Encryptor(KEY)
    assert (seal.encrypt_session(b"", ALICE), seal.decrypt_session(b"", ALICE)) == (b"", b"")
