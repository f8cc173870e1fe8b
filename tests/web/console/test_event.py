"""The page that shows the trail of one event, under the same header as every page of the console."""

import re
import time

import pytest
from redis import Redis

from bot.store.keys import Pseudonyms
from bot.store.trail import Note, Trail
from tests.conftest import SECRET_KEY
from tests.web.console.conftest import Operator


@pytest.fixture
def inside(operator: Operator) -> Operator:
    operator.logs_in()
    return operator


def header(html: str) -> str:
    found = re.search(r"<header>.*?</header>", html, re.DOTALL)
    assert found
    return re.sub(r'\?days=\d+| aria-current="page"|name="csrf" value="[^"]*"', "", found[0])


def test_trail_of_a_reference_is_shown_with_its_stations(inside: Operator, redis: Redis) -> None:
    trail = Trail(redis, lambda: Pseudonyms(SECRET_KEY))
    trail.add("01JD", Note("accepted", time.time(), "stored_woken", event_id="01JD"))
    trail.add("01JD", Note("delivery", time.time() + 2, "push done done", attempt=1, status=200))
    trail.flush()
    html = inside.reads(f"event?ref={trail.reference('01JD')}")
    assert "01JD" in html
    assert html.count("<tr>") == 3
    assert header(html) == header(inside.reads())


@pytest.mark.parametrize("typed", ["222222", "12", "<b>"])
def test_reference_without_a_trail_gets_a_sentence(inside: Operator, typed: str) -> None:
    html = inside.reads(f"event?ref={typed}")
    assert 'role="status"' in html
    assert "<b>" not in html
