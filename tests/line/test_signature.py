"""Only who has the secret can sign, and nobody learns how near a guess came."""

import ast
import base64
import hmac
import inspect
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.line import signature
from bot.line.signature import Signature, sign

OLD, NEW = "old-secret", "new-secret"
BODY = '{"events":[],"destination":"U"}　窓口'.encode()
GOOD = sign(NEW, BODY)


def test_either_of_two_secrets_proves_the_sender() -> None:
    both = Signature([OLD, NEW])
    assert [both.matches(BODY, sign(secret, BODY)) for secret in (OLD, NEW, "other")] == [True, True, False]


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_signature_is_over_the_bytes_as_they_came(body: bytes, other: bytes) -> None:
    checked = Signature([NEW])
    assert checked.matches(body, sign(NEW, body))
    assert checked.matches(other, sign(NEW, body)) == (body == other)


@pytest.mark.parametrize(
    "given_header",
    [
        "",
        " ",
        GOOD[:-1],
        GOOD + "=",
        GOOD + " ",
        " " + GOOD,
        f"{GOOD},{GOOD}",
        f"sha256={GOOD}",
        GOOD.swapcase(),
        GOOD.rstrip("="),
        GOOD[:-2] + chr(ord(GOOD[-2]) + 1) + "=",  # differs in bits that base64 throws away
        base64.b64decode(GOOD).hex(),
        "署名",
        "\udcff\ud800",
        "\x00",
        "=" * 44,
        "A" * 100_000,
    ],
)
def test_every_other_form_is_no_signature(given_header: str) -> None:
    assert not Signature([OLD, NEW]).matches(BODY, given_header)


@given(st.text(st.characters(), max_size=60))
def test_no_text_in_the_header_is_an_error(header: str) -> None:
    assert Signature([OLD, NEW]).matches(BODY, header) == (header == GOOD or header == sign(OLD, BODY))


def test_every_secret_is_compared_in_constant_time_even_after_one_has_matched(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Any] = []

    def watched(one: Any, other: Any) -> bool:
        compared.append((one, other))
        return hmac.compare_digest(one, other)

    monkeypatch.setattr(signature, "hmac", _With(hmac, watched))
    assert Signature([NEW, OLD]).matches(BODY, GOOD)
    assert not Signature([NEW, OLD]).matches(BODY, "wrong")
    assert len(compared) == 4
    compares = [node for node in ast.walk(ast.parse(inspect.getsource(signature))) if isinstance(node, ast.Compare)]
    assert compares == [], "== tells by its duration how far two texts agree"


class _With:
    """The module hmac with its comparison watched."""

    def __init__(self, module: Any, compare_digest: Any) -> None:
        self.new, self.digest, self.compare_digest = module.new, module.digest, compare_digest
