from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import KEYS, Answers, AnswersError, read_answers

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown key": ({"acount_name": "横浜市"}, "acount_name"),
    "a key without letters": ({"": 1}, "''"),
    "a key of spaces": ({"  ": 1}, "'  '"),
    "an unknown key over two lines": ({"a\nb": 1}, "a\\nb"),
    "text for a truth value": ({"has_account": "yes"}, "has_account"),
    "a number for a truth value": ({"has_account": 1}, "has_account"),
    "a number for a text": ({"body": 14100}, "body"),
    "a list for a text": ({"account_name": ["横浜市"]}, "account_name"),
    "a word outside the choices": ({"verified": "maybe"}, "verified"),
    "a truth value for a choice": ({"verified": True}, "verified"),
    "a choice in capitals": ({"applicant": "Staff"}, "applicant"),
    "a plan on nobody's list": ({"current_plan": "premium"}, "current_plan"),
    "an unknown way of use": ({"plan_in_use": "yes"}, "plan_in_use"),
    "no mail domain": ({"email_domain": "lgドメイン"}, "email_domain"),
    "a day that does not exist": ({"apply_date": "2026-02-30"}, "apply_date"),
    "a leap day in another year": ({"apply_date": "2027-02-29"}, "apply_date"),
    "a day in another form": ({"apply_date": "2026/12/01"}, "apply_date"),
    "a number for a day": ({"apply_date": 20261201}, "apply_date"),
    "a truth value for a day": ({"apply_date": True}, "apply_date"),
    "a day before the plan": ({"apply_date": "2019-04-30"}, "apply_date"),
    "a year far away": ({"apply_date": "9999-12-31"}, "apply_date"),
    "half a character": ({"body": "横浜\ud83d"}, "body"),
}


@pytest.mark.parametrize(("raw", "key"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_by_its_key_in_one_line(raw: dict[str, Any], key: str) -> None:
    with pytest.raises(AnswersError) as caught:
        read_answers(raw)
    assert caught.value.key == key
    assert str(caught.value).startswith(f"{key}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("raw", [[], "横浜市", 1, None, True])
def test_anything_but_an_object_is_refused(raw: object) -> None:
    with pytest.raises(AnswersError, match="not a JSON object"):
        read_answers(raw)


def test_everything_may_be_missing_null_or_blank() -> None:
    assert read_answers({}) == Answers()
    assert read_answers(dict.fromkeys(KEYS)) == Answers()
    assert read_answers({"body": " ", "account_name": "　", "email_domain": ""}) == Answers()


def test_of_an_address_only_the_domain_is_kept() -> None:
    answers = read_answers({"email_domain": "Taro.Yamada@City.Yokohama.lg.jp"})
    assert answers.email_domain == "city.yokohama.lg.jp"
    assert "taro" not in answers.model_dump_json().lower()


def test_a_refused_address_is_not_repeated() -> None:
    with pytest.raises(AnswersError) as caught:
        read_answers({"email_domain": "taro.yamada@localhost"})
    assert "taro" not in str(caught.value)


COMPLETE = {
    "has_account": True,
    "body": "横浜市",
    "applicant": "staff",
    "account_name": "横浜市役所",
    "verified": "pending",
    "plan_in_use": "other_account",
    "current_plan": "light",
    "email_domain": "city.yokohama.lg.jp",
    "apply_date": "2028-02-29",
}


def test_a_complete_object_is_read_and_written_back_the_same() -> None:
    answers = read_answers(COMPLETE)
    assert answers.apply_date == date(2028, 2, 29)
    assert answers.model_dump(mode="json") == COMPLETE
    assert Answers.model_validate_json(answers.model_dump_json()) == answers


def test_the_keys_are_those_of_the_model() -> None:
    assert set(KEYS) == set(Answers.model_fields)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*KEYS, "other"]), JSON))
def test_any_json_is_either_read_or_refused_with_one_line(raw: dict[str, Any]) -> None:
    try:
        read = read_answers(raw)
    except AnswersError as refused:
        error = refused
    else:
        assert read_answers(read.model_dump(mode="json")) == read
        return
    assert error.key in raw
    assert "\n" not in str(error)
