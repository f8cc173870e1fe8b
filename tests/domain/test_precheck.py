from datetime import date

import pytest

from bot.content.account_names import name_message
from bot.domain.answers import read_answers
from bot.domain.eligibility import Decision, Verdict
from bot.domain.precheck import check
from bot.governments import load

TODAY = date(2026, 6, 1)
READY = {
    "has_account": True,
    "body": "横浜市",
    "applicant": "staff",
    "account_name": "横浜市",
    "verified": "yes",
    "plan_in_use": "none",
    "current_plan": "communication",
}


def checked(**answers: object) -> Decision:
    given = {key: value for key, value in (READY | answers).items() if value is not None}
    return check(read_answers(given), register=load(), today=TODAY)


# body, account name, their two conditions, verdict
NAMES: list[tuple[str | None, str | None, str, str, str]] = [
    ("横浜市", "横浜市", "pass", "pass", "ready"),
    ("横浜市", "神奈川県横浜市", "pass", "pass", "ready"),
    ("横浜市", "横浜市役所", "pass", "pass", "ready"),
    ("神奈川県横浜市", "横浜市役所", "pass", "pass", "ready"),
    ("東京都", "東京都", "pass", "pass", "ready"),
    ("中央区", "中央区", "pass", "pass", "ready"),
    ("箱根町役場 企画課", "箱根町役場", "pass", "pass", "ready"),
    ("横浜市教育委員会", "横浜市", "pass", "pass", "ready"),
    ("横浜市教育委員会", "横浜市教育委員会", "pass", "fail", "action_needed"),
    ("横浜市", "川崎市", "pass", "fail", "action_needed"),
    ("横浜市", "横浜市公式", "pass", "fail", "action_needed"),
    ("横浜市", "横浜", "pass", "fail", "action_needed"),
    ("横浜市", "神奈川県横浜市役所", "pass", "unclear", "unclear"),
    ("横浜市", None, "pass", "unclear", "unclear"),
    ("府中市", "府中市", "pass", "pass", "ready"),
    ("府中市", "東京都府中市", "pass", "pass", "ready"),
    ("府中市", "広島県府中市", "pass", "pass", "ready"),
    ("府中市", "横浜市", "pass", "fail", "action_needed"),
    ("横浜市中区", "横浜市中区", "fail", "fail", "not_eligible"),
    ("横浜市中区", "横浜市", "fail", "fail", "not_eligible"),
    ("関西広域連合", "関西広域連合", "fail", "fail", "not_eligible"),
    ("総務省", "総務省", "fail", "fail", "not_eligible"),
    ("横浜市水道協会", "横浜市", "fail", "fail", "not_eligible"),
    ("ほげほげ団", "横浜市", "unclear", "unclear", "unclear"),
    ("ほげほげ団", "ほげほげ団", "unclear", "fail", "action_needed"),
    (None, "横浜市", "unclear", "pass", "unclear"),
    (None, "横浜", "unclear", "fail", "action_needed"),
    (None, None, "unclear", "unclear", "unclear"),
]


@pytest.mark.parametrize(("body", "name", "body_type", "account_name", "verdict"), NAMES)
def test_body_and_name_are_judged_by_the_register_and_the_name_rule(
    body: str | None, name: str | None, body_type: str, account_name: str, verdict: str
) -> None:
    decision = checked(body=body, account_name=name)
    states = {key.value: judged.state.value for key, judged in decision.conditions.items()}
    assert (states["body_type"], states["account_name"], decision.verdict.value) == (body_type, account_name, verdict)


def test_a_wrong_name_comes_with_names_of_that_body() -> None:
    decision = checked(account_name="横浜")
    assert decision.name is not None
    assert "横浜市" in decision.name.suggestions
    assert decision.name.verdict
    assert name_message(decision.name.verdict)


def test_a_ward_of_a_designated_city_is_told_of_its_city() -> None:
    decision = checked(body="横浜市中区")
    assert decision.body is not None
    assert decision.body.name == "神奈川県横浜市"


@pytest.mark.parametrize("text", ["市" * 5000, "😀", "\u202e横浜市\u202c", "ａｂｃ", "。", "横浜市\n" * 500])
def test_any_text_as_body_and_name_gets_a_decision(text: str) -> None:
    assert checked(body=text, account_name=text).verdict in set(Verdict)
