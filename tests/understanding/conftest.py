"""One message, read as the chat reads it on a fixed day."""

from datetime import date

import pytest

from bot.flows.context import Context, Resources
from bot.flows.reading import Reading, read_message

TODAY = date(2026, 12, 1)


@pytest.fixture
def ctx(resources: Resources) -> Context:
    return Context(resources=resources, today=TODAY, new_conversation_id="kinds")


def read(text: str, step: str | None, ctx: Context) -> Reading:
    return read_message(text, step, {}, ctx)
