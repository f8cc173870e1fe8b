"""The errors of LINE's API."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from line_emulator.error_bodies import body_error
from line_emulator.rules import Check, Problem, problems, refused

BAD_TOKEN = "Invalid reply token"  # noqa: S105 - LINE's wording, not a secret
MONTHLY_LIMIT = "You have reached your monthly limit."
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."


class RefusedError(Exception):
    """An error that ends a call with this status. `reasons` explain it in the records; `details` are LINE's own."""

    def __init__(
        self,
        status: int,
        message: str,
        reasons: Sequence[Problem] = (),
        *,
        details: Sequence[dict[str, str]] = (),
        fault: bool = False,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.reasons = tuple(reasons)
        self.details = tuple(details)
        self.fault = fault
        self.headers = headers or {}
        self.more = more

    def body(self) -> dict[str, Any]:
        """Return LINE's error object with its `details` and what else was given, if anything was."""
        details = {"details": list(self.details)} if self.details else {}
        return {"message": self.message, **details, **self.more}


@dataclass
class Enforcer:
    """A judge of requests that refuses what LINE refuses, or, if strict, also what LINE merely tolerates."""

    strict: bool = False
    _thread: threading.local = field(default_factory=threading.local)

    def insist(self, check: Check, value: Any) -> None:
        """Raise a 400 with every reason if there is one. Keep the tolerated problems as hints of this thread."""
        found = problems(check, value)
        if reasons := refused(found, strict=self.strict):
            message, details = body_error(reasons)
            raise RefusedError(400, message, reasons, details=details)
        self._thread.hints = (*self._hints(), *found)

    def take_hints(self) -> tuple[Problem, ...]:
        """Return the problems tolerated on this thread since the last time."""
        hints, self._thread.hints = self._hints(), ()
        return hints

    def _hints(self) -> tuple[Problem, ...]:
        hints: tuple[Problem, ...] = getattr(self._thread, "hints", ())
        return hints
