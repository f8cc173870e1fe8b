"""Handing an unfinished pre-check over, as pure turns: what is offered, what is asked of the store, what follows."""

from datetime import date, timedelta

import pytest
from msgspec import structs

from bot.domain.resume_codes import HandoverCode
from bot.flows.context import Context, Resources
from bot.flows.effects import CodeRequest, CodeResult, PublishCode, RevokeCode
from bot.flows.precheck import resume_code
from bot.flows.session import FlowState, Session
from bot.flows.turn_result import TurnResult
from bot.handlers import router
from bot.replies.actions import Copy
from bot.replies.plain_text import fallback_text
from bot.replies.render import render_all
from bot.replies.views import Notice
from tests.flows.conftest import TODAY, Conversation

CODE = HandoverCode("7K3F-9Q2M", "id of the code")
TALK = FlowState(
    flow="precheck",
    conversation_id="",
    step="plan_in_use",
    answers={"body": "神奈川県横浜市", "has_account": True},
    asked=("body", "has_account"),
)


def ctx(resources: Resources, *, code: HandoverCode | None = CODE, handed: CodeResult | None = None) -> Context:
    return Context(
        resources=resources,
        today=TODAY,
        new_conversation_id="new",
        make_code=(lambda: code) if code else None,
        redeemed=handed,
    )


def said(turn: TurnResult) -> str:
    return "\n".join(fallback_text(message, quick=True) for message in render_all(turn.replies))


@pytest.fixture
def begun(talk: Conversation) -> Session:
    for text in ("申込前チェック", "横浜市", "はい"):
        talk.says(text)
    return talk.session


def test_questions_offer_a_code_once_there_is_something_to_hand_over(talk: Conversation) -> None:
    assert "引き継ぎコード" not in talk.says("申込前チェック")
    assert "引き継ぎコード" in talk.says("横浜市")
    assert "引き継ぎコード" in talk.says("やめる")


def test_word_gives_a_code_to_copy_and_asks_to_keep_the_answers_alone(resources: Resources, begun: Session) -> None:
    turn = router.handle_text(begun, "引き継ぎコード", ctx(resources))
    assert "7K3F-9Q2M" in said(turn)
    assert isinstance(turn.replies[0], Notice)
    assert Copy("引き継ぎ 7K3F-9Q2M") in [button.action for button in turn.replies[0].buttons]
    (offer,) = turn.effects
    assert isinstance(offer, PublishCode)
    assert (offer.code_id, offer.state.answers) == (CODE.id, {"body": "神奈川県横浜市", "has_account": True})
    assert (offer.state.conversation_id, offer.state.message_ids, offer.state.options) == ("", {}, ())
    assert turn.session.offered == CODE.id
    assert turn.session.active == begun.active  # the talk goes on here, too


def test_new_code_takes_the_old_one_back(resources: Resources, begun: Session) -> None:
    turn = router.handle_text(begun.with_offered_code("old"), "引き継ぎコード", ctx(resources))
    assert turn.effects[0] == RevokeCode("old")
    assert isinstance(turn.effects[1], PublishCode)


@pytest.mark.parametrize("word", ["引き継ぎ", "引継ぎ", "ひきつぎ", "引き継ぎコードを教えてください"])
def test_word_is_understood_as_people_write_it(resources: Resources, begun: Session, word: str) -> None:
    assert router.handle_text(begun, word, ctx(resources)).effects


def test_where_nothing_is_unfinished_the_word_says_what_it_is_for(resources: Resources, begun: Session) -> None:
    ended = begun.suspend(structs.replace(begun.flows["precheck"], ended=True))
    for session in (Session(), ended):
        turn = router.handle_text(session, "引き継ぎコード", ctx(resources))
        assert turn.effects == ()
        assert "引き継ぐ回答がまだありません" in said(turn)


def test_code_that_comes_in_is_taken_where_nothing_is_lost_and_only_looked_at_otherwise(begun: Session) -> None:
    assert resume_code.requested_code(Session(), text="引き継ぎ 7k3f9q2m") == CodeRequest("7K3F9Q2M", peek=False)
    assert resume_code.requested_code(begun, text="引き継ぎ 7k3f9q2m") == CodeRequest("7K3F9Q2M", peek=True)
    assert resume_code.requested_code(begun, data="flow=handover&step=take&value=7K3F9Q2M") == CodeRequest(
        "7K3F9Q2M", peek=False
    )
    assert resume_code.requested_code(begun, text="横浜市") is None
    assert resume_code.requested_code(begun, data="flow=precheck&step=body&value=7K3F9Q2M") is None


@pytest.mark.parametrize("text", ["7K3F-9Q2M", "引き継ぎ 7K3F-9Q2M"])
def test_colleague_goes_on_at_the_question_that_waited(resources: Resources, text: str) -> None:
    turn = router.handle_text(Session(), text, ctx(resources, handed=CodeResult("taken", TALK)))
    assert "回答を引き継ぎました" in said(turn)
    assert "すでに使っていますか" in said(turn)
    assert turn.session.active == structs.replace(TALK, conversation_id="new")


def test_answers_of_ones_own_are_replaced_only_after_a_yes(resources: Resources, begun: Session) -> None:
    turn = router.handle_text(begun, "7K3F-9Q2M", ctx(resources, handed=CodeResult("good")))
    assert "置き換わります" in said(turn)
    assert turn.session == begun
    agreed = router.handle_postback(
        begun, "flow=handover&step=take&value=7K3F9Q2M", "", ctx(resources, handed=CodeResult("taken", TALK))
    )
    assert agreed.session.active
    assert agreed.session.active.conversation_id == "new"


def test_button_carries_the_code_to_the_second_step(resources: Resources, begun: Session) -> None:
    turn = router.handle_text(begun, "7K3F-9Q2M", ctx(resources, handed=CodeResult("good")))
    assert "flow=handover&step=take&value=7K3F9Q2M" in str(render_all(turn.replies))


@pytest.mark.parametrize(("state", "word"), [("unknown", "このコードは使えません"), ("too_often", "時間をおいて")])
def test_code_that_is_no_good_says_so(resources: Resources, state: str, word: str) -> None:
    handed = CodeResult("unknown") if state == "unknown" else CodeResult("too_often")
    assert word in said(router.handle_text(Session(), "7K3F-9Q2M", ctx(resources, handed=handed)))
    tapped = router.handle_postback(
        Session(), "flow=handover&step=take&value=7K3F9Q2M", "", ctx(resources, handed=handed)
    )
    assert word in said(tapped)


def test_answer_that_merely_looks_like_a_code_stays_an_answer(resources: Resources, talk: Conversation) -> None:
    for text in ("申込前チェック", "横浜市", "はい", "使っていない", "職員"):
        talk.says(text)
    turn = router.handle_text(talk.session, "city-2026", ctx(resources, handed=CodeResult("unknown")))
    assert "このコードは使えません" not in said(turn)
    named = router.handle_text(talk.session, "引き継ぎ 7K3F-9Q2M", ctx(resources, handed=CodeResult("unknown")))
    assert "このコードは使えません" in said(named)


def test_day_of_application_that_has_passed_meanwhile_is_asked_again(resources: Resources) -> None:
    past = (TODAY - timedelta(days=1)).isoformat()
    waiting = structs.replace(TALK, answers={**TALK.answers, "apply_date": past}, step="review")
    turn = router.handle_text(Session(), "7K3F-9Q2M", ctx(resources, handed=CodeResult("taken", waiting)))
    assert turn.session.active
    assert turn.session.active.step == "apply_date"
    assert "apply_date" not in turn.session.active.answers
    assert date.fromisoformat(past) < TODAY


def test_erasing_ones_data_takes_the_code_back(resources: Resources, begun: Session) -> None:
    turn = router.handle_text(begun.with_offered_code("out"), "データ削除", ctx(resources))
    assert (turn.erase, turn.effects) == (True, (RevokeCode("out"),))
    assert turn.session == Session()


def test_without_a_store_behind_it_the_word_still_has_an_answer(resources: Resources, begun: Session) -> None:
    turn = router.handle_text(begun, "引き継ぎコード", ctx(resources, code=None))
    assert turn.effects == ()
    assert said(turn)
    old_button = router.handle_postback(begun, "flow=handover&step=take&value=7K3F9Q2M", "", ctx(resources))
    assert "このボタンは使えなくなりました" in said(old_button)


def test_number_that_is_no_code_is_taken_for_words_and_one_that_is_continues(
    resources: Resources, begun: Session
) -> None:
    turn = router.handle_text(Session(), "1234-5678", ctx(resources, handed=CodeResult("unknown")))
    assert "このコードは使えません" not in said(turn)
    taken = router.handle_text(
        Session(), "1234-5678", ctx(resources, handed=CodeResult("taken", begun.flows["precheck"]))
    )
    assert "すでに使っていますか" in said(taken)
