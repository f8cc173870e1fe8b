"""The actions of buttons: those of LINE's action objects that the bot uses."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Postback:
    """Comes back as a postback event; `display` is what the user is seen to say (at most 300 graphemes)."""

    data: str
    display: str | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """A message action: the tap sends this text for the user, as if it had been typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Open:
    """Opens an http(s), tel or line address; `external` asks LINE for the phone's own browser."""

    uri: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """Puts 1 to 1,000 UTF-16 units on the clipboard."""

    text: str


@dataclass(frozen=True, slots=True)
class PickDate:
    """Opens the date picker; dates are YYYY-MM-DD and the answer comes as a postback's `params.date`."""

    data: str
    initial: str
    first: str
    last: str


Action = Postback | Say | Open | Copy | PickDate


@dataclass(frozen=True, slots=True)
class Button:
    """A label (in quick replies at most 20 graphemes, else 40) with its action."""

    label: str
    action: Action
    style: Literal["primary", "secondary", "link"] = "secondary"
