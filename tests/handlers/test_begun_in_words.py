"""The pre-check begins in the writer's own words, and no sentence is taken for an account name."""

import pytest

from bot.flows.context import Resources
from bot.flows.session import Session
from tests.handlers.test_named_subjects import heard

NO_NAME = "使えない名前です"


@pytest.mark.parametrize(
    "text",
    [
        "チェックして",
        "申込前チェックしてほしい",
        "恐れ入りますが、申込前チェックを始めていただけませんか",
        "では、確認をお願いいたします",
        "申込前チェク",
    ],
)
def test_wish_to_begin_opens_the_precheck(text: str, resources: Resources) -> None:
    turn, said = heard(text, resources)
    assert turn.session.active
    assert turn.session.active.flow == "precheck"
    assert "どちらの団体のアカウントですか" in said


@pytest.mark.parametrize("text", ["申込前チェックとは何ですか", "申込前チェックをしないとどうなりますか"])
def test_question_about_the_precheck_does_not_begin_it(text: str, resources: Resources) -> None:
    turn, _ = heard(text, resources)
    assert turn.session.active is None


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("申込前チェックをお願い申し上げます。長崎県の小値賀町の総務課長でございます。", "長崎県小値賀町"),
        ("富山県の舟橋村です。申込前チェックお願いします！", "富山県舟橋村"),
    ],
)
def test_body_beside_the_wish_is_noted(text: str, body: str, resources: Resources) -> None:
    turn, _ = heard(text, resources)
    assert turn.session.active
    assert turn.session.active.answers["body"] == body


@pytest.mark.parametrize("text", ["富山県の舟橋村でございます。", "うちは舟橋村です"])
def test_sentence_that_names_a_government_is_no_account_name(text: str, resources: Resources) -> None:
    _, said = heard(text, resources)
    assert NO_NAME not in said
    assert "富山県舟橋村は、プランの対象となる" in said


@pytest.mark.parametrize("text", ["認証済み", "認証はまだ申請しておりません。", "担当者に直接お話を伺いたいのですが。"])
def test_name_check_judges_no_sentence_and_no_other_answer(text: str, resources: Resources) -> None:
    begun, _ = heard("舟橋村", resources)
    _, said = heard(text, resources, begun.session)
    assert NO_NAME not in said


def test_name_check_finds_the_name_in_a_sentence(resources: Resources) -> None:
    begun, _ = heard("舟橋村", resources)
    _, said = heard("名称は「舟橋村役場」でございます。", resources, begun.session)
    assert "使える名前の形です\n舟橋村役場" in said


def test_name_check_gives_way_to_the_precheck(resources: Resources) -> None:
    begun, _ = heard("舟橋村", resources)
    turn, _ = heard("申込前チェックを始めます", resources, begun.session)
    assert turn.session.active
    assert turn.session.active.flow == "precheck"


@pytest.mark.parametrize("text", ["申し込みをいたしました。", "もうしこみました", "昨日申し込みを完了いたしました。"])
def test_application_is_told_in_polite_words_and_in_kana(text: str, resources: Resources) -> None:
    turn, said = heard(text, resources, Session())
    assert "申込みのあと" in said
    assert turn.unanswered is None
