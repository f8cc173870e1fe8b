"""The pre-check as a conversation: what an interpreted message does to the answers and to the next question."""

from typing import Any

import pytest

from bot.flows.precheck import conversation
from bot.flows.reading import Reading
from bot.flows.session import FlowState, Session
from bot.replies.views import Question, Review, Text, VerdictView
from tests.flows.conftest import Conversation, begun, step_of

HAKONE = "神奈川県箱根町"
ALL: dict[str, Any] = {
    "body": HAKONE,
    "has_account": True,
    "plan_in_use": "none",
    "applicant": "staff",
    "account_name": "箱根町",
    "verified": "yes",
    "current_plan": "communication",
    "email_domain": "lg.jp",
    "apply_date": "2026-12-01",
}


def at(talk: Conversation, step: str, *, ended: bool = False, **answers: Any) -> None:
    """Put the conversation at a question of the pre-check with these answers."""
    state = FlowState(
        flow="precheck", conversation_id="s", step=step, answers=answers, asked=tuple(answers), ended=ended
    )
    talk.session = Session().suspend(state) if ended else Session().activate(state)


def hears(talk: Conversation, reading: Reading, text: str = "") -> str:
    """Take an interpreted message into the pre-check; return what is said."""
    if "precheck" not in talk.session.flows:
        talk.says("申込前チェック")
    return talk._end(conversation.respond(talk.session, talk.session.flows["precheck"], reading, text, talk.ctx))


def answers(talk: Conversation) -> dict[str, Any]:
    return dict(talk.session.flows["precheck"].answers)


def test_opening_message_with_many_facts_leads_to_the_review_and_then_to_the_verdict(talk: Conversation) -> None:
    given = {name: ALL[name] for name in ("body", "plan_in_use", "verified", "current_plan", "apply_date")}
    said = hears(talk, Reading(facts=given))
    assert isinstance(talk.replies[-1], Review)
    assert "まだわからない点：申込者、アカウント名、メールのドメイン" in said
    assert answers(talk) == {**given, "has_account": True}, "who is verified has an account"
    talk.says("はい")
    assert isinstance(talk.replies[-1], VerdictView)
    assert "まだわからない点" in talk.replies[-1].lead


def test_open_point_of_the_review_is_answered_by_its_button(talk: Conversation) -> None:
    hears(talk, Reading(facts={name: ALL[name] for name in ("body", "plan_in_use", "verified", "current_plan")}))
    talk.tap_label("申込者を変更")
    assert step_of(talk) == "applicant"
    talk.says("団体の職員")
    assert step_of(talk) == "account_name"


def test_answered_question_is_not_asked_again_and_what_was_noted_is_said(talk: Conversation) -> None:
    at(talk, "body")
    assert "「アカウントあり」「職員が申込」ですね" in hears(
        talk, Reading(facts={"has_account": True, "applicant": "staff"})
    )
    assert step_of(talk) == "body"
    talk.says("箱根町")
    assert step_of(talk) == "plan_in_use"
    talk.says("使っていない")
    assert step_of(talk) == "account_name"


def test_contradiction_is_asked_about_and_nothing_is_overwritten(talk: Conversation) -> None:
    at(talk, "applicant", body=HAKONE, has_account=True, plan_in_use="none", verified="no")
    said = hears(talk, Reading(facts={"verified": "yes"}), "認証済みの青いやつ")
    assert "先ほど「まだ認証していない」と伺いました。「認証済み」に変えますか" in said
    assert answers(talk)["verified"] == "no"


def test_of_two_contradictions_one_is_asked_now_and_the_other_next(talk: Conversation) -> None:
    at(
        talk,
        "account_name",
        body=HAKONE,
        has_account=True,
        plan_in_use="none",
        applicant="staff",
        verified="no",
        current_plan="light",
    )
    said = talk.says("バッジは青です。スタンダードを契約してます")
    assert "先ほど「まだ認証していない」と伺いました。「認証済み」に変えますか" in said
    assert "今のプランも先ほどのお答えと違うため" in said
    assert (answers(talk)["verified"], answers(talk).get("current_plan")) == ("no", None)
    talk.says("はい")
    assert answers(talk)["verified"] == "yes"
    talk.says("箱根町")
    assert step_of(talk) == "current_plan", "the second contradiction is asked as a question"
    talk.says("スタンダード")
    assert answers(talk)["current_plan"] == "standard"


def test_an_answer_said_again_after_the_verdict_opens_nothing_else(talk: Conversation) -> None:
    at(talk, "review", ended=True, **ALL)
    said = talk.says("お世話になります、神奈川県箱根町と申します")
    assert "と伺っています" in said
    assert isinstance(talk.replies[-1], VerdictView)


def test_a_doubted_yes_or_no_is_offered_by_its_own_buttons_only(talk: Conversation) -> None:
    at(talk, "has_account", body=HAKONE)
    hears(talk, Reading(ask_back={"has_account": (True,)}), "あるらしいです")
    question = talk.replies[-1]
    assert isinstance(question, Question)
    assert "true" not in [button.label for button in question.tappable()]


def test_leaving_names_the_questions_that_are_left(talk: Conversation) -> None:
    at(talk, "verified", body=HAKONE, has_account=True, plan_in_use="none", applicant="staff", account_name="箱根町")
    said = talk.says("やめる")
    assert "残りの質問：認証、今のプラン、メールのドメイン、申込予定日。" in said
    assert "続ける" in said


def test_who_applies_may_be_told_at_another_question(talk: Conversation) -> None:
    at(talk, "plan_in_use", body=HAKONE, has_account=True)
    said = talk.says("業者に頼んでる")
    assert answers(talk)["applicant"] == "agency"
    assert step_of(talk) == "plan_in_use"
    assert len(talk.replies) == 1, said


@pytest.mark.parametrize(("word", "value"), [("はい", "no"), ("いいえ", "yes"), ("変えずに進む", "yes")])
def test_yes_to_a_suggested_change_means_the_change_and_not_the_question(
    talk: Conversation, word: str, value: str
) -> None:
    at(talk, "applicant", body=HAKONE, has_account=True, plan_in_use="none", verified="yes")
    hears(talk, Reading(facts={"verified": "no"}), "認証まだのやつ")
    talk.says(word)
    assert answers(talk)["verified"] == value
    assert step_of(talk) == "applicant"


@pytest.mark.parametrize(
    ("step", "before", "value"),
    [
        ("body", HAKONE, "神奈川県横浜市"),
        ("email_domain", "lg.jp", "city.hakone.example.jp"),
        ("apply_date", "2026-12-01", "2026-12-08"),
        ("account_name", "箱根町", "箱根町役場"),
    ],
)
def test_suggested_change_of_any_answer_is_one_tap(talk: Conversation, step: str, before: str, value: str) -> None:
    at(talk, "current_plan", **{**{name: ALL[name] for name in ALL if name != "current_plan"}, step: before})
    hears(talk, Reading(facts={step: value}), "これです")
    question = talk.replies[-1]
    assert isinstance(question, Question)
    talk.taps(question.choices[0].action.data)  # type: ignore[union-attr]
    assert answers(talk)[step] == value


def test_correction_is_made_and_said(talk: Conversation) -> None:
    at(talk, "applicant", body=HAKONE, has_account=True, plan_in_use="none", verified="no")
    said = hears(talk, Reading(facts={"verified": "yes"}), "さっきのやっぱり違って、認証済みでした")
    assert "認証を「まだ認証していない」から「認証済み」に直しました" in said
    assert answers(talk)["verified"] == "yes"
    assert step_of(talk) == "applicant"


def test_correction_after_the_verdict_gives_a_new_one(talk: Conversation) -> None:
    at(talk, "review", ended=True, **{**ALL, "verified": "no"})
    said = hears(talk, Reading(facts={"verified": "yes"}), "やっぱり認証済みでした")
    line, verdict = talk.replies
    assert isinstance(line, Text)
    assert isinstance(verdict, VerdictView)
    assert "直しました" in said
    assert verdict.verdict == "ready"


def test_correction_after_the_verdict_asks_again_what_depends_on_it(talk: Conversation) -> None:
    at(talk, "review", ended=True, **ALL)
    hears(talk, Reading(facts={"body": "神奈川県横浜市"}), "間違えました、横浜市です")
    assert step_of(talk) == "plan_in_use"
    assert "account_name" not in answers(talk)


def test_what_is_not_known_is_left_open_with_the_way_to_find_out(talk: Conversation) -> None:
    at(talk, "verified", body=HAKONE, has_account=True, plan_in_use="none", applicant="staff", account_name="箱根町")
    assert "青色のバッジ" in hears(talk, Reading(unsure=("verified",)), "認証されてるかはわからない")
    assert step_of(talk) == "current_plan"
    assert answers(talk)["verified"] is None


def test_open_point_is_taken_after_the_verdict(talk: Conversation) -> None:
    at(talk, "review", ended=True, **{**ALL, "verified": None})
    hears(talk, Reading(facts={"verified": "yes"}), "青いバッジがありました")
    verdict = talk.replies[-1]
    assert isinstance(verdict, VerdictView)
    assert verdict.verdict == "ready"
    assert "まだわからない点" not in verdict.lead


def test_account_name_that_the_plan_does_not_accept_is_asked_back_with_better_ones(talk: Conversation) -> None:
    at(talk, "has_account", body=HAKONE)
    said = hears(talk, Reading(facts={"has_account": True, "account_name": "箱根町公式"}), "名前は箱根町公式です")
    assert "使えない名前" in said
    assert step_of(talk) == "account_name"
    assert answers(talk)["has_account"] is True
    talk.tap_label("箱根町役場")
    assert step_of(talk) == "plan_in_use"


def test_unsure_body_is_offered_by_buttons(talk: Conversation) -> None:
    at(talk, "has_account")
    hears(talk, Reading(ask_back={"body": ("東京都府中市", "広島県府中市")}, facts={"has_account": True}))
    talk.tap_label("広島県府中市")
    assert answers(talk) == {"has_account": True, "body": "広島県府中市"}


@pytest.mark.parametrize(
    "asked", ["で、結局もう出していいの？", "じゃあ判定お願いします", "これで申し込んでも大丈夫ですか"]
)
def test_verdict_is_given_on_what_is_known_and_the_check_goes_on(talk: Conversation, asked: str) -> None:
    begun(talk, "箱根町", "はい", "使っていない", "職員")
    said = talk.says(asked)
    assert isinstance(talk.replies[-1], VerdictView)
    assert "まだわからない点：アカウント名、認証、今のプラン" in said
    talk.says("続ける")
    assert step_of(talk) == "account_name"


@pytest.mark.parametrize("asked", ["代理店が申し込んでもいいですか", "外郭団体でも申し込めますか"])
def test_question_about_applying_is_no_wish_for_the_verdict(talk: Conversation, asked: str) -> None:
    begun(talk, "箱根町")
    talk.says(asked)
    assert not any(isinstance(reply, VerdictView) for reply in talk.replies)


def test_yes_to_the_question_of_the_plan_in_use_is_asked_which_account(talk: Conversation) -> None:
    begun(talk, "箱根町", "はい")
    assert "どのアカウントですか" in talk.says("はい")
    assert step_of(talk) == "plan_in_use"


def test_question_that_is_not_answered_is_explained_then_offers_ways_out_and_is_then_left_open(
    talk: Conversation,
) -> None:
    asked = [begun(talk, "箱根町", "はい", "使っていない", "職員", "箱根町")]
    asked += [talk.says("ほげほげ"), talk.says("ほげほげ")]
    assert "青色のバッジ" in asked[1]
    assert "飛ばして" in asked[2]
    assert "窓口を見る" in asked[2]
    assert len(set(asked)) == len(asked)
    assert step_of(talk) == "verified"
    assert "あとでかまいません" in talk.says("ほげほげ")
    assert step_of(talk) == "current_plan"


@pytest.mark.parametrize("step", ["body", "account_name", "email_domain"])
def test_question_asked_twice_without_an_answer_can_be_skipped_by_a_button(talk: Conversation, step: str) -> None:
    at(talk, step, **{name: value for name, value in ALL.items() if name != step})
    state = talk.session.flows["precheck"]
    talk._end(conversation.miss(talk.session, state.missed(), talk.ctx))
    skipped = next(data for data in talk.buttons() if f"step={step}&value=skip" in data)
    talk.taps(skipped)
    assert answers(talk)[step] is None


def test_same_question_is_never_asked_three_times_in_the_same_words(talk: Conversation) -> None:
    for step in ALL:
        at(talk, step, **{name: value for name, value in ALL.items() if name != step})
        said = [talk.says("ほげほげ") for _ in range(6)]
        assert all(said.count(one) < 3 for one in said), (step, said)


def test_questions_in_between_bring_the_pending_one_back_in_changing_words(talk: Conversation) -> None:
    begun(talk, "箱根町")
    notes = []
    for _ in range(3):
        talk.says("料金はいくらですか")
        asked = talk.replies[-1]
        assert isinstance(asked, Question)
        notes.append(asked.note)
    assert len(set(notes)) == 3
    assert step_of(talk) == "has_account"


@pytest.mark.parametrize("label", ["使っていない", "認証済み", "はい、あります", "この内容で判定する", "変えずに進む"])
def test_button_typed_after_a_lost_session_leads_on_and_is_no_unanswered_question(
    talk: Conversation, label: str
) -> None:
    assert "申込前チェック" in talk.says(label)
    assert talk.unanswered is None
    talk.tap_label("申込前チェック")
    assert step_of(talk) == "body"


@pytest.mark.parametrize("words", ["ちょっと待ってください", "少々お待ちください", "いま見てきます"])
def test_who_asks_to_wait_is_not_asked_again(talk: Conversation, words: str) -> None:
    begun(talk, "箱根町", "はい", "使っていない", "職員")
    assert "ごゆっくり" in talk.says(words)
    talk.says("続ける")
    assert step_of(talk) == "account_name"


@pytest.mark.parametrize(
    ("words", "step"),
    [("もういいや", ""), ("いったん終わりにします", ""), ("さっきのに戻して", "plan_in_use"), ("データ消して", "")],
)
def test_commands_in_free_words_are_carried_out(talk: Conversation, words: str, step: str) -> None:
    begun(talk, "箱根町", "はい", "使っていない")
    talk.says(words)
    assert step_of(talk) == step


@pytest.mark.parametrize("text", ["町です", "小さい町の職員です", "町です。人口2千人くらいの"])
def test_kind_of_body_without_its_name_is_said_back_and_the_name_is_asked_for(talk: Conversation, text: str) -> None:
    begun(talk)
    assert "町の名前を教えてください" in talk.says(text)
    assert "body" not in answers(talk)


def test_typed_opening_does_the_check_in_two_turns(talk: Conversation) -> None:
    talk.says("箱根町の企画課です。認証済みで今ライト、プランはまだ使ってません。来週月曜に出したい")
    assert isinstance(talk.replies[-1], Review)
    known = answers(talk)
    assert (known["body"], known["verified"], known["current_plan"]) == (HAKONE, "yes", "light")
    talk.says("この内容で判定する")
    assert isinstance(talk.replies[-1], VerdictView)


def test_opening_message_that_begins_with_a_government_is_no_account_name(talk: Conversation) -> None:
    said = talk.says("熱海市広報課です。認証済みで今ライト、プランはまだ使ってません。12/18に出したい")
    assert "アカウント名チェック" not in said
    assert answers(talk)["body"] == "静岡県熱海市"
    assert step_of(talk) == "review"


@pytest.mark.parametrize("words", ["町です", "市です。人口9万くらいの"])
def test_kind_of_a_government_is_asked_for_its_name(talk: Conversation, words: str) -> None:
    talk.says("申込前チェック")
    said = talk.says(words)
    assert "の名前を教えてください" in said
    assert "登録簿" not in said
    assert step_of(talk) == "body"
