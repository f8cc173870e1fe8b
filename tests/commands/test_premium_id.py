import json
from collections.abc import Sequence

import pytest
from click.testing import CliRunner, Result

from bot.cli import main


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["premium-id", *arguments], input=stdin)


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_valid_id_is_answered_with_the_interfaces_keys() -> None:
    result = run("@yokohama-city", "--json")
    assert result.exit_code == 0
    (found,) = objects(result)
    assert (found["id"], found["valid"], found["problems"]) == ("@yokohama-city", True, [])


def test_an_invalid_id_is_no_failure_of_the_command() -> None:
    result = run("@Yokohama City", "--json")
    assert result.exit_code == 0
    (found,) = objects(result)
    assert (found["valid"], found["problems"]) == (False, ["uppercase", "space"])
    assert found["proposal"] == "@yokohama-city"


def test_a_person_reads_sentences() -> None:
    result = run("Yokohama")
    assert result.exit_code == 0
    assert "大文字は使えません" in result.stdout
    assert "LINEにしか分からない" in result.stdout


def test_an_id_may_start_with_a_hyphen() -> None:
    assert objects(run("-city", "--json"))[0]["valid"] is True


def test_lines_are_ids_or_objects_and_each_gets_an_object() -> None:
    result = run("--json", "--stdin", stdin='@yokohama\n\n{"id": "ＡＢ"}\r\n  \n横浜市\n')
    assert [found["id"] for found in objects(result)] == ["@yokohama", "ＡＢ", "横浜市"]


@pytest.mark.parametrize(
    ("stdin", "named"),
    [
        ('{"id": 1}', "line 1: id: "),
        ('@yokohama\n{"name": "x"}', "line 2: id: "),
        ("{", "line 1: not JSON"),
        ('{"id": "a", "id": "b"}', "line 1: id: written twice"),
        (b"ok\n\xff\n", "line 2: not UTF-8"),
        ('{"id": "\\ud800"}', "line 1: id: not UTF-8"),
    ],
)
def test_a_bad_line_is_named_on_one_line_with_status_2(stdin: str | bytes, named: str) -> None:
    result = run("--json", "--stdin", stdin=stdin)
    assert result.exit_code == 2
    assert named in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [[], ["@yokohama", "--stdin"]])
def test_an_id_or_the_standard_input_must_be_given_and_not_both(arguments: Sequence[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "give either an ID or --stdin" in result.stderr
