"""Makes resume codes, and connects pure turns with the store of the flows that the codes stand for."""

import hashlib
import hmac
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.resume_codes import HandoverCode, plain_code, spelled
from bot.errors import NewerStateError
from bot.flows.effects import CodeRequest, CodeResult, Effect, PublishCode, RevokeCode
from bot.flows.precheck.flow import PRECHECK
from bot.flows.session import FlowState, dump_flow_state, load_flow_state
from bot.runtime.key_derivation import derive_keys
from bot.store.resume_codes import ResumeCodeStore

logger = logging.getLogger(__name__)


class ResumeCodeFactory:
    """A maker of codes from event ids. Without the key nobody can guess a code, or derive one from its id."""

    def __init__(self, secret_key: str) -> None:
        self._keys = derive_keys(secret_key, "handover")

    def code_for(self, event_id: str) -> HandoverCode:
        """Return the code of this event, which is the same if the turn is repeated after a crash."""
        text = spelled(_mac(self._keys[0], "code", event_id))
        return HandoverCode(text, self.ids_of(text)[0])

    def ids_of(self, code: str) -> tuple[str, ...]:
        """Return the ids under which the code's flow may be stored, in any spelling of the code.

        There is one for each SECRET_KEY listed, so that a code is valid as long as the key that made it.
        """
        return tuple(_mac(key, "id", plain_code(code) or "").hex()[:32] for key in self._keys)


def _mac(key: bytes, purpose: str, text: str) -> bytes:
    return hmac.new(key, f"{purpose}/{text}".encode(), hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class ResumeCodes:
    """The resume codes of a turn.

    They are read before the turn and written after it, both before the commit, so that a repeat changes nothing.
    """

    factory: ResumeCodeFactory
    store: ResumeCodeStore
    is_supported: Callable[[int], bool] = lambda _version: False

    def code_for(self, event_id: str) -> HandoverCode:
        return self.factory.code_for(event_id)

    def resolve(self, request: CodeRequest, *, user: str, event_id: str) -> CodeResult:
        """Redeem a typed code. A flow that no running release can read counts as unknown.

        Raise NewerStateError if a newer release that is running can read it. The same event redeems it there.
        """
        redeemed = self.store.redeem(
            *self.factory.ids_of(request.code), user=user, event_id=event_id, look=request.peek
        )
        logger.info("resume code", extra={"event_id": event_id, "user": user, "outcome": redeemed.state})
        if redeemed.state != "taken":
            return CodeResult(redeemed.state)
        state = self._read(redeemed.payload)
        return CodeResult("taken", state) if state else CodeResult("unknown")

    def carry_out(self, effects: Sequence[Effect], *, event_id: str) -> None:
        for effect in effects:
            if isinstance(effect, PublishCode):
                self.store.publish(effect.code_id, dump_flow_state(effect.state), event_id=event_id)
            elif isinstance(effect, RevokeCode):
                self.store.revoke(effect.code_id)

    def _read(self, payload: bytes) -> FlowState | None:
        try:
            state = load_flow_state(payload)
        except NewerStateError as newer:
            if self.is_supported(newer.version):
                raise
            return None
        return state if state and state.flow == PRECHECK.name and state.step in PRECHECK.steps else None
