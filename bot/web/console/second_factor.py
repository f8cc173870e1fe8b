"""The second factor of a login: a code of six digits that changes every 30 seconds, and works once."""

import base64
import os
import time
import unicodedata
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from bot.store.keys import used_code

STEP = 30
DIGITS = 6
ISSUER = "madoguchi"


def new_secret() -> str:
    """Return a new secret in base 32, for an authenticator app."""
    return base64.b32encode(os.urandom(20)).decode()


def address_of(name: str, secret: str) -> str:
    """Return the address that authenticator apps read, as a QR code too."""
    return _totp(secret).get_provisioning_uri(name, ISSUER)


def code_at(secret: str, moment: float) -> str:
    """Return the code of that time."""
    return _totp(secret).generate(int(moment)).decode()


def is_right(redis: Any, name: str, secret: str, code: str) -> bool:
    """Return True for the code of now, of 30 seconds ago or to come, the first time. Raises Redis's errors.

    Digits of a Japanese keyboard (`１２３`) are digits, too.
    """
    typed = "".join(unicodedata.normalize("NFKC", code).split())
    if not (typed.isascii() and typed.isdigit() and len(typed) == DIGITS):
        return False
    now = int(time.time())
    if not any(_fits(secret, typed, now + late * STEP) for late in (-1, 0, 1)):
        return False
    return bool(redis.set(used_code(name, typed), "1", nx=True, ex=4 * STEP))


def _fits(secret: str, code: str, moment: int) -> bool:
    try:
        _totp(secret).verify(code.encode(), moment)
    except InvalidToken:
        return False
    return True


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP)  # noqa: S303 - what authenticator apps know
