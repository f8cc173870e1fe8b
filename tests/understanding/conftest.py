"""The real content, loaded once."""

import pytest

from bot.flows.context import Resources
from bot.flows.resources import load_resources


@pytest.fixture(scope="session")
def resources() -> Resources:
    return load_resources()
