import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.commands.name_table import NameTable
from bot.domain.name_verdict import NameVerdict


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["name", *arguments], input=stdin)


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_name_as_json_has_the_interfaces_keys_in_their_order() -> None:
    result = run("横浜市", "--json")
    assert result.exit_code == 0
    (found,) = objects(result)
    assert list(found) == ["name", "verdict", "pattern", "bodies", "problem", "suggestions", "message"]
    assert (found["verdict"], found["pattern"], found["problem"]) == ("ok", "municipality_name", None)
    assert found["bodies"] == [{"code": "141003", "prefecture": "神奈川県", "name": "横浜市"}]


def test_a_refused_name_is_no_failure_of_the_command() -> None:
    result = run("横浜市公式", "--json")
    assert result.exit_code == 0
    assert objects(result)[0]["suggestions"] == ["横浜市", "神奈川県横浜市", "横浜市役所"]


def test_only_the_body_counts_that_is_given() -> None:
    (found,) = objects(run("横浜市", "--body", "神奈川県川崎市", "--json"))
    assert (found["verdict"], found["problem"]) == ("ng", "other_body")
    (found,) = objects(run("府中市", "--body", "広島県府中市", "--json"))
    assert found["bodies"] == [{"code": "342084", "prefecture": "広島県", "name": "府中市"}]


def test_a_person_reads_sentences_in_both_languages() -> None:
    result = run("箱根町役所")
    assert result.exit_code == 0
    assert "× 使えません / ng: 箱根町役所" in result.stdout
    assert "箱根町役場、箱根町、神奈川県箱根町" in result.stdout


@pytest.mark.parametrize("name", ["", "　", "-横浜市", "--", "😀" * 5000, "横浜\u200b市"])
def test_any_text_is_a_name_to_judge(name: str) -> None:
    result = run("--json", "--", name)
    assert result.exit_code == 0
    (found,) = objects(result)
    assert (found["name"], found["verdict"]) == (name, "ng")


def test_lines_are_names_or_objects_and_each_gets_an_object() -> None:
    lines = '横浜市\n\n{"name": "北区", "body": "大阪市"}\r\n{"name": "西区", "body": null, "note": 1}\n{"name": ""}\n'
    found = objects(run("--json", "--stdin", stdin=lines))
    assert [(one["name"], one["verdict"]) for one in found] == [
        ("横浜市", "ok"),
        ("北区", "ng"),
        ("西区", "ng"),
        ("", "ng"),
    ]


@pytest.mark.parametrize(
    ("stdin", "named"),
    [
        ('{"name": 1}', "line 1: name: "),
        ('横浜市\n{"body": "横浜市"}', "line 2: name: "),
        ('{"name": "横浜市", "body": 7}', "line 1: body: "),
        ("横浜市\n\n{", "line 3: not JSON"),
        ('{"name": "a", "name": "b"}', "line 1: name: written twice"),
        (b"\xff\n", "line 1: not UTF-8"),
        ('{"name": "\\ud800"}', "line 1: name: not UTF-8"),
    ],
)
def test_a_bad_line_is_named_on_one_line_with_status_2(stdin: str | bytes, named: str) -> None:
    result = run("--json", "--stdin", stdin=stdin)
    assert result.exit_code == 2
    assert named in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_lines_before_a_bad_one_are_answered() -> None:
    result = run("--json", "--stdin", stdin="横浜市\n{\n")
    assert len(objects(result)) == 1


@pytest.mark.parametrize(
    "arguments",
    [(), ("横浜市", "--stdin"), ("横浜市", "--output", "x.csv"), ("--csv", "x.csv", "--json"), ("--jsn",), ("a", "b")],
)
def test_wrong_use_is_status_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


LIST = '番号,アカウント名,団体名\n1,横浜市,横浜市\n2,横浜市公式,\n3,横浜市,川崎市\n\n4,"府中市,役所"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_list_keeps_its_columns_and_gets_the_verdicts_behind_them(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "names.csv"
    file.write_bytes(LIST.replace("\n", "\r\n").encode(encoding))
    result = run("--csv", str(file))
    assert result.exit_code == 0
    rows = table(result.stdout)
    assert [(row["番号"], row["アカウント名"], row["verdict"], row["problem"]) for row in rows] == [
        ("1", "横浜市", "ok", ""),
        ("2", "横浜市公式", "ng", "decoration"),
        ("3", "横浜市", "ng", "other_body"),
        ("", "", "", ""),
        ("4", "府中市,役所", "ng", "decoration"),
    ]
    assert (rows[0]["body_codes"], rows[0]["body_names"]) == ("141003", "神奈川県横浜市")
    assert rows[1]["suggestions"] == "横浜市 | 神奈川県横浜市 | 横浜市役所"


def test_a_list_can_go_into_a_file_that_spreadsheets_read(tmp_path: Path) -> None:
    file, output = tmp_path / "names.csv", tmp_path / "out.csv"
    file.write_text("name\n横浜市\n", encoding="utf-8")
    assert run("--csv", str(file), "--output", str(output)).exit_code == 0
    assert output.read_bytes().startswith(b"\xef\xbb\xbf")
    assert table(output.read_text(encoding="utf-8-sig"))[0]["verdict"] == "ok"


def test_a_list_may_be_replaced_by_its_result(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("name,\n横浜市,,\n", encoding="utf-8")
    assert run("--csv", str(file), "--output", str(file)).exit_code == 0
    assert table(file.read_text(encoding="utf-8-sig"))[0]["verdict"] == "ok"
    assert list(tmp_path.iterdir()) == [file]


def test_a_run_that_breaks_off_leaves_the_list_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("name\n横浜市\n", encoding="utf-8")

    def broken(_name: str, _body: str | None) -> NameVerdict:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        NameTable(file).judge_into(file, broken)
    assert file.read_text(encoding="utf-8") == "name\n横浜市\n"
    assert list(tmp_path.iterdir()) == [file]


def test_a_terminal_that_has_no_kanji_shows_question_marks() -> None:
    command = [sys.executable, "-c", "from bot.cli import main; main()", "name", "横浜市"]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=200, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"ok: ???" in done.stdout


def test_a_bar_shows_the_progress_where_a_person_watches(tmp_path: Path) -> None:
    file, output = tmp_path / "names.csv", tmp_path / "out.csv"
    file.write_text("name\n" + "横浜市\n" * 50, encoding="utf-8")
    watched, terminal = os.openpty()
    command = [sys.executable, "-c", "from bot.cli import main; main()", "name", "--csv", str(file)]
    subprocess.run([*command, "--output", str(output)], stderr=terminal, check=True, timeout=200)
    os.close(terminal)
    shown = os.read(watched, 65536).decode()
    os.close(watched)
    assert "アカウント名" in shown
    assert "100%" in shown
    assert len(table(output.read_text(encoding="utf-8-sig"))) == 50


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "no header row"),
        ("番号,市\n1,横浜市\n".encode(), "line 1: no column named"),
        ("name\n横浜市\n".encode() + b"\xff\xff\xff", "line 3: neither UTF-8 nor Shift_JIS"),
        (b"name\n" + b"a" * 200_000, "line 2: "),
        ("name,団体名\n横浜市,\n府中市,役所,東京\n".encode(), "line 3: 3 cells under 2 headers"),
        ("name\n横浜市\n".encode("utf-16"), "UTF-16"),
        ("番号;アカウント名\n1;横浜市\n".encode(), "line 1: separated by semicolons"),
        ("番号\tアカウント名\n1\t横浜市\n".encode("cp932"), "line 1: separated by tabs"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, content: bytes, named: str) -> None:
    file = tmp_path / "names.csv"
    file.write_bytes(content)
    result = run("--csv", str(file))
    assert result.exit_code == 2
    assert named in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_list_that_is_not_there_and_a_place_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    assert "nothing.csv" in run("--csv", str(tmp_path / "nothing.csv")).stderr
    file = tmp_path / "names.csv"
    file.write_text("name\n横浜市\n", encoding="utf-8")
    result = run("--csv", str(file), "--output", str(tmp_path / "no" / "out.csv"))
    assert (result.exit_code, "out.csv" in result.stderr) == (2, True)
