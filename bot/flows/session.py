"""The stored state of a conversation: versioned JSON that this and the next release can read."""

from collections.abc import Mapping
from typing import Any

import msgspec
import orjson
from msgspec import structs

from bot.flows.migrations import VERSION, Stored, migrate


class FlowState(msgspec.Struct, frozen=True, omit_defaults=True):
    """The state of one flow with one user. `answers` has None for a skipped question; `asked` lists steps in order.

    `ephemeral`: the flow is over as soon as another one begins, and is never resumed. `prefill`: answers of the
    pre-check that are offered first. `misses`: messages in a row that did not answer the pending question. `repeats`:
    times in a row that it was asked again after something else was answered.
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
    prefill: Mapping[str, Any] = msgspec.field(name="known", default_factory=dict)
    misses: int = 0
    repeats: int = 0

    @property
    def at_start(self) -> bool:
        """Return True if nothing was asked before the pending question."""
        return not self.asked or self.asked[0] == self.step

    def at(self, step: str, *, options: tuple[str, ...] = ()) -> "FlowState":
        """Return the state waiting at that step. `options` are values offered beside the declared ones."""
        return structs.replace(self, step=step, options=options, ended=False, misses=0, repeats=0)

    def missed(self) -> "FlowState":
        """Return the state after a message that did not answer the pending question."""
        return structs.replace(self, misses=self.misses + 1)

    def repeated(self) -> "FlowState":
        """Return the state whose pending question is asked again after something else was answered."""
        return structs.replace(self, repeats=self.repeats + 1)

    def with_answer(self, step: str, value: Any, origin: str = "") -> "FlowState":
        """Return the state with an answer. `origin` is the id of its message, by which it is deleted on unsend."""
        answers = {**self.answers, step: value}
        message_ids = {**self.message_ids, step: origin} if origin else _without(self.message_ids, {step})
        asked = (*(name for name in self.asked if name != step), step)
        return structs.replace(self, answers=answers, asked=asked, message_ids=message_ids)

    def without(self, *steps: str) -> "FlowState":
        """Return the state without these answers."""
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


def _ended(state: FlowState) -> FlowState:
    return structs.replace(state, ended=True)


class LastAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The entry shown last and the next best ones, for ちがう and for a follow-up question.

    `rated`: the user has said that it helped. `question`: the masked question for which it was shown, if one was typed.
    """

    entry: str = ""
    rest: tuple[str, ...] = ()
    rated: bool = msgspec.field(name="judged", default=False)
    question: str = ""


_NOTHING_SHOWN = LastAnswer()  # the encoder omits a default only if it is this very object


class LastView(msgspec.Struct, frozen=True, omit_defaults=True):
    """The stateless flow shown last, for 戻る and for typed labels. `deeper`: beyond its first view."""

    function: str = msgspec.field(name="counter")
    deeper: bool = False


class DeskState(msgspec.Struct, frozen=True, omit_defaults=True):
    """The wish for a person. `silent`: the bot does not answer free text. `misses`: answers that did not help.

    `unread_until`: the day until which a message may still wait for a person, so that nothing is marked as read.
    """

    asked_ms: int = 0
    silent: bool = False
    unread_until: str = ""
    misses: int = 0


_NO_DESK = DeskState()  # the very object, as for `_NOTHING_SHOWN`


class GroupState(msgspec.Struct, frozen=True, omit_defaults=True):
    """A group's last message, and the newest version of messages that were answered or edited, by id.

    Times are those of LINE's events, because an edit and its original may arrive in any order.
    """

    heard_ms: int = 0
    versions: Mapping[str, int] = {}

    def heard(self, at_ms: int) -> "GroupState":
        return structs.replace(self, heard_ms=max(self.heard_ms, at_ms))

    def with_version(self, message_id: str, at_ms: int) -> "GroupState":
        """Return the state with this version of a message. The oldest messages are forgotten."""
        versions = {**_without(self.versions, {message_id}), message_id: at_ms}
        return structs.replace(self, versions=dict(list(versions.items())[-VERSIONS_KEPT:]))


VERSIONS_KEPT = 20  # messages of a group
_NO_GROUP = GroupState()  # the very object, as for `_NOTHING_SHOWN`


class Session(msgspec.Struct, frozen=True, omit_defaults=True):
    """All flows of one user. `stack` names the running ones; its last is the active flow."""

    flows: Mapping[str, FlowState] = msgspec.field(name="talks", default_factory=dict)
    stack: tuple[str, ...] = ()
    last_answer: LastAnswer = msgspec.field(name="shown", default=_NOTHING_SHOWN)
    last_view: LastView | None = msgspec.field(name="visit", default=None)  # None as soon as something else begins
    offered: str = ""  # id of the resume code that is valid now
    desk: DeskState = _NO_DESK
    group: GroupState = _NO_GROUP

    @property
    def active(self) -> FlowState | None:
        """The flow that the next text answers."""
        return self.flows[self.stack[-1]] if self.stack else None

    @property
    def base_flow(self) -> FlowState | None:
        """The active flow, ignoring ephemeral flows opened on top of it. None if there is none."""
        lasting = [self.flows[name] for name in self.stack if not self.flows[name].ephemeral]
        return lasting[-1] if lasting else None

    @property
    def resumable(self) -> FlowState | None:
        """The flow that 続ける returns to: the base flow, or else the one suspended last."""
        suspended = [state for state in self.flows.values() if not state.ended and not state.ephemeral]
        return self.base_flow or (suspended[-1] if suspended else None)

    def activate(self, state: FlowState) -> "Session":
        """Make this flow the active one. Others wait below it, except ephemeral ones, which end."""
        others = {name: _ended(other) if other.ephemeral else other for name, other in self.flows.items()}
        stack = (*(name for name in self.stack if name != state.flow and not others[name].ephemeral), state.flow)
        return structs.replace(self, flows={**others, state.flow: state}, stack=stack)

    def suspend(self, state: FlowState) -> "Session":
        """Keep this flow without running it: it has ended, or the user left it."""
        stack = tuple(name for name in self.stack if name != state.flow)
        suspended = _ended(state) if state.ephemeral else state
        return structs.replace(self, flows={**self.flows, state.flow: suspended}, stack=stack)

    def drop(self, flow: str) -> "Session":
        """Forget that flow."""
        stack = tuple(name for name in self.stack if name != flow)
        return structs.replace(self, flows=_without(self.flows, {flow}), stack=stack)

    def with_last_view(self, view: LastView | None) -> "Session":
        return structs.replace(self, last_view=view)

    def with_offered_code(self, code_id: str) -> "Session":
        return structs.replace(self, offered=code_id)

    def with_last_answer(self, entry: str, rest: tuple[str, ...] = (), *, question: str = "") -> "Session":
        shown = LastAnswer(entry=entry, rest=rest, question=question) if entry or rest else _NOTHING_SHOWN
        return structs.replace(self, last_answer=shown)

    def with_desk(self, desk: DeskState) -> "Session":
        return structs.replace(self, desk=_NO_DESK if desk == _NO_DESK else desk)

    def with_group(self, group: GroupState) -> "Session":
        return structs.replace(self, group=_NO_GROUP if group == _NO_GROUP else group)

    def with_rated_answer(self) -> "Session":
        return structs.replace(self, last_answer=structs.replace(self.last_answer, rated=True))


_write = msgspec.json.Encoder().encode
_UNREADABLE = (ValueError, AttributeError, LookupError, TypeError)  # ValueError includes the errors of msgspec


def dump(session: Session) -> bytes:
    """Encode the session, always with its version, because the next version reads the same JSON differently."""
    return _versioned(_write(session))


def load(raw: bytes) -> Session:
    """Load and migrate a stored session. Return a new one if there is none or it cannot be read.

    Raise NewerStateError if a newer release wrote it.
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
    """Encode a single flow's state, for another user."""
    return _versioned(_write(state))


def load_flow_state(raw: bytes) -> FlowState | None:
    """Load a single flow's state. Return None if it cannot be read; raise NewerStateError if it is newer."""
    try:
        stored = orjson.loads(raw)
        alone = migrate({"v": stored.get("v", 1), "talks": {stored["flow"]: stored}})
        return msgspec.convert(next(iter(alone["talks"].values())), FlowState)
    except (*_UNREADABLE, StopIteration):
        return None


def _versioned(text: bytes) -> bytes:
    return b'{"v":%d%b%b' % (VERSION, b"" if text == b"{}" else b",", text[1:])
