"""Time limits and sizes reach the code as arguments, so that a test passes its own instead of patching a module."""

import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from bot.runtime.limits import LIMITS

TESTS = Path(__file__).parent
PATCHED = re.compile(r"""setattr\([^()]*["'](?:\w+\.)*[A-Z_]*(?:_MS|SECONDS|TIMEOUT|LIMIT|HEARTBEAT|_SIZE|BYTES)["']""")


def test_no_test_patches_a_limit() -> None:
    found = [f"{path.name}: {match[0]}" for path in TESTS.rglob("*.py") for match in PATCHED.finditer(path.read_text())]
    assert found == []


def test_limits_cannot_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        LIMITS.lease_ms = 1  # type: ignore[misc]  # that is the point
