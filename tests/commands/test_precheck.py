import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

READY = {
    "has_account": True,
    "body": "横浜市",
    "applicant": "staff",
    "account_name": "横浜市役所",
    "verified": "yes",
    "plan_in_use": "none",
    "current_plan": "communication",
    "email_domain": "city.yokohama.lg.jp",
    "apply_date": "2026-12-24",
}


def run(stdin: object, *arguments: str) -> Result:
    text = stdin if isinstance(stdin, str | bytes) else json.dumps(stdin, ensure_ascii=False)
    return CliRunner().invoke(main, ["precheck", *arguments], input=text)


def decided(answers: dict[str, Any]) -> dict[str, Any]:
    result = run(answers, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_ready_body_gets_the_interfaces_keys_and_its_dates() -> None:
    found = decided(READY)
    assert found["verdict"] == "ready"
    assert found["conditions"] == dict.fromkeys(
        ["body_type", "account_name", "verified", "one_account", "applicant"], "pass"
    )
    assert found["warnings"] == []
    assert found["next_steps"]
    assert found["schedule"] == {
        "review_from": "2027-01-04",
        "review_to": "2027-01-06",
        "effective_from": "2027-01-04",
        "effective_to": "2027-01-06",
    }


def test_each_condition_has_its_reason_and_page() -> None:
    reasons = decided(READY | {"verified": "pending"})["reasons"]
    assert reasons["verified"]["page"] == 6
    assert "審査中" in reasons["verified"]["text"]


def test_warnings_are_sentences_that_name_the_domain_and_the_plan() -> None:
    first, second = decided(READY | {"email_domain": "taro@gmail.com", "current_plan": "light"})["warnings"]
    assert "gmail.com" in first
    assert "taro" not in first
    assert "ライトプラン" in second
    assert "2027年2月1日" in second


def test_a_verdict_without_dates_has_no_schedule() -> None:
    assert decided(READY | {"verified": "no"})["schedule"] is None


def test_steps_that_cannot_be_undone_are_marked_in_the_list() -> None:
    steps = decided(READY | {"verified": "no", "account_name": "横浜"})["next_steps"]
    assert any("【元に戻せません】" in step and "アカウント名" in step for step in steps)


def test_nothing_known_is_unclear_from_today() -> None:
    found = decided({})
    assert found["verdict"] == "unclear"
    assert found["schedule"]["review_from"] < found["schedule"]["review_to"]


def test_a_program_gets_json_without_asking_and_a_person_may_ask_for_words() -> None:
    assert json.loads(run(READY).stdout)["verdict"] == "ready"
    words = run(READY, "--text").stdout
    assert words.startswith("【条件がそろっています】")
    assert "https://linegov.com/application/plan-form.php" in words
    assert "お約束するものではありません" in words


def test_lines_are_answered_one_by_one_in_order() -> None:
    lines = "\n".join(json.dumps(READY | {"plan_in_use": use}) for use in ("none", "this_account", "other_account"))
    result = run(lines, "--json", "--stdin")
    verdicts = [json.loads(line)["verdict"] for line in result.stdout.splitlines()]
    assert verdicts == ["ready", "already_applied", "not_eligible"]


@pytest.mark.parametrize(
    ("stdin", "named"),
    [
        ({"acount_name": "横浜市"}, "acount_name: "),
        ({"has_account": "yes"}, "has_account: "),
        ({"verified": "maybe"}, "verified: "),
        ({"apply_date": "2026-02-30"}, "apply_date: "),
        ({"apply_date": "1999-01-01"}, "apply_date: "),
        ('{"body": "a", "body": "b"}', "body: written twice"),
        ([], "the answers are not a JSON object"),
        ("", "not JSON"),
        ('{"body": ', "not JSON"),
        (b'{"body": "\xff"}', "not UTF-8"),
    ],
)
def test_bad_input_ends_with_status_2_and_one_line_naming_it(stdin: object, named: str) -> None:
    result = run(stdin, "--json")
    assert result.exit_code == 2
    assert named in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_a_bad_line_among_many_is_named_by_its_number() -> None:
    result = run('{}\n\n{"verified": 1}\n', "--json", "--stdin")
    assert result.exit_code == 2
    assert "line 3: verified: " in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_json_and_text_together_are_refused() -> None:
    assert run({}, "--json", "--text").exit_code == 2
