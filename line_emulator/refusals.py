"""How the platform says no."""

from collections.abc import Sequence
from typing import Any

from line_emulator.rules import Check, Problem, problems

BAD_TOKEN = "Invalid reply token"  # noqa: S105 - LINE's wording, not a secret
MONTHLY_LIMIT = "You have reached your monthly limit."
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."


class RefusedError(Exception):
    """Ends a call with that status; `more` goes into the body beside the message."""

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
        """LINE's error object; `details` only where there are any."""
        details = [{"message": reason.message, "property": reason.property} for reason in self.reasons]
        return {"message": self.message, **({"details": details} if details else {}), **self.more}


def insist(check: Check, value: Any) -> None:
    """Refuses with 400 and every reason unless the check finds nothing."""
    if found := problems(check, value):
        raise RefusedError(400, f"The request body has {len(found)} error(s)", found)
