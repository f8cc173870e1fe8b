"""The errors of LINE's API."""

from collections.abc import Sequence
from typing import Any

from line_emulator.rules import Check, Problem, problems

BAD_TOKEN = "Invalid reply token"  # noqa: S105 - LINE's wording, not a secret
MONTHLY_LIMIT = "You have reached your monthly limit."
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."


class RefusedError(Exception):
    """An error that ends a call with this status; `more` is added to the body beside the message."""

    def __init__(
        self,
        status: int,
        message: str,
        reasons: Sequence[Problem] = (),
        *,
        fault: bool = False,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.reasons = tuple(reasons)
        self.fault = fault
        self.headers = headers or {}
        self.more = more

    def body(self) -> dict[str, Any]:
        """Return LINE's error object, with `details` only if there are any."""
        details = [{"message": reason.message, "property": reason.property} for reason in self.reasons]
        return {"message": self.message, **({"details": details} if details else {}), **self.more}


def insist(check: Check, value: Any) -> None:
    """Raise a 400 with every reason if the check finds one."""
    if found := problems(check, value):
        raise RefusedError(400, f"The request body has {len(found)} error(s)", found)
