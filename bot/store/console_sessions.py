"""Who is logged in to the console: kept in Redis, so that a logout holds everywhere and at once."""

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
CLOCK_SECONDS = 60  # the clocks of two web processes may differ by as much; a login further ahead is not believed


class _Stored(BaseModel, frozen=True):
    operator: str
    digest: str
    since: float


@dataclass(frozen=True, slots=True)
class Login:
    """An operator who is logged in; every form of theirs carries `csrf`."""

    operator: str
    csrf: str


class ConsoleSessions:
    """A token says nothing but a random number and its signature; Redis has its digest, never the token.

    What stands under the digest is sealed for that token: another session's record opens nothing.
    """

    def __init__(self, redis: Any, secret_key: str, operators: dict[str, str]) -> None:
        self._redis = redis
        self._keys = derive_keys(secret_key, "console sessions")
        self._seal = Encryptor(secret_key)
        self._operators = operators

    def open(self, operator: str) -> str:
        """The token for the cookie of somebody who has just proved their password."""
        token = self.new_token("session")
        stored = _Stored(operator=operator, digest=self._digests_of(operator)[0], since=time.time())
        session_id = _id_of(token)
        sealed = self._seal.encrypt(stored.model_dump_json().encode(), "console session", session_id)
        self._redis.set(console_session(session_id), sealed, ex=IDLE_SECONDS)
        return token

    def read(self, token: str) -> Login | None:
        """None for a token that is not ours, has expired, or whose operator has left or has another password."""
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
        """For a cookie; nobody is logged in with it until `open` has made it."""
        return self._signer(kind).sign(secrets.token_urlsafe(24)).decode()

    def is_signed(self, token: str, kind: Kind) -> bool:
        """Tells ours, of that kind, from others' without asking Redis."""
        return self._signer(kind).validate(token)

    def form_token(self, token: str) -> str:
        """What a form must bring back that was drawn for the owner of this token."""
        return _mac(self._keys[0], "form", token)

    def is_form_token(self, given: str, token: str) -> bool:
        """Whether `form_token` said so, with any of the keys."""
        return any(hmac.compare_digest(_mac(key, "form", token), given) for key in self._keys)

    def _signer(self, kind: Kind) -> Signer:
        """Signs with the last key given to it. Anybody is shown a login form: a visit's token is worth no session."""
        return Signer(self._keys[::-1], salt=kind, key_derivation="hmac", digest_method=hashlib.sha256)

    def _stored(self, raw: bytes | None, session_id: str) -> _Stored | None:
        try:
            return _Stored.model_validate_json(self._seal.decrypt(raw, "console session", session_id)) if raw else None
        except (ValidationError, DecryptionError, NotEncryptedError):
            return None

    def _still_good(self, stored: _Stored) -> bool:
        young = -CLOCK_SECONDS <= time.time() - stored.since < ABSOLUTE_SECONDS
        known = self._digests_of(stored.operator)
        return young and any(hmac.compare_digest(digest, stored.digest) for digest in known)

    def _digests_of(self, operator: str) -> list[str]:
        """One for each key, which changes with the password; none for who is no operator."""
        entry = self._operators.get(operator)
        return [_mac(key, "operator", f"{operator}={entry}") for key in self._keys] if entry else []


def _mac(key: bytes, purpose: str, text: str) -> str:
    return hmac.new(key, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def _id_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
