"""Talks that wait for a colleague, each under the id of its code, sealed, for 7 days and for one taker."""

import logging
from dataclasses import dataclass
from typing import Any, Literal

from redis.exceptions import RedisError

from bot.errors import DecryptionError, NotEncryptedError, PermanentError, StoreUnavailableError
from bot.store.encryption import Encryptor
from bot.store.keys import UserKeys, resume_code
from bot.store.redis.scripts import Script, script

logger = logging.getLogger(__name__)
TTL = 7 * 24 * 3600
AFTER_TAKING = 3600  # what was taken stays this long for the one event that took it, should its worker die
MAX_GUESSES, GUESSES_SECONDS = 10, 3600  # codes a user may try in an hour: chances of 1 : 10^11 each

State = Literal["taken", "good", "unknown", "too_often"]


@dataclass(frozen=True, slots=True)
class RedeemResult:
    """`payload` only where the state is "taken"."""

    state: State
    payload: bytes = b""


class ResumeCodeStore:
    """Every call may be repeated for the same event and then says and does the same."""

    def __init__(self, redis: Any, secret_key: str) -> None:
        self._seal = Encryptor(secret_key)
        self._offer = script(redis, "resume_code_publish")
        self._take = script(redis, "resume_code_redeem")
        self._withdraw = script(redis, "resume_code_revoke")
        self._guess = script(redis, "resume_code_guess")

    def publish(self, code_id: str, payload: bytes, *, event_id: str) -> None:
        """Keep it for 7 days. Raises PermanentError where, by a chance in a trillion, another talk has this code."""
        if not self._ask(
            self._offer, [resume_code(code_id)], [event_id, self._seal.encrypt(payload, "handover", code_id), TTL]
        ):
            raise PermanentError("the code is in use")

    def redeem(self, *code_ids: str, user: str, event_id: str, look: bool) -> RedeemResult:
        """Hand it to the first event that asks, and to none after; `look` only says whether it is there.

        `code_ids`: the names that one code may have, one for each SECRET_KEY listed.
        """
        guess = self._ask(self._guess, [UserKeys(user).guesses], [event_id, MAX_GUESSES, GUESSES_SECONDS])
        if not guess:
            return RedeemResult("too_often")
        for code_id in code_ids:
            state, sealed = self._ask(self._take, [resume_code(code_id)], [event_id, "look", AFTER_TAKING])
            if state == b"unknown":
                continue
            talk = self._open(sealed, code_id)
            if talk is None:
                return RedeemResult("unknown")
            if look:
                return RedeemResult("good")
            state, _ = self._ask(self._take, [resume_code(code_id)], [event_id, "take", AFTER_TAKING])
            return RedeemResult(state.decode(), talk if state == b"taken" else b"")
        return RedeemResult("unknown")

    def _open(self, sealed: bytes, code_id: str) -> bytes | None:
        """None if it does not open: it is not taken then, and waits for its key."""
        try:
            return self._seal.decrypt(sealed, "handover", code_id)
        except (DecryptionError, NotEncryptedError) as error:
            logger.error("talk under a code does not open", extra={"reason": str(error)})
            return None

    def revoke(self, code_id: str) -> None:
        """Nobody can take it any more; what was taken already is not touched."""
        self._ask(self._withdraw, [resume_code(code_id)], [AFTER_TAKING])

    def _ask(self, lua: Script, keys: list[str], args: list[Any]) -> Any:
        try:
            return lua(keys=keys, args=args)
        except (RedisError, OSError) as error:
            raise StoreUnavailableError(f"Redis did not answer about a code: {type(error).__name__}") from None
