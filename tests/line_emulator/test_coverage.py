"""Every operation and every event of LINE's SDK has been decided on, and the page says what was decided."""

import pytest

from line_emulator.coverage import EVENTS, NOT_COVERED, answers
from line_emulator.http import routes
from scripts.emulator_coverage import PAGE, page, sdk_events, sdk_operations

APP = routes()


def test_sdk_is_read() -> None:
    assert len(sdk_operations()) > 100
    assert ("POST", "/v2/bot/message/reply") in sdk_operations()
    assert {"message", "accountLink", "messageEdited"} <= sdk_events()


@pytest.mark.parametrize("operation", sorted(sdk_operations()), ids=" ".join)
def test_operation_is_answered_or_there_is_a_reason(operation: tuple[str, str]) -> None:
    assert (answers(APP, operation) == "no") is (operation in NOT_COVERED)


def test_reasons_are_for_operations_that_exist() -> None:
    assert NOT_COVERED.keys() <= sdk_operations()


def test_every_event_has_been_decided_on() -> None:
    assert set(EVENTS) == sdk_events()


def test_committed_page_is_what_the_code_says() -> None:
    assert PAGE.read_text() == page(), "run: make docs"
