"""Who is logged in to the console: kept in Redis, so that a logout holds everywhere and at once."""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Any

from itsdangerous import Signer
from pydantic import BaseModel, ValidationError

from bot.store.keys import console_session, derive

IDLE_SECONDS = 30 * 60
ABSOLUTE_SECONDS = 10 * 3600
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
    """A token says nothing but a random number and its signature; Redis has its digest, never the token."""

    def __init__(self, redis: Any, secret_key: str, operators: dict[str, str]) -> None:
        self._redis = redis
        self._key = derive(secret_key, "console sessions")
        self._signer = Signer(self._key, salt="token", key_derivation="hmac", digest_method=hashlib.sha256)
        self._operators = operators

    def open(self, operator: str) -> str:
        """The token for the cookie of somebody who has just proved their password."""
        token = self.new_token()
        stored = _Stored(operator=operator, digest=self._digest_of(operator), since=time.time())
        self._redis.set(_key_of(token), stored.model_dump_json(), ex=IDLE_SECONDS)
        return token

    def read(self, token: str) -> Login | None:
        """None for a token that is not ours, has expired, or whose operator has left or has another password."""
        if not self.is_signed(token):
            return None
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.get(_key_of(token))
            pipe.expire(_key_of(token), IDLE_SECONDS)
            raw = pipe.execute()[0]
        stored = _read(raw)
        if stored is None or not self._still_good(stored):
            return None
        return Login(stored.operator, self.form_token(token))

    def close(self, token: str) -> None:
        self._redis.delete(_key_of(token))

    def new_token(self) -> str:
        """For a cookie; nobody is logged in with it until `open` has made it."""
        return self._signer.sign(secrets.token_urlsafe(24)).decode()

    def is_signed(self, token: str) -> bool:
        """Tells ours from others' without asking Redis."""
        return self._signer.validate(token)

    def form_token(self, token: str) -> str:
        """What a form must bring back that was drawn for the owner of this token."""
        return self._mac("form", token)

    def _still_good(self, stored: _Stored) -> bool:
        known = self._digest_of(stored.operator)
        young = -CLOCK_SECONDS <= time.time() - stored.since < ABSOLUTE_SECONDS
        return bool(known) and young and hmac.compare_digest(known, stored.digest)

    def _digest_of(self, operator: str) -> str:
        """Changes with the password; empty for who is no operator."""
        entry = self._operators.get(operator)
        return self._mac("operator", f"{operator}={entry}") if entry else ""

    def _mac(self, purpose: str, text: str) -> str:
        return hmac.new(self._key, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def _key_of(token: str) -> str:
    return console_session(hashlib.sha256(token.encode()).hexdigest())


def _read(raw: bytes | None) -> _Stored | None:
    try:
        return _Stored.model_validate_json(raw) if raw else None
    except ValidationError:
        return None
