"""What a pure turn asks of the store, and what it is told from there; the worker's edge carries it out.

Each may be carried out again for the same event and changes nothing more: a turn that its worker did not finish is
played again.
"""

from dataclasses import dataclass
from typing import Literal

from bot.flows.session import FlowState


@dataclass(frozen=True, slots=True)
class PublishCode:
    """Keep this talk for whoever brings the code."""

    code_id: str
    state: FlowState


@dataclass(frozen=True, slots=True)
class RevokeCode:
    """The code of that id is no longer good."""

    code_id: str


Effect = PublishCode | RevokeCode


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """A code that came in with the event; `look` only asks whether it is good."""

    code: str
    peek: bool


@dataclass(frozen=True, slots=True)
class CodeResult:
    """What became of a code: the talk it stood for, or why there is none."""

    state: Literal["taken", "good", "unknown", "too_often"]
    flow_state: FlowState | None = None
