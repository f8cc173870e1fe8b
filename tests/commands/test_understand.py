import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

NOTHING: dict[str, object] = {
    "facts": {},
    "ask_back": {},
    "unsure": [],
    "questions": [],
    "command": None,
    "talk": None,
}


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, ["understand", *arguments], input=stdin)


def read(*given: dict[str, object]) -> list[dict[str, Any]]:
    result = run("--json", "--stdin", stdin="".join(json.dumps(one) + "\n" for one in given))
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_kind_of_content_has_its_own_key_and_the_others_are_empty() -> None:
    facts, ask_back, unsure, command, talk = read(
        {"text": "横浜市です", "step": "body"},
        {"text": "府中市です", "step": "body"},
        {"text": "わからない", "step": "has_account"},
        {"text": "メニュー"},
        {"text": "ありがとうございます", "step": "body"},
    )
    assert facts == NOTHING | {"facts": {"body": "神奈川県横浜市"}}
    assert ask_back == NOTHING | {"ask_back": {"body": ["東京都府中市", "広島県府中市"]}}
    assert unsure == NOTHING | {"unsure": ["has_account"]}
    assert command == NOTHING | {"command": "menu"}
    assert talk == NOTHING | {"talk": "thanks"}


def test_question_comes_with_its_outcome_and_answers() -> None:
    (found,) = read({"text": "料金はいくらですか"})
    assert found == NOTHING | {"questions": found["questions"]}
    (question,) = found["questions"]
    assert set(question) == {"outcome", "answers"}
    assert question["outcome"] == "answer"
    assert set(question["answers"][0]) == {"id", "title", "text", "urls", "score"}
    assert question["answers"][0]["id"] == "plan_fee"


def test_a_text_alone_has_all_keys_too() -> None:
    result = run("横浜市です", "--json")
    assert result.exit_code == 0
    assert set(json.loads(result.stdout)) == set(NOTHING)


def test_a_person_reads_fact_by_fact() -> None:
    assert "plan_fee" not in run("料金はいくらですか").stdout
    assert "地方公共団体プランの料金" in run("料金はいくらですか").stdout


@pytest.mark.parametrize(
    ("stdin", "named"),
    [
        ('{"text": 1}', "line 1: must be"),
        ('{"text": "x", "step": "no_such"}', "line 1: step: not a question of the pre-check"),
        ('{"text": "x", "known": {"no_such": 1}}', "line 1: known: must be an object of answers"),
        ('{"text": "x", "today": "soon"}', "line 1: today: must be a day like 2026-04-01"),
    ],
)
def test_a_line_that_is_wrong_is_named(stdin: str, named: str) -> None:
    result = run("--json", "--stdin", stdin=stdin)
    assert result.exit_code != 0
    assert named in result.output
