"""Encrypted conversations under resume codes, for 7 days. The first colleague who sends the code continues them."""

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
AFTER_TAKING = 3600  # kept for the event that redeemed it, whose worker may crash and repeat the turn
MAX_GUESSES, GUESSES_SECONDS = 10, 3600  # guesses per user and hour; each succeeds with probability 10^-11

State = Literal["taken", "good", "unknown", "too_often"]


@dataclass(frozen=True, slots=True)
class RedeemResult:
    """The result of `redeem`; `payload` is set only if the state is "taken"."""

    state: State
    payload: bytes = b""


class ResumeCodeStore:
    """Resume codes. Every call is idempotent for the same event."""

    def __init__(self, redis: Any, secret_key: str) -> None:
        self._encryptor = Encryptor(secret_key)
        self._publish = script(redis, "resume_code_publish")
        self._redeem = script(redis, "resume_code_redeem")
        self._revoke = script(redis, "resume_code_revoke")
        self._count_guess = script(redis, "resume_code_guess")

    def publish(self, code_id: str, payload: bytes, *, event_id: str) -> None:
        """Store it for 7 days. Raise PermanentError if another conversation has this code, a chance of 1 : 10^12."""
        if not self._ask(
            self._publish,
            [resume_code(code_id)],
            [event_id, self._encryptor.encrypt(payload, "handover", code_id), TTL],
        ):
            raise PermanentError("the code is in use")

    def redeem(self, *code_ids: str, user: str, event_id: str, look: bool) -> RedeemResult:
        """Return the conversation to the first event that asks, and to no other. `look` only checks that it is there.

        `code_ids`: the ids of one code, one for each key of SECRET_KEY. Counts as a guess.
        """
        guess = self._ask(self._count_guess, [UserKeys(user).guesses], [event_id, MAX_GUESSES, GUESSES_SECONDS])
        if not guess:
            return RedeemResult("too_often")
        for code_id in code_ids:
            state, encrypted = self._ask(self._redeem, [resume_code(code_id)], [event_id, "look", AFTER_TAKING])
            if state == b"unknown":
                continue
            conversation = self._open(encrypted, code_id)
            if conversation is None:
                return RedeemResult("unknown")
            if look:
                return RedeemResult("good")
            state, _ = self._ask(self._redeem, [resume_code(code_id)], [event_id, "take", AFTER_TAKING])
            return RedeemResult(state.decode(), conversation if state == b"taken" else b"")
        return RedeemResult("unknown")

    def _open(self, encrypted: bytes, code_id: str) -> bytes | None:
        """Decrypt it. Return None if that fails; then it is not redeemed, and waits for a process with its key."""
        try:
            return self._encryptor.decrypt(encrypted, "handover", code_id)
        except (DecryptionError, NotEncryptedError) as error:
            logger.error("conversation of a resume code not decrypted", extra={"reason": str(error)})
            return None

    def revoke(self, code_id: str) -> None:
        """Make the code invalid, unless it was redeemed already."""
        self._ask(self._revoke, [resume_code(code_id)], [AFTER_TAKING])

    def _ask(self, lua: Script, keys: list[str], args: list[Any]) -> Any:
        try:
            return lua(keys=keys, args=args)
        except (RedisError, OSError) as error:
            raise StoreUnavailableError(f"Redis did not answer about a code: {type(error).__name__}") from None
