"""Outcomes of a call to LINE, by what the sender may conclude from them."""

import re
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


# What LINE could repeat of our request: IDs of users and groups, tokens, addresses, numbers, and texts in Japanese.
_REPEATED = re.compile(
    r"[\w.+/=@-]*[0-9A-Za-z+/=_-]{17,}[\w.+/=@-]*|[^\s;:,]*@[^\s;:,]*|\d[\d ().-]{3,}\d|[^\x20-\x7e]+"
)
_REQUEST_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


def without_personal_data(wording: str) -> str:
    """Return LINE's wording of an error with … in place of all that could be an ID, a token, an address or a text."""
    return _REPEATED.sub("…", wording)


def request_id_of(header: str) -> str:
    """Return an x-line-request-id, empty if the header has another form than LINE's."""
    return header if _REQUEST_ID.fullmatch(header) else ""
