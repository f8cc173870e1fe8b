import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.edition import CITED


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["ask", *arguments], input=stdin)


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_clear_answer_has_the_interfaces_keys_and_names_its_page() -> None:
    result = run("申込フォームはどこですか", "--json")
    assert result.exit_code == 0
    (found,) = objects(result)
    assert set(found) == {"question", "outcome", "answers"}
    assert (found["question"], found["outcome"]) == ("申込フォームはどこですか", "answer")
    first = found["answers"][0]
    assert set(first) == {"id", "title", "text", "urls", "source", "score"}
    assert first["id"] == "apply_online"
    assert first["urls"] == ["https://linegov.com/application/plan-form.php"]
    assert first["source"] == f"{CITED} 15ページ"
    assert 0 < first["score"] <= 1


def test_choices_are_at_most_five_and_none_has_no_answers() -> None:
    choices, none = objects(run("--json", "--stdin", stdin="電通\n住民票がほしい\n"))
    assert choices["outcome"] == "choices"
    assert 1 < len(choices["answers"]) <= 5
    assert (none["outcome"], none["answers"]) == ("none", [])


def test_lines_are_questions_or_objects_and_each_gets_an_object() -> None:
    result = run("--json", "--stdin", stdin='料金\n\n{"question": "認証は必要?"}\r\n{"question": ""}\n')
    assert [found["question"] for found in objects(result)] == ["料金", "認証は必要?", ""]


def test_a_person_reads_the_answer_with_links_and_page() -> None:
    said = run("マニュアルはありますか").stdout
    assert "https://www.lycbiz.com/jp/manual/" in said
    assert f"{CITED} 16ページ" in said


def test_a_person_reads_candidates_or_where_to_ask() -> None:
    assert "Do you mean" in run("電通").stdout
    assert "庁内の担当課" in run("有給休暇を取りたい").stdout


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("ありがとう", ("どういたしまして",)),
        ("ビジネスマネージャーとは", ("「ビジネスマネージャー」は", "資料より後のことば")),
        ("料金は今も変わっていませんか", ("たっています", "月額固定費はかかりません")),
        ("料金はいくらですか？代理店でも申し込めますか？", ("月額固定費はかかりません", "代理店などを通じた申込み")),
    ],
)
def test_a_person_reads_what_the_chat_would_say(question: str, said: tuple[str, ...]) -> None:
    found = run(question).stdout
    assert all(words in found for words in said)
    assert "見つかりませんでした" not in found


@pytest.mark.parametrize(
    ("stdin", "named"),
    [
        ('{"question": 1}', "line 1: question: "),
        ('料金\n{"q": "x"}', "line 2: question: "),
        ("{", "line 1: not JSON"),
        (b"ok\n\xff\n", "line 2: not UTF-8"),
        ('{"question": "\\ud800"}', "line 1: question: not UTF-8"),
    ],
)
def test_a_bad_line_is_named_on_one_line_with_status_2(stdin: str | bytes, named: str) -> None:
    result = run("--json", "--stdin", stdin=stdin)
    assert result.exit_code == 2
    assert named in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["料金", "--stdin"]])
def test_a_question_or_stdin_but_not_both_or_neither(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "give either a question or --stdin" in result.stderr
