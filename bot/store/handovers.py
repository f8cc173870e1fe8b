"""Talks that wait for a colleague, each under an HMAC of its code, sealed, for 7 days and for one taker."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any, Literal

from redis.exceptions import RedisError

from bot.domain.handover_codes import HandoverCode, plain_code, spelled
from bot.errors import PermanentError, StoreUnavailableError
from bot.store.keys import UserKeys, derive, handover
from bot.store.scripts import Script, script
from bot.store.sealing import Seal

TTL = 7 * 24 * 3600
AFTER_TAKING = 3600  # what was taken stays this long for the one event that took it, should its worker die
GUESSES, GUESSES_SECONDS = 10, 3600  # codes a user may try in an hour: chances of 1 : 10^11 each

State = Literal["taken", "good", "unknown", "too_often"]


@dataclass(frozen=True, slots=True)
class Taken:
    """`payload` only where the state is "taken"."""

    state: State
    payload: bytes = b""


class HandoverStore:
    """Every call may be repeated for the same event and then says and does the same."""

    def __init__(self, redis: Any, secret_key: str) -> None:
        self._key = derive(secret_key, "handover")
        self._seal = Seal(secret_key)
        self._offer = script(redis, "handover_offer")
        self._take = script(redis, "handover_take")
        self._withdraw = script(redis, "handover_withdraw")
        self._guess = script(redis, "handover_guess")

    def code_for(self, event_id: str) -> HandoverCode:
        """The event's own code: nobody without the key can tell it, and a repeated event has the same."""
        text = spelled(self._mac("code", event_id))
        return HandoverCode(text, self.id_of(text))

    def id_of(self, code: str) -> str:
        """The name a code is kept under, however it is written; the code cannot be told from it."""
        return self._mac("id", plain_code(code) or "").hex()[:32]

    def offer(self, code_id: str, payload: bytes, *, event_id: str) -> None:
        """Keep it for 7 days. Raises PermanentError where, by a chance in a trillion, another talk has this code."""
        if not self._ask(self._offer, [handover(code_id)], [event_id, self._seal.close(payload), TTL]):
            raise PermanentError("the code is in use")

    def take(self, code: str, *, user: str, event_id: str, look: bool) -> Taken:
        """Hand it to the first event that asks, and to none after; `look` only says whether it is there."""
        guess = self._ask(self._guess, [UserKeys(user).guesses], [event_id, GUESSES, GUESSES_SECONDS])
        if not guess:
            return Taken("too_often")
        args = [event_id, "look" if look else "take", AFTER_TAKING]
        state, sealed = self._ask(self._take, [handover(self.id_of(code))], args)
        return Taken(state.decode(), self._seal.open(sealed) if sealed else b"")

    def withdraw(self, code_id: str) -> None:
        """Nobody can take it any more; what was taken already is not touched."""
        self._ask(self._withdraw, [handover(code_id)], [AFTER_TAKING])

    def _mac(self, purpose: str, text: str) -> bytes:
        return hmac.new(self._key, f"{purpose}/{text}".encode(), hashlib.sha256).digest()

    def _ask(self, lua: Script, keys: list[str], args: list[Any]) -> Any:
        try:
            return lua(keys=keys, args=args)
        except (RedisError, OSError) as error:
            raise StoreUnavailableError(f"Redis did not answer about a code: {type(error).__name__}") from None
