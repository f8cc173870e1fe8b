"""The pre-check: what is asked when, and where a change leads."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from bot.domain.eligibility import Verdict
from bot.flows.context import Resources
from bot.flows.postback import decode, encode
from bot.flows.precheck.flow import PRECHECK, advance
from bot.flows.precheck.steps import CHOICES, ORDER, prune
from bot.flows.precheck.verdict import decision_of
from bot.flows.session import FlowState, dump
from bot.replies import views
from tests.flows.conftest import TODAY, Conversation, begun, step_of


def test_straight_way_asks_each_question_once_and_ends_in_a_verdict(talk: Conversation) -> None:
    begun(talk)
    asked = []
    for answer in ("横浜市", "はい", "使っていない", "職員", "横浜市", "認証済み", "ライト", "lg.jp", "来週月曜"):
        asked.append(step_of(talk))
        talk.says(answer)
    assert tuple(asked) == ORDER
    assert step_of(talk) == "review"
    assert "条件がそろっています" in talk.says("はい")
    assert talk.session.active is None


def test_every_question_carries_flow_step_and_conversation_in_a_button(talk: Conversation) -> None:
    begun(talk)
    for answer in ("箱根町", "はい", "使っていない", "職員", "箱根町", "認証済み", "ライト", "lg.jp", "12/1", "はい"):
        taps = [decode(data) for data in talk.buttons()]
        running = talk.session.active
        assert running
        assert any(
            tap and (tap.flow, tap.step, tap.conversation_id) == ("precheck", running.step, running.conversation_id)
            for tap in taps
        )
        talk.says(answer)


def test_progress_counts_the_questions_that_can_still_matter(talk: Conversation) -> None:
    assert "1/9" in begun(talk)
    assert "2/9" in talk.says("箱根町")
    assert "3/4" in talk.says("まだありません")


def test_without_an_account_its_name_plan_and_dates_are_not_asked(talk: Conversation) -> None:
    begun(talk, "箱根町", "まだない", "使っていない")
    assert "回答をご確認ください" in talk.says("職員")
    assert "先に整えることがあります" in talk.says("はい")


@pytest.mark.parametrize("body", ["横浜市西区", "西多摩衛生組合", "観光庁", "公益財団法人横浜市緑の協会"])
def test_body_that_can_never_have_the_plan_ends_the_questions(talk: Conversation, body: str) -> None:
    assert "プランの対象外です" in begun(talk, body)


def test_account_that_has_the_plan_already_ends_the_questions(talk: Conversation) -> None:
    assert "すでに適用済みです" in begun(talk, "箱根町", "はい", "このアカウントで使っています")


def test_plan_on_another_account_ends_the_questions(talk: Conversation) -> None:
    assert "プランの対象外です" in begun(talk, "箱根町", "はい", "別のアカウントで利用中")


def test_date_picker_answers(talk: Conversation) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市", "認証済み", "ライト", "lg.jp")
    pick = next(data for data in talk.buttons() if "pick" in data)
    assert "2026年12月24日" in talk.taps(pick, date="2026-12-24")


def test_going_back_keeps_the_other_answers(talk: Conversation) -> None:
    begun(talk, "横浜市", "はい", "使っていない")
    assert "すでに使っていますか" in talk.says("戻る")
    assert "お持ちですか" in talk.tap_label("戻る")
    assert "お申込みになるのは" in talk.tap_label("変えずに進む")


def test_changing_an_answer_asks_only_what_no_longer_holds(talk: Conversation) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市", "認証済み", "ライト", "lg.jp", "12/1")
    talk.tap_label("団体名を変更")
    assert "すでに使っていますか" in talk.says("箱根町"), "of another body nothing is known about its plan"
    assert "アカウント名を教えて" in talk.says("使っていない")
    assert "回答をご確認ください" in talk.says("箱根町役場")
    talk.tap_label("今のプランを変更")
    assert "回答をご確認ください" in talk.says("スタンダード")


def test_verdict_can_be_reviewed_and_changed(talk: Conversation) -> None:
    begun(talk, "箱根町", "はい", "別のアカウントで利用中")
    assert "回答をご確認ください" in talk.tap_label("回答を見直す")
    talk.tap_label("プランの利用状況を変更")
    assert "お申込みになるのは" in talk.says("使っていない")


def test_old_button_goes_back_to_its_question_with_its_answer(talk: Conversation) -> None:
    begun(talk, "箱根町")
    none_yet = next(data for data in talk.buttons() if "value=false" in data)
    talk.says("はい")
    talk.says("使っていない")
    talk.taps(none_yet)
    assert talk.session.flows["precheck"].answers["has_account"] is False
    assert step_of(talk) == "applicant"


def test_double_tap_only_shows_where_one_is(talk: Conversation) -> None:
    begun(talk, "箱根町")
    yes = next(data for data in talk.buttons() if "value=true" in data)
    talk.taps(yes)
    before = talk.session.flows["precheck"]
    assert "すでに使っていますか" in talk.taps(yes)
    assert talk.session.flows["precheck"] == before


def test_button_of_another_conversation_offers_a_fresh_start(talk: Conversation) -> None:
    old = encode("precheck", "verified", "yes", "long-gone")
    assert "以前の会話のボタン" in talk.taps(old)
    assert "どちらの団体" in talk.tap_label("申込前チェック")


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "flow=precheck",
        "flow=none&step=x&value=y",
        "flow=faq&step=entry&value=gone",
        "flow=faq&step=%00&value=",
        "flow=menu&step=open&value=nothing",
        "flow=precheck&step=../../x&value=y&sid=sid0",
        "=" * 300,
        "flow=faq&step=category&value=x",
    ],
)
def test_button_that_means_nothing_is_answered_kindly(talk: Conversation, data: str) -> None:
    begun(talk, "箱根町")
    talk.taps(data)


@pytest.mark.parametrize(
    ("step", "value"), [("nothing", "yes"), ("verified", "maybe"), ("review", "confirm"), ("body", "999999")]
)
def test_forged_button_of_the_running_conversation_only_shows_where_one_is(
    talk: Conversation, step: str, value: str
) -> None:
    begun(talk, "箱根町")
    running = talk.session.active
    assert running
    assert "お持ちですか" in talk.taps(encode("precheck", step, value, running.conversation_id))
    assert talk.session.active == running


def test_unsent_message_takes_its_answer_with_it(talk: Conversation) -> None:
    from bot.handlers.dispatch import forget  # noqa: PLC0415 - only this test needs the handler

    begun(talk, "箱根町", "はい")
    origin = talk.session.flows["precheck"].message_ids["body"]
    talk.session = forget(talk.session, origin)
    assert "body" not in talk.session.flows["precheck"].answers
    assert step_of(talk) == "body"


VALUES: dict[str, tuple[Any, ...]] = {
    "body": ("神奈川県横浜市", "横浜市西区", "ほげ市"),
    "has_account": (True, False, None),
    "plan_in_use": ("none", "this_account", "other_account", "unknown", None),
    "applicant": ("staff", "agency", "affiliate", None),
}


def test_verdict_is_that_of_the_rules_for_every_combination_of_answers(resources: Resources) -> None:
    ctx = Conversation(resources).ctx
    for values in product(*VALUES.values()):
        talk = FlowState(
            flow="precheck", conversation_id="s", step="review", answers=dict(zip(VALUES, values, strict=True))
        )
        ended = advance(talk, "review", ctx)
        verdict = ended.replies[0]  # type: ignore[union-attr]  # the review always ends
        assert isinstance(verdict, views.VerdictView)
        assert Verdict(verdict.verdict) is decision_of(prune(talk), ctx).verdict
        assert all("plan-form.php" not in str(button.action) for button in verdict.buttons) == (
            verdict.verdict in ("not_eligible", "already_applied")
        )


def test_declared_choices_are_those_with_words(resources: Resources) -> None:
    questions = resources.texts.precheck.questions
    assert set(questions) == {*PRECHECK.steps}
    for name, step in PRECHECK.steps.items():
        assert tuple(questions[name].choices) == (step.choices or CHOICES.get(name, ()))


def test_transitions_taken_are_among_those_declared(resources: Resources) -> None:
    talk = Conversation(resources, today=TODAY)
    begun(talk)
    for answer in ("横浜市", "はい", "使っていない", "職員", "横浜市", "認証済み", "ライト", "lg.jp", "12/1"):
        before = step_of(talk)
        talk.says(answer)
        assert step_of(talk) in PRECHECK.steps[before].to


def test_day_that_has_passed_meanwhile_is_asked_again(talk: Conversation) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市", "認証済み", "ライト", "lg.jp", "今日")
    talk.today = TODAY + timedelta(days=5)
    assert "予定日が過ぎました" in talk.says("はい")
    assert step_of(talk) == "apply_date"
    talk.says("12/10")
    assert "12月10日" in talk.says("はい")


def test_timeline_names_the_year_where_it_is_not_this_one(talk: Conversation) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市", "認証済み", "ライト", "lg.jp", "12/24")
    verdict = talk.says("はい")
    assert "2027年2月1日" in verdict


def test_unchanged_body_keeps_the_name_that_was_kept_on_purpose(talk: Conversation) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市公式")
    for answer in ("この名前のまま進む", "認証済み", "ライト", "lg.jp", "未定"):
        said = talk.says(answer)
    assert "横浜市公式" in said
    talk.says("団体名を変更")
    assert "回答をご確認ください" in talk.says("変えずに進む")


def test_keep_button_of_an_older_card_does_not_keep_newer_words(talk: Conversation) -> None:
    begun(talk, "ああああ市")
    older = next(data for data in talk.buttons() if "keep" in data)
    talk.says("いいいい町")
    talk.taps(older)
    assert "body" not in talk.session.flows["precheck"].answers


def test_words_on_offer_go_with_their_message(talk: Conversation) -> None:
    from bot.handlers.dispatch import forget  # noqa: PLC0415 - only this test needs the handler

    begun(talk, "秘密の団体名")
    origin = f"message{talk.turns - 1}"
    assert "秘密" in dump(talk.session).decode()
    assert "秘密" not in dump(forget(talk.session, origin)).decode()
    talk.tap_label("このまま進む")
    assert "秘密" not in dump(forget(talk.session, origin)).decode()
