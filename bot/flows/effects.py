"""The effects that a pure turn asks for, and the results it gets from the store. The worker carries them out.

Effects are idempotent for one event, because a turn that its worker did not finish is run again.
"""

from dataclasses import dataclass
from typing import Literal

from bot.domain.reminders import Reminder, ReminderKind
from bot.flows.session import FlowState


@dataclass(frozen=True, slots=True)
class PublishCode:
    """A request to store this flow for the user who types the code."""

    code_id: str
    state: FlowState


@dataclass(frozen=True, slots=True)
class RevokeCode:
    """A request to invalidate the code of this id."""

    code_id: str


@dataclass(frozen=True, slots=True)
class SetReminder:
    """A request to remind this user. It replaces a reminder of the same kind."""

    reminder: Reminder


@dataclass(frozen=True, slots=True)
class CancelReminder:
    """A request to cancel the user's reminder of this kind."""

    kind: ReminderKind


Effect = PublishCode | RevokeCode | SetReminder | CancelReminder


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """A code that came with the event. `peek` only checks if it is valid."""

    code: str
    peek: bool


@dataclass(frozen=True, slots=True)
class CodeResult:
    """The result of a code: the flow that it stood for, or why there is none."""

    state: Literal["taken", "good", "unknown", "too_often"]
    flow_state: FlowState | None = None
