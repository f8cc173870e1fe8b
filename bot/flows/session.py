"""What is remembered of a conversation: versioned JSON, readable by this and the next release."""

from collections.abc import Mapping
from typing import Any

import msgspec
import orjson
from msgspec import structs

from bot.flows.migrations import VERSION, Stored, brought_up


class FlowState(msgspec.Struct, frozen=True, omit_defaults=True):
    """One flow with one user. `answers` holds what was given, None for "skipped"; `asked` the way so far.

    `brief`: the question of a counter, over as soon as something else is begun and never resumed.
    """

    flow: str
    sid: str
    step: str
    answers: Mapping[str, Any] = {}
    asked: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    origins: Mapping[str, str] = {}
    ended: bool = False
    brief: bool = False
    known: Mapping[str, Any] = {}  # answers of the pre-check that may be taken over

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
        origins = {**self.origins, step: origin} if origin else _without(self.origins, {step})
        asked = (*(name for name in self.asked if name != step), step)
        return structs.replace(self, answers=answers, asked=asked, origins=origins)

    def without(self, *steps: str) -> "FlowState":
        """Those answers forgotten."""
        gone = set(steps)
        if gone.isdisjoint(self.answers) and gone.isdisjoint(self.origins) and gone.isdisjoint(self.asked):
            return self
        return structs.replace(
            self,
            answers=_without(self.answers, gone),
            origins=_without(self.origins, gone),
            asked=tuple(name for name in self.asked if name not in gone),
        )


def _without(mapping: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key not in names}


def _over(talk: FlowState) -> FlowState:
    return structs.replace(talk, ended=True)


class LastAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The entry last shown and the next best ones, for "that was not it" and for a follow-up.

    `judged`: its reader has said that it helped.
    """

    entry: str = ""
    rest: tuple[str, ...] = ()
    judged: bool = False


_NOTHING_SHOWN = LastAnswer()  # what is stored leaves out this very object, not one that is equal


class LastView(msgspec.Struct, frozen=True, omit_defaults=True):
    """The counter that was shown last, for 戻る and for its labels typed; `deeper`: beyond its first view."""

    counter: str
    deeper: bool = False


class Session(msgspec.Struct, frozen=True, omit_defaults=True):
    """All talks of one user; `stack` names the running ones, the one that is being answered last."""

    talks: Mapping[str, FlowState] = {}
    stack: tuple[str, ...] = ()
    shown: LastAnswer = _NOTHING_SHOWN
    visit: LastView | None = None  # gone as soon as something else begins
    offered: str = ""  # id of the resume code that is out

    @property
    def running(self) -> FlowState | None:
        """The talk that the next text answers."""
        return self.talks[self.stack[-1]] if self.stack else None

    @property
    def below(self) -> FlowState | None:
        """The running talk that a counter was opened over, or that runs alone; None where only counters were used."""
        lasting = [self.talks[name] for name in self.stack if not self.talks[name].brief]
        return lasting[-1] if lasting else None

    @property
    def waiting(self) -> FlowState | None:
        """The talk that 続ける goes back to: the running one, else the last that was set aside."""
        aside = [talk for talk in self.talks.values() if not talk.ended and not talk.brief]
        return self.below or (aside[-1] if aside else None)

    def put(self, talk: FlowState) -> "Session":
        """This talk on top, the others waiting below it; a counter's question waits for nobody."""
        others = {name: _over(other) if other.brief else other for name, other in self.talks.items()}
        stack = (*(name for name in self.stack if name != talk.flow and not others[name].brief), talk.flow)
        return structs.replace(self, talks={**others, talk.flow: talk}, stack=stack)

    def set_aside(self, talk: FlowState) -> "Session":
        """This talk kept but no longer running: ended, or interrupted by its user."""
        stack = tuple(name for name in self.stack if name != talk.flow)
        kept = _over(talk) if talk.brief else talk
        return structs.replace(self, talks={**self.talks, talk.flow: kept}, stack=stack)

    def drop(self, flow: str) -> "Session":
        """That talk forgotten."""
        stack = tuple(name for name in self.stack if name != flow)
        return structs.replace(self, talks=_without(self.talks, {flow}), stack=stack)

    def visiting(self, visit: LastView | None) -> "Session":
        return structs.replace(self, visit=visit)

    def offering(self, code_id: str) -> "Session":
        return structs.replace(self, offered=code_id)

    def showing(self, entry: str, rest: tuple[str, ...] = ()) -> "Session":
        return structs.replace(self, shown=LastAnswer(entry=entry, rest=rest) if entry or rest else _NOTHING_SHOWN)

    def judging(self) -> "Session":
        return structs.replace(self, shown=structs.replace(self.shown, judged=True))


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
        session = _read(brought_up(orjson.loads(raw)))
    except _UNREADABLE:
        return Session()
    return session if set(session.stack) <= set(session.talks) else structs.replace(session, stack=())


def _read(stored: Stored) -> Session:
    return msgspec.convert(stored, Session)


def dump_talk(talk: FlowState) -> bytes:
    """A talk on its own, for another user."""
    return _versioned(_write(talk))


def load_talk(raw: bytes) -> FlowState | None:
    """None where it cannot be read; raises NewerStateError where a newer release wrote it."""
    try:
        stored = orjson.loads(raw)
        alone = brought_up({"v": stored.get("v", 1), "talks": {stored["flow"]: stored}})
        return msgspec.convert(next(iter(alone["talks"].values())), FlowState)
    except (*_UNREADABLE, StopIteration):
        return None


def _versioned(text: bytes) -> bytes:
    return b'{"v":%d%b%b' % (VERSION, b"" if text == b"{}" else b",", text[1:])
