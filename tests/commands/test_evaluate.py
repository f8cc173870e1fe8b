import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main


def run(folder: Path, text: str, *arguments: str) -> Result:
    path = folder / "questions.tsv"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["eval", str(path), *arguments])


QUESTIONS = "# id\tquestion\nplan_fee\tプランの料金はいくら\nflow\tプランの料金はいくら\nout_of_scope\t住民票がほしい\n"


def test_measures_and_misses_for_a_program(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, QUESTIONS, "--json").stdout)
    (miss,) = found.pop("misses")
    assert (miss["question"], miss["expected"], miss["outcome"]) == ("プランの料金はいくら", "flow", "answer")
    assert miss["shown"][0] == "plan_fee"
    assert (found["in_scope"], found["right_first"], found["confident"], found["confident_wrong"]) == (2, 1, 2, 1)
    assert (found["out_of_scope"], found["out_answered"], found["out_refused"]) == (1, 0, 1)


def test_a_person_reads_shares_and_misses(tmp_path: Path) -> None:
    said = run(tmp_path, QUESTIONS).stdout
    assert "right first: 50.0% [9.5%–90.5%] (1/2)" in said
    assert "confident and wrong: 50.0% [9.5%–90.5%] (1/2)" in said
    assert "flow\tプランの料金はいくら\tanswer: plan_fee" in said


def test_a_file_without_questions_of_a_kind_has_no_share_of_it(tmp_path: Path) -> None:
    result = run(tmp_path, "plan_fee\tプランの料金はいくら\n")
    assert result.exit_code == 0
    assert "out of scope, said so: -" in result.stdout


@pytest.mark.parametrize("text", ["no_such\t料金\n", "料金\n"])
def test_a_bad_line_is_named_with_status_2(tmp_path: Path, text: str) -> None:
    result = run(tmp_path, text)
    assert result.exit_code == 2
    assert "questions.tsv:1: " in result.stderr


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["eval", str(tmp_path / "gone.tsv")]).exit_code == 2
