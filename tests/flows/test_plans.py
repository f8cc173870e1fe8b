"""プラン・料金: the table, and the costs of a number of messages however it is written."""

import pytest

from bot.flows.plans import NUMBERS
from bot.replies.views import Costs, Question, TableView
from tests.edition import EDITION
from tests.flows.conftest import Conversation


def test_table_shows_every_plan_with_the_figures_of_page_4(talk: Conversation) -> None:
    talk.says("料金")
    table = talk.replies[-1]
    assert isinstance(table, TableView)
    assert table.columns == ("コミュニケーションプラン", "ライトプラン", "スタンダードプラン", "地方公共団体プラン")
    assert table.rows == (
        ("月額固定費", ("無料", "5,000円", "15,000円", "無料")),
        ("無料メッセージ通数", ("200通", "5,000通", "30,000通", "上限なし")),
        ("追加メッセージの料金", ("不可", "不可", "〜3円/通", "無料")),
    )
    assert table.emphasised == 3
    assert "4" in table.source
    assert EDITION in table.source


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("8万", "月80,000通のとき"),
        ("８００００通", "月80,000通のとき"),
        ("80,000", "月80,000通のとき"),
        ("約８万通です", "月80,000通のとき"),
        ("1.5万", "月15,000通のとき"),
        ("三千", "月3,000通のとき"),
        ("0", "月0通のとき"),
        ("月8万通だといくら", "月80,000通のとき"),
        ("1000000000", "月1,000,000,000通のとき"),
    ],
)
def test_number_right_after_the_table_is_compared(talk: Conversation, typed: str, title: str) -> None:
    talk.says("料金")
    talk.says(typed)
    costs = talk.replies[-1]
    assert isinstance(costs, Costs)
    assert costs.title == title


def test_costs_name_what_is_impossible_an_upper_bound_the_saving_and_what_stays_chargeable(talk: Conversation) -> None:
    talk.says("料金")
    said = talk.says("8万")
    costs = talk.replies[-1]
    assert isinstance(costs, Costs)
    assert [row.cost for row in costs.rows] == [
        "この通数は送れません",
        "この通数は送れません",
        "月165,000円（上限の目安）",
        "無料",
    ]
    assert [row.emphasised for row in costs.rows] == [False, False, False, True]
    assert "年に最大1,980,000円の節約" in said
    assert "上限の3円" in said
    assert "LINE通知メッセージ、LINEチャットPlus" in said
    assert "広告" in said


def test_without_extra_messages_nothing_is_called_an_upper_bound(talk: Conversation) -> None:
    talk.says("料金")
    assert "上限の目安" not in talk.says("30000")


def test_one_number_after_another_is_compared(talk: Conversation) -> None:
    talk.says("料金")
    talk.says("8万")
    assert "月200通のとき" in talk.says("200通")
    assert "月5,000通のとき" in talk.taps("flow=plans&step=messages&value=5000&sid=" + sid(talk))


@pytest.mark.parametrize("typed", ["5000〜8000通", "-5通", "１２３４あ５通"])
def test_number_that_cannot_be_read_is_asked_again(talk: Conversation, typed: str) -> None:
    talk.says("料金")
    talk.tap_label("通数を入れて比べる")
    assert "数字でお送りください" in talk.says(typed)
    assert isinstance(talk.replies[-1], Question)
    assert "月80,000通のとき" in talk.says("8万")


def test_number_beyond_any_body_is_asked_again(talk: Conversation) -> None:
    talk.says("料金")
    assert "通数が大きすぎるようです" in talk.says("9999999999999")
    assert "月5,000通のとき" in talk.tap_label("5,000通")


def test_question_about_the_limit_is_answered_and_not_taken_for_a_number(talk: Conversation) -> None:
    talk.says("料金")
    assert "追加" in talk.says("30,000通を超えたらいくらですか")
    assert not isinstance(talk.replies[0], Costs)
    assert isinstance(said(talk, "8万"), Costs)


def test_something_else_is_no_number_and_no_reproach(talk: Conversation) -> None:
    talk.says("料金")
    assert "数字でお送りください" not in talk.says("給食費の免除について")


def test_a_text_of_5000_characters_is_answered(talk: Conversation) -> None:
    talk.says("料金")
    talk.tap_label("通数を入れて比べる")
    assert talk.says("8" * 5000)


def test_compare_asks_and_every_choice_is_compared(talk: Conversation) -> None:
    talk.says("料金")
    for number in NUMBERS:
        talk.says("料金")
        assert "1か月に何通送りますか" in talk.tap_label("通数を入れて比べる")
        assert f"月{int(number):,}通のとき" in talk.taps(f"flow=plans&step=messages&value={number}&sid={sid(talk)}")
        assert "1か月に何通送りますか" in talk.tap_label("別の通数で比べる")


def test_choices_in_the_content_are_the_declared_ones(talk: Conversation) -> None:
    assert tuple(talk.resources.counters.fees.question.choices) == NUMBERS


def test_back_leads_from_the_costs_to_the_table_and_then_to_the_menu(talk: Conversation) -> None:
    talk.says("料金")
    talk.says("8万")
    assert "料金プランの比較" in talk.says("戻る")
    assert "メニュー" in talk.says("戻る").splitlines()[0]
    assert talk.session.active is None


@pytest.mark.parametrize("value", ["-1", "１", "1e9", "99999999999", "nonsense", ""])
def test_altered_button_only_asks_again(talk: Conversation, value: str) -> None:
    talk.says("料金")
    talk.tap_label("通数を入れて比べる")
    assert "1か月に何通送りますか" in talk.taps(f"flow=plans&step=messages&value={value}&sid={sid(talk)}")


def said(talk: Conversation, text: str) -> object:
    talk.says(text)
    return talk.replies[-1]


def sid(talk: Conversation) -> str:
    return talk.session.flows["plans"].conversation_id
