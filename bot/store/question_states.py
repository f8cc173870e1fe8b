"""The work of editors on unanswered questions: a state of each, and the operator who takes care of it."""

import hashlib
from collections.abc import Mapping
from typing import Any, Literal, get_args

import msgspec

from bot.store.keys import question_states

State = Literal["new", "work", "answered", "outside"]
STATES: tuple[State, ...] = get_args(State)


class QuestionState(msgspec.Struct, frozen=True):
    """The state of a question and its owner."""

    state: State = "new"
    owner: str = ""


NEW = QuestionState()


class QuestionStates:
    """The states by question. The question itself is not stored. Raises Redis's errors."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def all(self) -> Mapping[str, QuestionState]:
        """Return every state by the name of its question (`name_of`)."""
        found = self._redis.hgetall(question_states())
        states = {name.decode(): _state(raw) for name, raw in found.items()}
        return {name: state for name, state in states.items() if state}

    def set(self, question: str, state: QuestionState) -> None:
        self._redis.hset(question_states(), name_of(question), msgspec.json.encode(state))


def name_of(question: str) -> str:
    """Return the name under which the state of this question is stored."""
    return hashlib.sha256(question.encode()).hexdigest()[:16]


def _state(raw: bytes) -> QuestionState | None:
    try:
        return msgspec.json.decode(raw, type=QuestionState)
    except (msgspec.DecodeError, RecursionError):
        return None
