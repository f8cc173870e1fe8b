"""What a pure turn asks of the store, and what it is told from there; the worker's edge carries it out.

Each may be carried out again for the same event and changes nothing more: a turn that its worker did not finish is
played again.
"""

from dataclasses import dataclass
from typing import Literal

from bot.flows.session import Talk


@dataclass(frozen=True, slots=True)
class Offer:
    """Keep this talk for whoever brings the code."""

    code_id: str
    talk: Talk


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The code of that id is no longer good."""

    code_id: str


Effect = Offer | Withdraw


@dataclass(frozen=True, slots=True)
class Wanted:
    """A code that came in with the event; `look` only asks whether it is good."""

    code: str
    look: bool


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of a code: the talk it stood for, or why there is none."""

    state: Literal["taken", "good", "unknown", "too_often"]
    talk: Talk | None = None
