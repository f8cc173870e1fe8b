"""パートナー: ten, in the order of the source, and why one matches."""

from dataclasses import replace

import pytest

from bot.replies.actions import Open
from bot.replies.render import render
from bot.replies.views import Cards, Menu
from bot.text import measure
from tests.flows.conftest import Conversation

IN_THE_ORDER_OF_THE_SOURCE = (
    "エースチャイルド",
    "コネクター・ジャパン",
    "ソーシャルデータバンク",
    "デジタル・アドバイジング・コンソーシアム",
    "電通デジタル",
    "トランスコスモス",
    "transcosmos online communications",
    "福島情報処理センター",
    "Bot Express",
    "電通プロモーションプラス",
)


def cards(talk: Conversation, data: str) -> Cards:
    talk.taps(data)
    found = talk.replies[-1]
    assert isinstance(found, Cards)
    *partners, way_on = found.cards
    assert way_on.buttons[-1].label == "メニュー"
    return replace(found, cards=tuple(partners))


def test_menu_says_what_it_is_and_leads_to_the_criteria(talk: Conversation) -> None:
    assert "LINEヤフー社が認定" in talk.says("パートナー")
    assert "ISMAP" in talk.tap_label("認定の基準")
    talk.says("パートナー")
    assert "2022年7月" in talk.tap_label("制度について")


def test_ten_partners_stand_in_the_order_of_the_source(talk: Conversation) -> None:
    found = cards(talk, "flow=partners&step=all&value=all")
    assert len(found.cards) == 10
    assert all(
        name in card.title and not card.reason
        for name, card in zip(IN_THE_ORDER_OF_THE_SOURCE, found.cards, strict=True)
    )


def test_carousel_of_ten_is_sent_uncut(talk: Conversation) -> None:
    found = cards(talk, "flow=partners&step=all&value=all")
    contents = str(render(found)["contents"])
    assert measure.ELLIPSIS not in contents
    assert all(card.text in contents and card.source in contents for card in found.cards)


def test_every_partner_has_its_addresses_from_the_source(talk: Conversation) -> None:
    found = cards(talk, "flow=partners&step=all&value=all")
    opened = [[button.action.uri for button in card.buttons if isinstance(button.action, Open)] for card in found.cards]
    assert opened[0] == ["https://tsunasou.jp/", "https://www.as-child.com/contact/"]
    assert opened[2] == ["https://liny-gr.com/"]
    assert opened[5][1] == "https://dbhb.f.msgs.jp/webapp/form/22337_dbhb_1/index.do"
    assert all(opened)


def test_needs_are_offered_with_how_many_match(talk: Conversation) -> None:
    talk.says("パートナー")
    talk.tap_label("目的から探す")
    menu = talk.replies[-1]
    assert isinstance(menu, Menu)
    partners = talk.resources.counters.partners
    assert [(item.label, item.note) for item in menu.items] == [
        (label, f"{len(partners.meeting(need))}社") for need, label in partners.needs.items()
    ]


@pytest.mark.parametrize(
    ("need", "names"),
    [
        ("counselling", [0, 2, 7]),
        ("procedures", [2, 7, 8]),
        ("payment", [2]),
        ("messages", [2, 4, 5, 7, 9]),
        ("disaster", [7]),
        ("children", [0, 7]),
        ("operation", [3, 5]),
        ("dx", [1, 6, 7]),
    ],
)
def test_need_shows_who_matches_and_why_in_the_order_of_the_source(
    talk: Conversation, need: str, names: list[int]
) -> None:
    found = cards(talk, f"flow=partners&step=need&value={need}")
    assert [IN_THE_ORDER_OF_THE_SOURCE[name] in card.title for name, card in zip(names, found.cards, strict=True)] == [
        True
    ] * len(names)
    label = talk.resources.counters.partners.needs[need]
    assert all(card.reason.startswith(f"「{label}」：") for card in found.cards)


def test_every_partner_matches_some_need(talk: Conversation) -> None:
    assert all(partner.needs for partner in talk.resources.counters.partners.partners)


def test_partners_are_those_of_the_knowledge_in_its_order(talk: Conversation) -> None:
    entries = [entry.id for entry in talk.resources.knowledge.entries if entry.id.startswith("partner_")]
    ours = [partner.entry for partner in talk.resources.counters.partners.partners]
    assert [name for name in entries if name in ours] == ours
    assert len(set(ours)) == 10


def test_reasons_are_shown_whole(talk: Conversation) -> None:
    for need in talk.resources.counters.partners.needs:
        found = cards(talk, f"flow=partners&step=need&value={need}")
        contents = str(render(found)["contents"])
        assert all(card.reason in contents for card in found.cards)


def test_bot_recommends_nobody(talk: Conversation) -> None:
    talk.says("パートナー")
    talk.tap_label("目的から探す")
    said = [reply for need in talk.resources.counters.partners.needs for reply in (talk.taps(data(need)),)]
    assert not [text for text in said if "おすすめ" in text or "最適" in text or "一番" in text]


def test_need_that_is_gone_is_said_to_be_gone(talk: Conversation) -> None:
    assert "このボタンは使えなくなりました" in talk.taps(data("gone"))


def data(need: str) -> str:
    return f"flow=partners&step=need&value={need}"
