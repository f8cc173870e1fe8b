"""結果が来た, だめだった, まだ来ない: each leads on, with the session or without it."""

from datetime import date

import pytest

from bot.flows.after.state import result_of
from bot.flows.session import Session
from bot.replies.actions import Copy
from bot.replies.views import AnswerView, Menu, Process, Question, Review
from tests.flows.conftest import Conversation, begun, eligible, step_of

APPLIED = date(2026, 12, 1)
READY = eligible()


def applied(talk: Conversation, plan: str = "コミュニケーション") -> None:
    talk.today = APPLIED
    talk.says("今日申し込みました")
    talk.says(plan)


@pytest.mark.parametrize("typed", ["まだ来ない", "結果がまだ来ません", "申し込んだのに連絡が来ない", "まだ届きません"])
@pytest.mark.parametrize(
    ("day", "title"), [((2026, 12, 8), "まだ審査のめやすの期間です"), ((2026, 12, 9), "結果のメールが見つからない")]
)
def test_missing_result_is_unusual_from_the_sixth_business_day(
    talk: Conversation, typed: str, day: tuple[int, int, int], title: str
) -> None:
    applied(talk)
    talk.today = date(*day)
    assert title in talk.says(typed)


def test_desk_gets_what_it_needs_to_look(talk: Conversation) -> None:
    begun(talk, *READY)
    applied(talk)
    talk.today = date(2026, 12, 10)
    talk.says("まだ来ない")
    card = talk.replies[-1]
    assert isinstance(card, AnswerView)
    copies = [button.action.text for button in card.buttons if isinstance(button.action, Copy)]
    assert "団体名：神奈川県横浜市" in copies[0]
    assert "アカウント名：横浜市" in copies[0]
    assert "申込日：2026年12月1日（火）" in copies[0]
    assert copies[1] == "ml-new-public-account@lycorp.co.jp"


@pytest.mark.parametrize(("plan", "said"), [("スタンダード", True), ("ライト", True), ("コミュニケーション", False)])
def test_month_boundary_is_named_for_light_and_standard(talk: Conversation, plan: str, said: bool) -> None:
    applied(talk, plan)
    talk.today = date(2026, 12, 10)
    assert ("月初の変更の反映" in talk.says("まだ来ない")) is said


@pytest.mark.parametrize(
    "typed", ["だめだった", "ダメでした", "適用されませんでした", "審査に落ちました", "落ちました"]
)
def test_refusal_names_no_reason_and_leads_to_another_application(talk: Conversation, typed: str) -> None:
    applied(talk)
    text = talk.says(typed)
    assert "理由は、一律に開示されていません" in text
    assert "再度申し込めます" in text
    assert result_of(talk.session) == "refused"


def test_earlier_answers_are_looked_at_again(talk: Conversation) -> None:
    begun(talk, *READY)
    applied(talk)
    assert "前にいただいた回答が残っています" in talk.says("だめだった")
    talk.tap_label("前の回答で条件を見直す")
    assert isinstance(talk.replies[-1], Review)
    talk.says("はい")
    assert step_of(talk) == "apply_date" or not isinstance(talk.replies[-1], Question)


def test_without_earlier_answers_the_pre_check_begins(talk: Conversation) -> None:
    assert "前の回答は残っていません" in talk.says("だめだった")
    talk.tap_label("申込前チェックで見直す")
    assert step_of(talk) == "body"


def test_result_that_came_is_asked_for(talk: Conversation) -> None:
    applied(talk)
    assert "どのような結果でしたか" in talk.says("結果が来ました")
    assert "適用おめでとうございます" in talk.tap_label("適用された")
    assert result_of(talk.session) == "accepted"


def test_checklist_is_ticked_and_unticked(talk: Conversation) -> None:
    talk.says("適用されました")
    assert "（1/5）" in talk.tap_label("未 結果のメールを保管した")
    assert "（2/5）" in talk.tap_label("未 アクセス権限を確かめた")
    assert "（1/5）" in talk.tap_label("済 結果のメールを保管した")
    assert "（1/5）" in talk.says("チェックリスト")
    for label in (
        "結果のメールを保管した",
        "管理画面の表示を確かめた",
        "プレミアムIDを決めた",
        "友だち追加の案内を始めた",
    ):
        text = talk.tap_label(f"未 {label}")
    assert "すべて済みました" in text


def test_old_checklist_works_without_a_session(talk: Conversation) -> None:
    talk.says("適用されました")
    talk.tap_label("未 結果のメールを保管した")
    tick = next(data for data in talk.buttons() if "rights" in data)
    talk.session = Session()
    assert "（2/5）" in talk.taps(tick)


def test_old_buttons_know_their_application_without_a_session(talk: Conversation) -> None:
    applied(talk, "スタンダード")
    not_yet = next(data for data in talk.buttons() if "step=not_yet" in data)
    talk.session, talk.today = Session(), date(2026, 12, 14)
    text = talk.taps(not_yet)
    assert "12月4日（金）〜12月8日（火）を過ぎています" in text
    assert "スタンダードプランの場合" in text


@pytest.mark.parametrize("value", ["2019-01-01.light", "2030-01-01.light", "garbage", "2026-12-01.gold", ""])
def test_strange_button_asks_for_the_day(talk: Conversation, value: str) -> None:
    talk.today = APPLIED
    assert "いつ申し込みましたか" in talk.taps(f"flow=after&step=not_yet&value={value}")


def test_unknown_step_says_so(talk: Conversation) -> None:
    assert "このボタンは使えなくなりました" in talk.taps("flow=after&step=dance&value=x")


@pytest.mark.parametrize("typed", ["落ちた", "通りました", "まだ届きません"])
def test_words_that_answer_a_pending_question_are_left_to_it(talk: Conversation, typed: str) -> None:
    applied(talk)
    begun(talk, "横浜市", "はい", "使っていない", "団体の職員", "横浜市")
    talk.says(typed)
    assert result_of(talk.session) == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("申込日を間違えました", "いつ申し込みましたか"),
        ("いつ結果が来る？", "に申込み済み"),
        ("結果はいつごろですか", "に申込み済み"),
        ("審査の進捗を知りたい", "に申込み済み"),
        ("まだ返事がない", "めやすの期間です"),
        ("1週間たっても返事がありません", "めやすの期間です"),
        ("承認の連絡が来ました", "適用おめでとうございます"),
        ("適用されたみたいです", "適用おめでとうございます"),
        ("適用不可のメールが来た", "適用されなかったとき"),
        ("通らなかったみたい", "適用されなかったとき"),
    ],
)
def test_words_about_the_own_application_lead_on(talk: Conversation, typed: str, said: str) -> None:
    applied(talk)
    assert said in talk.says(typed)


@pytest.mark.parametrize("typed", ["結果はいつごろですか", "いま審査中？", "まだ返事がない", "適用されたみたいです"])
def test_the_same_words_are_a_question_without_an_application(talk: Conversation, typed: str) -> None:
    said = talk.says(typed)
    assert "に申込み済み" not in said
    assert "適用おめでとうございます" not in said
    assert result_of(talk.session) == ""


def test_without_an_application_such_words_mean_nothing_special(talk: Conversation) -> None:
    talk.says("通りました")
    assert result_of(talk.session) == ""


def here(talk: Conversation) -> list[tuple[int, str]]:
    talk.says("申込の流れ")
    card = talk.replies[-1]
    assert isinstance(card, Process)
    return [(number, step.here) for number, step in enumerate(card.steps) if step.here]


def test_process_shows_where_the_user_is(talk: Conversation) -> None:
    assert here(talk) == []
    begun(talk, "横浜市", "はい")
    assert here(talk) == [(1, "いまここ：条件の確認")]
    talk.says("データ削除")
    begun(talk, *READY)
    assert here(talk) == [(3, "いまここ：申込み")]
    applied(talk, "ライト")
    assert here(talk) == [(4, "いまここ：審査中（12月4日（金）〜12月8日（火））")]
    talk.says("適用されました")
    assert here(talk) == [(5, "いまここ：適用待ち（2027年1月4日（月）ごろ）")]
    talk.today = date(2027, 1, 4)
    assert here(talk) == [(5, "適用済みです")]
    talk.says("だめだった")
    assert here(talk) == [(1, "いまここ：条件の見直し")]


def test_process_without_an_account_is_at_its_first_step(talk: Conversation) -> None:
    begun(talk, "横浜市", "いいえ")
    assert here(talk) == [(0, "いまここ：アカウントの準備")]


def test_checklist_shows_its_pages(talk: Conversation) -> None:
    talk.says("チェックリスト")
    card = talk.replies[-1]
    assert isinstance(card, Menu)
    assert card.source.endswith("5・8・16ページ")
