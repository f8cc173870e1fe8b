"""What is remembered of a conversation: versioned JSON, readable by this and the next release."""

from collections.abc import Mapping
from typing import Any

import msgspec
import orjson
from msgspec import structs

from bot.flows.migrations import VERSION, Stored, migrate


class FlowState(msgspec.Struct, frozen=True, omit_defaults=True):
    """One flow with one user. `answers` holds what was given, None for "skipped"; `asked` the way so far.

    `brief`: the question of a counter, over as soon as something else is begun and never resumed.
    """

    flow: str
    conversation_id: str = msgspec.field(name="sid")
    step: str
    answers: Mapping[str, Any] = {}
    asked: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    message_ids: Mapping[str, str] = msgspec.field(name="origins", default_factory=dict)
    ended: bool = False
    ephemeral: bool = msgspec.field(name="brief", default=False)
    prefill: Mapping[str, Any] = msgspec.field(
        name="known", default_factory=dict
    )  # answers of the pre-check that may be taken over

    @property
    def at_start(self) -> bool:
        """Whether nothing was asked before the pending question."""
        return not self.asked or self.asked[0] == self.step

    def at(self, step: str, *, options: tuple[str, ...] = ()) -> "FlowState":
        """The talk waiting at that step; `options` are the values offered beside the declared ones."""
        return structs.replace(self, step=step, options=options, ended=False)

    def with_answer(self, step: str, value: Any, origin: str = "") -> "FlowState":
        """The answer recorded; `origin` is the message it came in, for the day that message is unsent."""
        answers = {**self.answers, step: value}
        origins = {**self.message_ids, step: origin} if origin else _without(self.message_ids, {step})
        asked = (*(name for name in self.asked if name != step), step)
        return structs.replace(self, answers=answers, asked=asked, message_ids=origins)

    def without(self, *steps: str) -> "FlowState":
        """Those answers forgotten."""
        gone = set(steps)
        if gone.isdisjoint(self.answers) and gone.isdisjoint(self.message_ids) and gone.isdisjoint(self.asked):
            return self
        return structs.replace(
            self,
            answers=_without(self.answers, gone),
            message_ids=_without(self.message_ids, gone),
            asked=tuple(name for name in self.asked if name not in gone),
        )


def _without(mapping: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key not in names}


def _over(state: FlowState) -> FlowState:
    return structs.replace(state, ended=True)


class LastAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The entry last shown and the next best ones, for "that was not it" and for a follow-up.

    `judged`: its reader has said that it helped.
    """

    entry: str = ""
    rest: tuple[str, ...] = ()
    rated: bool = msgspec.field(name="judged", default=False)


_NOTHING_SHOWN = LastAnswer()  # what is stored leaves out this very object, not one that is equal


class LastView(msgspec.Struct, frozen=True, omit_defaults=True):
    """The counter that was shown last, for 戻る and for its labels typed; `deeper`: beyond its first view."""

    function: str = msgspec.field(name="counter")
    deeper: bool = False


class Session(msgspec.Struct, frozen=True, omit_defaults=True):
    """All talks of one user; `stack` names the running ones, the one that is being answered last."""

    flows: Mapping[str, FlowState] = msgspec.field(name="talks", default_factory=dict)
    stack: tuple[str, ...] = ()
    last_answer: LastAnswer = msgspec.field(name="shown", default=_NOTHING_SHOWN)
    last_view: LastView | None = msgspec.field(name="visit", default=None)  # gone as soon as something else begins
    offered: str = ""  # id of the resume code that is out

    @property
    def active(self) -> FlowState | None:
        """The talk that the next text answers."""
        return self.flows[self.stack[-1]] if self.stack else None

    @property
    def base_flow(self) -> FlowState | None:
        """The running talk that a counter was opened over, or that runs alone; None where only counters were used."""
        lasting = [self.flows[name] for name in self.stack if not self.flows[name].ephemeral]
        return lasting[-1] if lasting else None

    @property
    def resumable(self) -> FlowState | None:
        """The talk that 続ける goes back to: the running one, else the last that was set aside."""
        aside = [state for state in self.flows.values() if not state.ended and not state.ephemeral]
        return self.base_flow or (aside[-1] if aside else None)

    def activate(self, state: FlowState) -> "Session":
        """This talk on top, the others waiting below it; a counter's question waits for nobody."""
        others = {name: _over(other) if other.ephemeral else other for name, other in self.flows.items()}
        stack = (*(name for name in self.stack if name != state.flow and not others[name].ephemeral), state.flow)
        return structs.replace(self, flows={**others, state.flow: state}, stack=stack)

    def suspend(self, state: FlowState) -> "Session":
        """This talk kept but no longer running: ended, or interrupted by its user."""
        stack = tuple(name for name in self.stack if name != state.flow)
        kept = _over(state) if state.ephemeral else state
        return structs.replace(self, flows={**self.flows, state.flow: kept}, stack=stack)

    def drop(self, flow: str) -> "Session":
        """That talk forgotten."""
        stack = tuple(name for name in self.stack if name != flow)
        return structs.replace(self, flows=_without(self.flows, {flow}), stack=stack)

    def with_last_view(self, view: LastView | None) -> "Session":
        return structs.replace(self, last_view=view)

    def with_offered_code(self, code_id: str) -> "Session":
        return structs.replace(self, offered=code_id)

    def with_last_answer(self, entry: str, rest: tuple[str, ...] = ()) -> "Session":
        return structs.replace(
            self, last_answer=LastAnswer(entry=entry, rest=rest) if entry or rest else _NOTHING_SHOWN
        )

    def with_rated_answer(self) -> "Session":
        return structs.replace(self, last_answer=structs.replace(self.last_answer, rated=True))


_write = msgspec.json.Encoder().encode
_UNREADABLE = (ValueError, AttributeError, LookupError, TypeError)  # the first covers what msgspec says


def dump(session: Session) -> bytes:
    """Its version is always written: what is left out would take on another meaning with the next one."""
    return _versioned(_write(session))


def load(raw: bytes) -> Session:
    """The stored session, brought up to this version; a fresh one where there is none or it cannot be read.

    Raises NewerStateError where a newer release wrote it.
    """
    if not raw:
        return Session()
    try:
        session = _read(migrate(orjson.loads(raw)))
    except _UNREADABLE:
        return Session()
    return session if set(session.stack) <= set(session.flows) else structs.replace(session, stack=())


def _read(stored: Stored) -> Session:
    return msgspec.convert(stored, Session)


def dump_flow_state(state: FlowState) -> bytes:
    """A talk on its own, for another user."""
    return _versioned(_write(state))


def load_flow_state(raw: bytes) -> FlowState | None:
    """None where it cannot be read; raises NewerStateError where a newer release wrote it."""
    try:
        stored = orjson.loads(raw)
        alone = migrate({"v": stored.get("v", 1), "talks": {stored["flow"]: stored}})
        return msgspec.convert(next(iter(alone["talks"].values())), FlowState)
    except (*_UNREADABLE, StopIteration):
        return None


def _versioned(text: bytes) -> bytes:
    return b'{"v":%d%b%b' % (VERSION, b"" if text == b"{}" else b",", text[1:])
