from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.rules import plain_vocabulary, vocabulary_of
from bot.domain.answers import KEYS, Answers
from bot.domain.typed.answer import TypedAnswer, read_answer
from bot.domain.typed.dates import TypedDateProblem

TODAY = date(2026, 11, 25)


def read(key: str, text: str) -> TypedAnswer:
    return read_answer(key, text, words=vocabulary_of(key), plain=plain_vocabulary(), today=TODAY)


VALUES = [
    ("has_account", "はい、あります", True),
    ("has_account", "まだです", False),
    ("body", " 横浜市 ", "横浜市"),
    ("account_name", "横浜市役所", "横浜市役所"),
    ("applicant", "職員です", "staff"),
    ("verified", "審査中です", "pending"),
    ("plan_in_use", "ありません", "none"),
    ("current_plan", "ライトです", "light"),
    ("email_domain", "taro@city.yokohama.lg.jp", "city.yokohama.lg.jp"),
    ("email_domain", "LGドメイン", "lg.jp"),
    ("apply_date", "来週月曜", date(2026, 11, 30)),
    ("apply_date", "令和8年12月1日", date(2026, 12, 1)),
]


@pytest.mark.parametrize(("key", "text", "value"), VALUES)
def test_a_typed_answer_is_read_as_the_value_to_record(key: str, text: str, value: object) -> None:
    assert read(key, text) == TypedAnswer(value)  # type: ignore[arg-type]  # the table mixes the values' types


@pytest.mark.parametrize("key", KEYS)
def test_not_knowing_is_an_answer_to_every_question(key: str) -> None:
    found = read(key, "わかりません")
    assert found.unknown
    assert found.value == ("unknown" if key in {"plan_in_use", "current_plan"} else None)


@pytest.mark.parametrize("key", [key for key in KEYS if key not in {"body", "account_name"}])
def test_a_question_in_between_is_no_answer(key: str) -> None:
    assert not read(key, "料金はいくらですか？").is_answer


def test_a_bare_yes_or_no_that_does_not_decide_is_asked_back_and_not_taken_for_a_question() -> None:
    assert read("applicant", "いいえ") == TypedAnswer(bare="no")
    assert read("plan_in_use", "はい") == TypedAnswer(bare="yes")
    assert read("current_plan", "はい") == TypedAnswer(bare="yes")


def test_a_day_that_cannot_be_taken_keeps_its_problem() -> None:
    assert read("apply_date", "2/30").problem is TypedDateProblem.IMPOSSIBLE
    past = read("apply_date", "昨日")
    assert (past.value, past.problem) == (date(2026, 11, 24), TypedDateProblem.PAST)


@given(st.sampled_from(KEYS), st.text(max_size=100))
def test_whatever_is_typed_a_value_fits_the_answers_object(key: str, text: str) -> None:
    found = read(key, text)
    if found.value is not None and found.problem is None:
        assert getattr(Answers.model_validate({key: found.value}), key) == found.value
