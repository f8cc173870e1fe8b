"""Between pure turns and the store of handed-over talks."""

import hashlib
import hmac
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.resume_codes import HandoverCode, plain_code, spelled
from bot.errors import NewerStateError
from bot.flows.effects import CodeRequest, CodeResult, Effect, PublishCode
from bot.flows.precheck.flow import PRECHECK
from bot.flows.session import FlowState, dump_flow_state, load_flow_state
from bot.runtime.key_derivation import derive_keys
from bot.store.resume_codes import ResumeCodeStore

logger = logging.getLogger(__name__)


class ResumeCodeFactory:
    """Makes codes out of event ids; nobody without the key can tell a code, or a code from its id."""

    def __init__(self, secret_key: str) -> None:
        self._keys = derive_keys(secret_key, "handover")

    def code_for(self, event_id: str) -> HandoverCode:
        """The event's own code: played again after a crash, it has the same one."""
        text = spelled(_mac(self._keys[0], "code", event_id))
        return HandoverCode(text, self.ids_of(text)[0])

    def ids_of(self, code: str) -> tuple[str, ...]:
        """Return the names that what the code stands for may be kept under, however the code is written.

        There is one for each SECRET_KEY listed: a code stays good while the key that made it is.
        """
        return tuple(_mac(key, "id", plain_code(code) or "").hex()[:32] for key in self._keys)


def _mac(key: bytes, purpose: str, text: str) -> bytes:
    return hmac.new(key, f"{purpose}/{text}".encode(), hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class ResumeCodes:
    """Asked before the step and told after it, each time before the commit: a repeat changes nothing."""

    codes: ResumeCodeFactory
    store: ResumeCodeStore
    speaks: Callable[[int], bool] = lambda _version: False

    def code_for(self, event_id: str) -> HandoverCode:
        return self.codes.code_for(event_id)

    def resolve(self, wanted: CodeRequest, *, user: str, event_id: str) -> CodeResult:
        """What a typed code stands for; what no running release can read counts as unknown.

        Raises NewerStateError where a newer release that is running can; the same event gets it there.
        """
        found = self.store.redeem(*self.codes.ids_of(wanted.code), user=user, event_id=event_id, look=wanted.look)
        logger.info("handover", extra={"event_id": event_id, "user": user, "outcome": found.state})
        if found.state != "taken":
            return CodeResult(found.state)
        state = self._read(found.payload)
        return CodeResult("taken", state) if state else CodeResult("unknown")

    def carry_out(self, effects: Sequence[Effect], *, event_id: str) -> None:
        for effect in effects:
            if isinstance(effect, PublishCode):
                self.store.publish(effect.code_id, dump_flow_state(effect.state), event_id=event_id)
            else:
                self.store.revoke(effect.code_id)

    def _read(self, payload: bytes) -> FlowState | None:
        try:
            state = load_flow_state(payload)
        except NewerStateError as newer:
            if self.speaks(newer.version):
                raise
            return None
        return state if state and state.flow == PRECHECK.name and state.step in PRECHECK.steps else None
