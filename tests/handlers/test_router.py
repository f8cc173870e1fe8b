"""Sessions of another release: what is no longer known is dropped, the rest goes on."""

from bot.flows.session import FlowState, Session
from bot.handlers.router import drop_unknown_steps


def test_flow_that_is_gone_is_dropped_and_the_others_stay() -> None:
    old = (
        Session()
        .activate(FlowState(flow="precheck", conversation_id="a", step="body"))
        .activate(FlowState(flow="oldflow", conversation_id="b", step="x"))
    )
    mended = drop_unknown_steps(old)
    assert set(mended.flows) == {"precheck"}
    assert mended.stack == ("precheck",)


def test_step_that_is_gone_leads_to_the_first_one_with_the_answers_kept() -> None:
    old = Session().activate(
        FlowState(flow="precheck", conversation_id="a", step="old_step", answers={"body": "神奈川県箱根町"})
    )
    running = drop_unknown_steps(old).active
    assert running
    assert (running.step, running.answers["body"]) == ("body", "神奈川県箱根町")


def test_talk_that_was_set_aside_stays_aside() -> None:
    aside = FlowState(flow="precheck", conversation_id="a", step="old_step", answers={"body": "x"})
    assert drop_unknown_steps(Session().suspend(aside)).stack == ()


def test_known_session_is_left_as_it_is() -> None:
    session = Session().activate(FlowState(flow="precheck", conversation_id="a", step="body"))
    assert drop_unknown_steps(session) is session
