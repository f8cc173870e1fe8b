"""Outcomes of a call to LINE, by what the sender may conclude from them."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "done",  # LINE has it
    "invalid_token",  # the reply token is used up or expired
    "token_suspected",  # a refusal in other words that the messages do not explain: it must be the token
    "refused",  # 400, 413: these messages will never be accepted
    "denied",  # 401, 403 and every other 4xx: nothing was done, and it says nothing about the messages
    "throttled",  # 429: nothing was done, later it may be
    "not_sent",  # no connection: nothing was done, later it may be
    "failed",  # 5xx: LINE says it went wrong, and may have done it all the same
    "unknown",  # timeout, broken connection: it may or may not have been done
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one call. `status` is None without a response; `request_id` is LINE's x-line-request-id."""

    kind: Kind
    status: int | None = None
    request_id: str = ""
    reason: str = ""
    seconds: float = 0.0


def printable(text: str, at_most: int) -> str:
    """Return a text from outside without control and direction characters, so that it may be stored and shown."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:at_most])
