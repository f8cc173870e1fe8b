"""From the version that is stored to the one that is read, step by step."""

import pytest

from bot.errors import NewerStateError
from bot.flows.migrations import MIGRATIONS, VERSION, Stored, migrate
from bot.flows.session import FlowState, Session, dump, dump_flow_state, load, load_flow_state


def renamed(stored: Stored) -> Stored:
    return {"visited" if name == "visit" else name: value for name, value in stored.items()}


def numbered(stored: Stored) -> Stored:
    return {**stored, "turns": 0}


STEPS = {1: renamed, 2: numbered}


def test_every_version_leads_to_the_next() -> None:
    assert set(MIGRATIONS) == set(range(1, VERSION))


def test_steps_are_taken_in_their_order() -> None:
    assert migrate({"v": 1, "visit": "x"}, to=3, migrations=STEPS) == {"visited": "x", "turns": 0}
    assert migrate({"v": 2, "visited": "x"}, to=3, migrations=STEPS) == {"visited": "x", "turns": 0}
    assert migrate({"v": 3, "visited": "x", "turns": 7}, to=3, migrations=STEPS) == {"visited": "x", "turns": 7}


def test_what_names_no_version_is_of_the_first() -> None:
    assert migrate({"visit": "x"}, to=2, migrations=STEPS) == {"visited": "x"}


def test_newer_state_is_left_alone() -> None:
    with pytest.raises(NewerStateError) as caught:
        load(b'{"v": 99, "talks": {}}')
    assert caught.value.version == 99
    with pytest.raises(NewerStateError):
        load_flow_state(b'{"v": 99, "flow": "precheck"}')


@pytest.mark.parametrize("raw", [b"[]", b"null", b"7", b'{"v": "x"}', b'{"talks": 3}', b"\xff", b'{"stack": ["x"]}'])
def test_what_cannot_be_read_is_a_fresh_start(raw: bytes) -> None:
    assert load(raw) == Session()


@pytest.mark.parametrize("raw", [b"[]", b"null", b"{}", b'{"flow": "precheck"}', b'{"flow": []}', b"\xff"])
def test_talk_that_cannot_be_read_is_none(raw: bytes) -> None:
    assert load_flow_state(raw) is None


def test_version_is_always_written() -> None:
    talk = FlowState(flow="precheck", conversation_id="s", step="body")
    for raw in (dump(Session()), dump(Session().activate(talk)), dump_flow_state(talk)):
        assert raw.startswith(b'{"v":%d' % VERSION)
    assert load(dump(Session())) == Session()
    assert load_flow_state(dump_flow_state(talk)) == talk
