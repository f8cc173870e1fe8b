"""What is remembered of a conversation: versioned JSON, readable by this and the next release."""

from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field

from bot.flows.migrations import VERSION, brought_up


class Talk(BaseModel):
    """One flow with one user. `answers` holds what was given, None for "skipped"; `asked` the way so far.

    `brief`: the question of a counter, over as soon as something else is begun and never resumed.
    """

    model_config = ConfigDict(frozen=True)

    flow: str
    sid: str
    step: str
    answers: Mapping[str, Any] = Field(default_factory=dict)
    asked: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    origins: Mapping[str, str] = Field(default_factory=dict)
    ended: bool = False
    brief: bool = False
    known: Mapping[str, Any] = Field(default_factory=dict)  # answers of the pre-check that may be taken over

    @property
    def at_start(self) -> bool:
        """Whether nothing was asked before the pending question."""
        return not self.asked or self.asked[0] == self.step

    def at(self, step: str, *, options: tuple[str, ...] = ()) -> "Talk":
        """The talk waiting at that step; `options` are the values offered beside the declared ones."""
        return self.model_copy(update={"step": step, "options": options, "ended": False})

    def with_answer(self, step: str, value: Any, origin: str = "") -> "Talk":
        """The answer recorded; `origin` is the message it came in, for the day that message is unsent."""
        answers = {**self.answers, step: value}
        origins = {**self.origins, step: origin} if origin else _without(self.origins, {step})
        asked = (*(name for name in self.asked if name != step), step)
        return self.model_copy(update={"answers": answers, "asked": asked, "origins": origins})

    def without(self, *steps: str) -> "Talk":
        """Those answers forgotten."""
        gone = set(steps)
        if gone.isdisjoint(self.answers) and gone.isdisjoint(self.origins) and gone.isdisjoint(self.asked):
            return self
        return self.model_copy(
            update={
                "answers": _without(self.answers, gone),
                "origins": _without(self.origins, gone),
                "asked": tuple(name for name in self.asked if name not in gone),
            }
        )


def _without(mapping: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key not in names}


def _over(talk: Talk) -> Talk:
    return talk.model_copy(update={"ended": True})


class Shown(BaseModel):
    """The entry last shown and the next best ones, for "that was not it" and for a follow-up.

    `judged`: its reader has said that it helped.
    """

    model_config = ConfigDict(frozen=True)

    entry: str = ""
    rest: tuple[str, ...] = ()
    judged: bool = False


class Visit(BaseModel):
    """The counter that was shown last, for 戻る and for its labels typed; `deeper`: beyond its first view."""

    model_config = ConfigDict(frozen=True)

    counter: str
    deeper: bool = False


class Session(BaseModel):
    """All talks of one user; `stack` names the running ones, the one that is being answered last."""

    model_config = ConfigDict(frozen=True)

    talks: Mapping[str, Talk] = Field(default_factory=dict)
    stack: tuple[str, ...] = ()
    shown: Shown = Field(default_factory=Shown)
    visit: Visit | None = None  # gone as soon as something else begins
    offered: str = ""  # id of the resume code that is out

    @property
    def running(self) -> Talk | None:
        """The talk that the next text answers."""
        return self.talks[self.stack[-1]] if self.stack else None

    @property
    def below(self) -> Talk | None:
        """The running talk that a counter was opened over, or that runs alone; None where only counters were used."""
        lasting = [self.talks[name] for name in self.stack if not self.talks[name].brief]
        return lasting[-1] if lasting else None

    @property
    def waiting(self) -> Talk | None:
        """The talk that 続ける goes back to: the running one, else the last that was set aside."""
        aside = [talk for talk in self.talks.values() if not talk.ended and not talk.brief]
        return self.below or (aside[-1] if aside else None)

    def put(self, talk: Talk) -> "Session":
        """This talk on top, the others waiting below it; a counter's question waits for nobody."""
        others = {name: _over(other) if other.brief else other for name, other in self.talks.items()}
        stack = (*(name for name in self.stack if name != talk.flow and not others[name].brief), talk.flow)
        return self.model_copy(update={"talks": {**others, talk.flow: talk}, "stack": stack})

    def set_aside(self, talk: Talk) -> "Session":
        """This talk kept but no longer running: ended, or interrupted by its user."""
        stack = tuple(name for name in self.stack if name != talk.flow)
        kept = _over(talk) if talk.brief else talk
        return self.model_copy(update={"talks": {**self.talks, talk.flow: kept}, "stack": stack})

    def drop(self, flow: str) -> "Session":
        """That talk forgotten."""
        stack = tuple(name for name in self.stack if name != flow)
        return self.model_copy(update={"talks": _without(self.talks, {flow}), "stack": stack})

    def visiting(self, visit: Visit | None) -> "Session":
        return self.model_copy(update={"visit": visit})

    def offering(self, code_id: str) -> "Session":
        return self.model_copy(update={"offered": code_id})

    def showing(self, entry: str, rest: tuple[str, ...] = ()) -> "Session":
        return self.model_copy(update={"shown": Shown(entry=entry, rest=rest)})

    def judging(self) -> "Session":
        return self.model_copy(update={"shown": self.shown.model_copy(update={"judged": True})})


def dump(session: Session) -> bytes:
    """Its version is always written: what is left out would take on another meaning with the next one."""
    return _versioned(session.model_dump_json(exclude_defaults=True))


def load(raw: bytes) -> Session:
    """The stored session, brought up to this version; a fresh one where there is none or it cannot be read.

    Raises NewerStateError where a newer release wrote it.
    """
    if not raw:
        return Session()
    try:
        session = Session.model_validate(brought_up(orjson.loads(raw)))
    except (ValueError, AttributeError, LookupError, TypeError):
        return Session()
    return session if set(session.stack) <= set(session.talks) else session.model_copy(update={"stack": ()})


def dump_talk(talk: Talk) -> bytes:
    """A talk on its own, for another user."""
    return _versioned(talk.model_dump_json(exclude_defaults=True))


def load_talk(raw: bytes) -> Talk | None:
    """None where it cannot be read; raises NewerStateError where a newer release wrote it."""
    try:
        stored = orjson.loads(raw)
        alone = brought_up({"v": stored.get("v", 1), "talks": {stored["flow"]: stored}})
        return Talk.model_validate(next(iter(alone["talks"].values())))
    except (ValueError, AttributeError, LookupError, TypeError, StopIteration):
        return None


def _versioned(text: str) -> bytes:
    return f'{{"v":{VERSION}{"" if text == "{}" else ","}{text[1:]}'.encode()
