"""Between pure turns and the store of handed-over talks."""

import hashlib
import hmac
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from bot.domain.handover_codes import HandoverCode, plain_code, spelled
from bot.flows.effects import Effect, Handed, Offer, Wanted
from bot.flows.precheck import PRECHECK
from bot.flows.session import Talk
from bot.store.handovers import HandoverStore
from bot.store.keys import derive

logger = logging.getLogger(__name__)


class Codes:
    """Makes codes out of event ids; nobody without the key can tell a code, or a code from its id."""

    def __init__(self, secret_key: str) -> None:
        self._key = derive(secret_key, "handover")

    def code_for(self, event_id: str) -> HandoverCode:
        """The event's own code: played again after a crash, it has the same one."""
        text = spelled(self._mac("code", event_id))
        return HandoverCode(text, self.id_of(text))

    def id_of(self, code: str) -> str:
        """The name that what the code stands for is kept under, however the code is written."""
        return self._mac("id", plain_code(code) or "").hex()[:32]

    def _mac(self, purpose: str, text: str) -> bytes:
        return hmac.new(self._key, f"{purpose}/{text}".encode(), hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class Handovers:
    """Asked before the step and told after it, each time before the commit: a repeat changes nothing."""

    codes: Codes
    store: HandoverStore

    def code_for(self, event_id: str) -> HandoverCode:
        return self.codes.code_for(event_id)

    def resolve(self, wanted: Wanted, *, user: str, event_id: str) -> Handed:
        """What a typed code stands for; what this release cannot read counts as unknown."""
        found = self.store.take(self.codes.id_of(wanted.code), user=user, event_id=event_id, look=wanted.look)
        logger.info("handover", extra={"event_id": event_id, "user": user, "outcome": found.state})
        if found.state != "taken":
            return Handed(found.state)
        talk = _read(found.payload)
        return Handed("taken", talk) if talk else Handed("unknown")

    def carry_out(self, effects: Sequence[Effect], *, event_id: str) -> None:
        for effect in effects:
            if isinstance(effect, Offer):
                payload = effect.talk.model_dump_json(exclude_defaults=True).encode()
                self.store.offer(effect.code_id, payload, event_id=event_id)
            else:
                self.store.withdraw(effect.code_id)


def _read(payload: bytes) -> Talk | None:
    try:
        talk = Talk.model_validate_json(payload)
    except ValidationError:
        return None
    return talk if talk.flow == PRECHECK.name and talk.step in PRECHECK.steps else None
