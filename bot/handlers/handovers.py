"""Between pure turns and the store of handed-over talks."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from bot.domain.handover_codes import HandoverCode
from bot.flows.effects import Effect, Handed, Offer, Wanted
from bot.flows.precheck import PRECHECK
from bot.flows.session import Talk
from bot.store.handovers import HandoverStore

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Handovers:
    """Asked before the step and told after it, each time before the commit: a repeat changes nothing."""

    store: HandoverStore

    def code_for(self, event_id: str) -> HandoverCode:
        return self.store.code_for(event_id)

    def resolve(self, wanted: Wanted, *, user: str, event_id: str) -> Handed:
        """What a typed code stands for; what this release cannot read counts as unknown."""
        found = self.store.take(wanted.code, user=user, event_id=event_id, look=wanted.look)
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
