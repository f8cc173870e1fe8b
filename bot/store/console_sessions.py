"""Sessions of operators in the console. They are in Redis, so that a logout is effective in every process at once."""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Any, Literal

from itsdangerous import Signer
from pydantic import BaseModel, ValidationError

from bot.errors import DecryptionError, NotEncryptedError
from bot.runtime.key_derivation import derive_keys
from bot.store.encryption import Encryptor
from bot.store.keys import console_session

IDLE_SECONDS = 30 * 60
ABSOLUTE_SECONDS = 10 * 3600
Kind = Literal["session", "visit"]
CLOCK_SECONDS = 60  # tolerated clock difference of two web processes; a login further in the future is refused


class _Stored(BaseModel, frozen=True):
    operator: str
    digest: str
    since: float


@dataclass(frozen=True, slots=True)
class Login:
    """An operator who is logged in; every form must carry `csrf`."""

    operator: str
    csrf: str


class ConsoleSessions:
    """Sessions by token, which is a signed random number; Redis has its digest, never the token.

    The record under the digest is encrypted for that token, so that a copy of it is worth nothing under another one.
    """

    def __init__(self, redis: Any, secret_key: str, operators: dict[str, str]) -> None:
        self._redis = redis
        self._keys = derive_keys(secret_key, "console sessions")
        self._encryptor = Encryptor(secret_key)
        self._operators = operators

    def open(self, operator: str) -> str:
        """Start a session for an operator whose password was verified. Return the token for the cookie."""
        token = self.new_token("session")
        stored = _Stored(operator=operator, digest=self._digests_of(operator)[0], since=time.time())
        session_id = _id_of(token)
        encrypted = self._encryptor.encrypt(stored.model_dump_json().encode(), "console session", session_id)
        self._redis.set(console_session(session_id), encrypted, ex=IDLE_SECONDS)
        return token

    def read(self, token: str) -> Login | None:
        """Return the login. None if the token is not valid now, or the operator's entry was removed or changed."""
        if not self.is_signed(token, "session"):
            return None
        session_id = _id_of(token)
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.get(console_session(session_id))
            pipe.expire(console_session(session_id), IDLE_SECONDS)
            raw = pipe.execute()[0]
        stored = self._stored(raw, session_id)
        if stored is None or not self._still_good(stored):
            return None
        return Login(stored.operator, self.form_token(token))

    def close(self, token: str) -> None:
        self._redis.delete(console_session(_id_of(token)))

    def new_token(self, kind: Kind) -> str:
        """Return a signed token for a cookie. Only the tokens that `open` returns are logged in."""
        return self._signer(kind).sign(secrets.token_urlsafe(24)).decode()

    def is_signed(self, token: str, kind: Kind) -> bool:
        """Return True if we signed this token for this kind; Redis is not asked."""
        return self._signer(kind).validate(token)

    def form_token(self, token: str) -> str:
        """Return the CSRF token for forms shown to the owner of this token."""
        return _mac(self._keys[0], "form", token)

    def is_form_token(self, given: str, token: str) -> bool:
        """Return True if this is the CSRF token of that token, made with any of the keys."""
        return any(hmac.compare_digest(_mac(key, "form", token), given) for key in self._keys)

    def _signer(self, kind: Kind) -> Signer:
        """Return a signer for this kind only: everybody gets a visit token, and it must not pass as a session.

        itsdangerous signs with the last key.
        """
        return Signer(self._keys[::-1], salt=kind, key_derivation="hmac", digest_method=hashlib.sha256)

    def _stored(self, raw: bytes | None, session_id: str) -> _Stored | None:
        try:
            return (
                _Stored.model_validate_json(self._encryptor.decrypt(raw, "console session", session_id))
                if raw
                else None
            )
        except (ValidationError, DecryptionError, NotEncryptedError):
            return None

    def _still_good(self, stored: _Stored) -> bool:
        young = -CLOCK_SECONDS <= time.time() - stored.since < ABSOLUTE_SECONDS
        known = self._digests_of(stored.operator)
        return young and any(hmac.compare_digest(digest, stored.digest) for digest in known)

    def _digests_of(self, operator: str) -> list[str]:
        """Return a digest of the operator's entry for each key, which changes with the password. Empty if none."""
        entry = self._operators.get(operator)
        return [_mac(key, "operator", f"{operator}={entry}") for key in self._keys] if entry else []


def _mac(key: bytes, purpose: str, text: str) -> str:
    return hmac.new(key, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def _id_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
