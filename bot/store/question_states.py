"""The work of editors on unanswered questions: a state of each, and the operator who takes care of it."""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any, Literal, get_args

import msgspec

from bot.store.keys import question_states
from bot.store.stored_values import read_json, read_text

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
        states = {read_text(name): read_json(raw, QuestionState) for name, raw in found.items()}
        return {name: state for name, state in states.items() if state}

    def set(self, question: str, state: QuestionState, kept: Collection[str]) -> bool:
        """Set the state of a question if it is among those that are kept, and delete the states of all others."""
        names = {name_of(one) for one in kept}
        if name_of(question) not in names:
            return False
        gone = [name for name in self._redis.hkeys(question_states()) if read_text(name) not in names]
        with self._redis.pipeline(transaction=True) as pipe:
            if gone:
                pipe.hdel(question_states(), *gone)
            pipe.hset(question_states(), name_of(question), msgspec.json.encode(state))
            pipe.execute()
        return True


def name_of(question: str) -> str:
    """Return the name under which the state of this question is stored."""
    return hashlib.sha256(question.encode()).hexdigest()[:16]
