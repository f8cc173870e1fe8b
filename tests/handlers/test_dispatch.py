"""An event is dispatched by its kind and chat; what no release knows yet changes nothing and is reported once."""

from typing import Any

import pytest

from bot.flows.context import Context, Resources
from bot.flows.effects import RevokeCode
from bot.flows.session import LastView, Session
from bot.handlers import dispatch, router
from bot.handlers.events import read_event
from tests.flows.conftest import TODAY


def event(**fields: Any) -> Any:
    return read_event({"source": {"type": "user", "userId": "U1"}, "webhookEventId": "01", **fields})


@pytest.mark.parametrize("kind", ["newKindOfEvent", ""])
def test_kind_that_is_not_known_changes_nothing_and_is_unknown(resources: Resources, kind: str) -> None:
    session = Session(offered="code")
    result = dispatch.react(event(type=kind), session, Context(resources, TODAY, "sid"))
    assert (result.session, result.replies, result.effects, result.erase) == (session, (), (), False)
    assert dispatch.is_unknown(event(type=kind))


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "message"},
        {"type": "beacon"},
        {"type": "unsend"},
        {"type": "newKindOfEvent", "mode": "standby"},
        {"type": "newKindOfEvent", "source": {"type": "group", "groupId": "C1"}},
    ],
)
def test_known_kinds_and_other_peoples_events_are_not_reported_as_unknown(fields: dict[str, Any]) -> None:
    assert not dispatch.is_unknown(event(**fields))


def test_user_who_leaves_is_erased_with_the_code_that_is_out(resources: Resources) -> None:
    result = dispatch.react(event(type="unfollow"), Session(offered="code"), Context(resources, TODAY, "sid"))
    assert result.erase
    assert result.session == Session()
    assert result.effects == (RevokeCode("code"),)


@pytest.mark.parametrize(("text", "view"), [("料金", None), ("お問い合わせ", "contacts"), ("   ", "faq")])
def test_view_shown_before_counts_for_the_next_message_only(resources: Resources, text: str, view: str | None) -> None:
    """A blank message says nothing, so it leaves the view as it is."""
    shown = Session(last_view=LastView(function="faq"))
    after = router.handle_text(shown, text, Context(resources, TODAY, "sid")).session.last_view
    assert (after.function if after else None) == view
