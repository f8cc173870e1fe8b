"""Whether LINE refuses the channel is told by the answers to all calls; it is said once, and once when it is over."""

import logging

import pytest

from bot.delivery.channel_access import DENIED_IN_A_ROW, ChannelAccess
from bot.line.outcomes import Kind, Outcome

DONE, REVOKED = Outcome("done", 200), Outcome("denied", 401, "R1", "invalid token")


def access_after(*outcomes: Outcome) -> ChannelAccess:
    access = ChannelAccess()
    for outcome in outcomes:
        access.observe(outcome)
    return access


def test_refused_token_closes_at_once_and_is_said_once_with_its_end(caplog: pytest.LogCaptureFixture) -> None:
    access = access_after(REVOKED, REVOKED, REVOKED)
    assert (access.closed, access.status) == (True, 401)
    access.observe(DONE)
    access.observe(DONE)
    assert (access.closed, access.status) == (False, 0)
    lines = [(record.levelno, record.message) for record in caplog.records]
    assert lines == [
        (logging.ERROR, "LINE refuses the channel: replies are kept"),
        (logging.WARNING, "LINE accepts the channel again"),
    ]


@pytest.mark.parametrize("status", [403, 404, 409])
def test_other_denials_are_about_the_channel_when_nothing_else_is_heard_and_close_nothing(status: int) -> None:
    denied = Outcome("denied", status)
    assert access_after(*[denied] * (DENIED_IN_A_ROW - 1)).status == 0
    access = access_after(*[denied] * DENIED_IN_A_ROW)
    assert (access.closed, access.status) == (False, status)
    assert access_after(*[denied] * (DENIED_IN_A_ROW - 1), DONE, denied).status == 0


@pytest.mark.parametrize("kind", ["not_sent", "failed", "unknown", "throttled"])
def test_line_that_is_away_says_nothing_about_the_token(kind: Kind) -> None:
    assert access_after(*[Outcome(kind)] * 9).status == 0
    assert access_after(REVOKED, Outcome(kind)).closed


def test_good_token_ends_a_refused_token_but_not_denials_of_everything_else() -> None:
    access = access_after(REVOKED)
    access.observe(DONE, about_token=True)
    assert access.status == 0
    access = access_after(*[Outcome("denied", 403)] * DENIED_IN_A_ROW)
    access.observe(DONE, about_token=True)
    assert access.status == 403


def test_whose_token_it_is_denied_in_any_words_closes() -> None:
    access = ChannelAccess()
    access.observe(Outcome("denied", 404), about_token=True)
    assert access.closed


def test_what_was_accepted_only_just_now_may_be_the_end_of_an_outage() -> None:
    now = [100.0]
    access = ChannelAccess(clock=lambda: now[0])
    access.observe(DONE)
    assert not access.accepted_since(60)
    now[0] += 5
    assert access.accepted_since(60)
    assert not access.accepted_since(4)
    for _ in range(9):
        access.observe(DONE)
    assert access.accepted_since(60), "a busy bot has always been accepted just now, too"
