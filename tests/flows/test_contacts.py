"""お問い合わせ: the right desk for each concern."""

import pytest

from bot.replies.actions import Copy, Open
from bot.replies.views import AnswerView, Cards, Menu
from tests.flows.conftest import Conversation

PLAN_DESK = "ml-new-public-account@lycorp.co.jp"


@pytest.mark.parametrize(
    ("concern", "address"),
    [
        ("プランの条件・申込み・審査", PLAN_DESK),
        ("LINE公式アカウントの使い方", "https://www.lycbiz.com/jp/contact/"),
        ("広報物・プレスリリース", "https://linecorp.com/inquiry/icon/form.html"),
        (
            "官公庁・自治体との取組",
            "https://form-business.yahoo.co.jp/claris/enqueteForm?inquiry_type=localgovernment",
        ),
    ],
)
def test_concern_leads_to_its_desk(talk: Conversation, concern: str, address: str) -> None:
    talk.says("お問い合わせ")
    text = talk.tap_label(concern)
    card = talk.replies[-1]
    assert isinstance(card, AnswerView)
    first = card.buttons[0].action
    assert (first.text if isinstance(first, Copy) else first.uri if isinstance(first, Open) else "") == address
    assert "受けられること：" in text
    assert "ご注意：" in text


def test_mail_address_is_a_copy_button_and_can_be_read(talk: Conversation) -> None:
    talk.says("お問い合わせ")
    talk.tap_label("プランの条件・申込み・審査")
    card = talk.replies[-1]
    assert isinstance(card, AnswerView)
    assert card.paragraphs[0] == PLAN_DESK
    assert card.buttons[0].action == Copy(PLAN_DESK)
    assert "原則回答がありません" in card.paragraphs[2]


def test_help_with_building_leads_to_the_partners(talk: Conversation) -> None:
    talk.says("お問い合わせ")
    talk.tap_label("導入・開発・運用の相談")
    assert "Govtech Partner" in talk.tap_label("パートナーを見る")
    assert isinstance(talk.replies[-1], Menu)


def test_all_desks_stand_side_by_side(talk: Conversation) -> None:
    talk.says("お問い合わせ")
    talk.tap_label("窓口をすべて見る")
    cards = talk.replies[-1]
    assert isinstance(cards, Cards)
    *desks, way_on = cards.cards
    assert len(desks) == 5
    assert all(card.buttons and card.source for card in desks)
    assert [button.label for button in way_on.buttons] == ["ほかの窓口を見る", "メニュー"]


def test_each_desk_leads_back_to_the_concerns(talk: Conversation) -> None:
    for route in talk.resources.counters.contacts.routes:
        talk.taps(f"flow=contacts&step=route&value={route.key}")
        assert "ご用件に近いものをお選びください" in talk.tap_label("ほかの窓口を見る")


def test_functions_that_a_desk_opens_exist(talk: Conversation) -> None:
    items = talk.resources.texts.ui.menu.items
    assert all(route.opens in items for route in talk.resources.counters.contacts.routes if route.opens)


def test_desk_that_is_gone_is_said_to_be_gone(talk: Conversation) -> None:
    assert "このボタンは使えなくなりました" in talk.taps("flow=contacts&step=route&value=gone")
