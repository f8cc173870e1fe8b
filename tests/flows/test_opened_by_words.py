"""Functions opened by what one wants of them; questions stay questions."""

from pathlib import Path

import pytest

from bot.flows.postback import decode
from bot.replies.views import AnswerView, Check, Costs, Menu
from tests.flows.conftest import Conversation

QUESTIONS = Path(__file__).parents[2] / "bot" / "content" / "ja" / "questions" / "house.tsv"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("日程を知りたい", "いまのプラン"),
        ("日程を知りたいのですが", "いまのプラン"),
        ("パートナーを探したい", "Govtech Partner"),
        ("プレミアムIDのチェックをしたい", "ベーシックIDとプレミアムID"),
        ("プレミアムIDを確認したいです", "ベーシックIDとプレミアムID"),
        ("料金を調べたい", "料金プランの比較"),
        ("申込前チェックを始めたい", "団体名"),
    ],
)
def test_wish_opens_the_function(talk: Conversation, typed: str, shown: str) -> None:
    name = {"いまのプラン": "schedule", "団体名": "precheck"}.get(shown)
    text = talk.says(typed)
    assert talk.session.stack == (name,) if name else shown in text


@pytest.mark.parametrize("typed", ["@yokohama-city", "＠yokohama-city", "@Yokohama"])
def test_id_is_checked_wherever_it_is_typed(talk: Conversation, typed: str) -> None:
    talk.says(typed)
    assert isinstance(talk.replies[-1], Check)


def test_mail_domain_is_no_id(talk: Conversation) -> None:
    talk.says("@city.yokohama.lg.jp")
    assert not isinstance(talk.replies[-1], Check)


@pytest.mark.parametrize(
    "typed",
    [
        "8万通",
        "8万通送ったらいくら",
        "月８万通だといくらですか？",
        "毎月80,000通の場合の費用は",
        "8万通配信したらいくらになりますか",
    ],
)
def test_number_of_messages_is_compared_wherever_it_is_typed(talk: Conversation, typed: str) -> None:
    assert "月80,000通のとき" in talk.says(typed)
    assert isinstance(talk.replies[-1], Costs)


@pytest.mark.parametrize(
    "typed", ["1通いくら", "3万通以上送ったらお金がかかる?", "何通まで送れますか", "200通までは無料ですか"]
)
def test_question_about_a_limit_is_answered(talk: Conversation, typed: str) -> None:
    talk.says(typed)
    assert isinstance(talk.replies[-1], AnswerView | Menu)


def test_costs_asked_in_the_pre_check_lead_back_to_it(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    text = talk.says("8万通送ったらいくら")
    assert "月80,000通のとき" in text
    assert "続ける" in text


def test_questions_are_not_taken_for_commands(talk: Conversation) -> None:
    """But for the plain ones, which name a function and nothing else."""
    lines = QUESTIONS.read_text().splitlines()
    asked = [line.split("\t")[1] for line in lines if "\t" in line and not line.startswith("#")]
    taken = {text for text in asked if talk.resources.commands.read(text)}
    assert taken <= {
        "料金",
        "申込みの流れ",
        "連絡先",
        "お問い合わせ",
        "操作方法を教えてください",
        "パートナー企業を教えてください",
        "問い合わせ先を教えてください",
    }


def test_answer_offers_the_function_that_knows_more(talk: Conversation) -> None:
    items = talk.resources.texts.ui.menu.items
    for function, opener in talk.resources.texts.ui.faq.openers.items():
        assert function in items
        for entry in opener.entries:
            assert entry in talk.resources.knowledge.by_id
            talk.taps(f"flow=faq&step=entry&value={entry}")
            assert f"flow=menu&step=open&value={function}" in talk.buttons()


def test_answer_on_fees_leads_to_the_comparison(talk: Conversation) -> None:
    talk.says("料金はいくらですか")
    assert "料金プランの比較" in talk.tap_label("通数ごとの費用を比べる")


def test_question_that_is_not_covered_gets_its_desk_in_a_talk_and_is_counted(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    text = talk.says("住民票はどこで取れますか")
    assert "担当の課" in text
    assert "LINE公式アカウントはもうお持ちですか" in text
    assert talk.unanswered
    assert talk.unanswered.question == "住民票はどこで取れますか"


def test_words_that_are_no_question_are_only_asked_again(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    text = talk.says("ほげほげ")
    assert "扱っていない" not in text
    assert "LINE公式アカウントはもうお持ちですか" in text
    assert talk.unanswered is None


@pytest.mark.parametrize("typed", ["年明け", "来年", "4月上旬ごろ"])
def test_time_that_is_no_day_is_asked_again_as_one(talk: Conversation, typed: str) -> None:
    talk.says("日程")
    talk.says("ライト")
    assert "何日のご予定ですか" in talk.says(typed)


def known(talk: Conversation) -> list[tuple[str, str]]:
    taps = [decode(data) for data in talk.buttons()]
    return [(tap.step, tap.value) for tap in taps if tap]


def test_schedule_offers_first_what_the_pre_check_knows(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.session = talk.session.activate(
        talk.session.flows["precheck"].with_answer("current_plan", "light").with_answer("apply_date", "2026-12-01")
    )
    talk.says("日程")
    assert known(talk)[0] == ("current_plan", "light")
    assert [value for step, value in known(talk) if step == "current_plan"].count("light") == 1
    talk.tap_label("ライト（チェックの回答）")
    assert known(talk)[0] == ("apply_date", "2026-12-01")
    assert "12月1日" in talk.tap_label("12月1日（火）（チェックの回答）")


def test_schedule_offers_no_day_that_is_over(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.session = talk.session.activate(talk.session.flows["precheck"].with_answer("apply_date", "2026-11-20"))
    talk.says("日程")
    assert "チェックの回答" not in talk.says("ライト")
