"""申込の流れ: steps, loops, preparations, requests."""

from bot.replies.views import AnswerView, Process
from tests.flows.conftest import Conversation


def test_steps_say_who_does_each_in_the_order_of_page_7(talk: Conversation) -> None:
    talk.says("申込の流れ")
    card = talk.replies[-1]
    assert isinstance(card, Process)
    assert [step.who for step in card.steps] == ["body"] * 4 + ["line"] * 2
    assert card.steps[0].title == "LINE公式アカウントの取得"
    assert "3〜5営業日" in card.steps[4].text


def test_each_no_has_its_loop(talk: Conversation) -> None:
    talk.says("申込の流れ")
    card = talk.replies[-1]
    assert isinstance(card, Process)
    loops = [step.otherwise for step in card.steps if step.otherwise]
    assert len(loops) == 3
    assert "取得してから次へ" in loops[0]
    assert "もう一度確認" in loops[1]
    assert "再申込み" in loops[2]


def test_loops_are_drawn_and_read_aloud(talk: Conversation) -> None:
    assert "合わない場合は、整えてもう一度確認" in talk.says("申込の流れ")


def test_the_four_requests_of_page_8_are_there(talk: Conversation) -> None:
    talk.says("申込の流れ")
    talk.tap_label("4つのお願い")
    card = talk.replies[-1]
    assert isinstance(card, AnswerView)
    assert len(card.paragraphs) == 4
    assert card.source.endswith(" 8ページ")


def test_what_to_do_before_leads_to_the_pre_check(talk: Conversation) -> None:
    talk.says("申込の流れ")
    assert "認証審査の申請後は変更できません" in talk.tap_label("申込みの前にすること")
    assert "どちらの団体のアカウントですか" in talk.tap_label("申込前チェックへ")


def test_listed_cards_lead_back_to_the_steps(talk: Conversation) -> None:
    for label in ("4つのお願い", "申込みの前にすること"):
        talk.says("申込の流れ")
        talk.tap_label(label)
        assert "申込みから利用開始まで" in talk.tap_label("申込の流れを見る")


def test_card_that_is_gone_is_said_to_be_gone(talk: Conversation) -> None:
    assert "このボタンは使えなくなりました" in talk.taps("flow=process&step=show&value=gone")
