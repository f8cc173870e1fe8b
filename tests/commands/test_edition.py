import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from redis import Redis

from bot.cli import main
from bot.commands.edition import LARGEST
from bot.store.source_text import SourceText
from tests.conftest import SECRET_KEY
from tests.scenario.kept import undocumented
from tests.servers import RedisServer


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.txt"
    path.write_text("架空の決まりの1つめです。\n架空の月額は7,000円です。", encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["edition", "compare", *map(str, arguments)])


def test_each_statement_is_an_object(tmp_path: Path, old: Path) -> None:
    new = tmp_path / "new.txt"
    new.write_bytes("架空の月額は8,500円です。\r\n".encode("utf-8-sig"))
    result = run(new, "--old", old, "--json")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [(one["kind"], one["old"], one["new"]) for one in found] == [
        ("changed", "架空の月額は7,000円です。", "架空の月額は8,500円です。"),
        ("gone", "架空の決まりの1つめです。", ""),
    ]
    assert all(isinstance(one["entries"], list) for one in found)


def test_a_person_reads_each_statement_and_how_many(tmp_path: Path, old: Path) -> None:
    new = tmp_path / "new.txt"
    new.write_text("架空の決まりの1つめです。\n架空の月額は8,500円です。", encoding="utf-8")
    lines = run(new, "--old", old).stdout.splitlines()
    assert lines[0] == "変更なし / stays: 〔数〕架空の決まりの1つめです。"
    assert lines[1].startswith("変更 / changed: 〔料金〕架空の月額は7,000円です。 → 架空の月額は8,500円です。")
    assert lines[-1] == "変わる文の種類 / kinds: 料金 1"
    assert run(new, "--old", old, "--fact", "step").stdout.splitlines() == [
        "変更なし / stays 0、変更 / changed 0、削除 / gone 0、追加 / new 0"
    ]
    assert lines[-2] == "変更なし / stays 1、変更 / changed 1、削除 / gone 0、追加 / new 0"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (b"", "no text"),
        (b" \n\n", "no text"),
        ("媒体資料".encode("cp932"), "not UTF-8"),
        ("媒体資料".encode("utf-16"), "not UTF-8"),
        (b"%PDF-1.7\0\0", "no text"),
        (b"x" * (LARGEST + 1), "larger than"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_one_line(tmp_path: Path, old: Path, given: bytes, problem: str) -> None:
    new = tmp_path / "new.txt"
    new.write_bytes(given)
    result = CliRunner().invoke(main, ["edition", "compare", str(new), "--old", str(old)])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert problem in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_no_old_edition_is_wrong_use(old: Path) -> None:
    assert run(old).exit_code == 2


def test_text_is_kept_page_by_page_for_the_console(
    redis: Redis, redis_server: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"REDIS_URL": redis_server.url, "SECRET_KEY": SECRET_KEY, "PUBLIC_URL": "http://127.0.0.1:8000"}
    for name, value in {**settings, "LINE_CHANNEL_SECRET": "x", "LINE_CHANNEL_ACCESS_TOKEN": "x"}.items():
        monkeypatch.setenv(name, value)
    text = tmp_path / "new.txt"
    text.write_text("一枚め。\n\f二枚め。\n\f", encoding="utf-8")
    result = CliRunner().invoke(main, ["edition", "keep", str(text)])
    assert (result.exit_code, result.stdout) == (0, "2 ページ / pages\n")
    assert SourceText(redis).pages() == ["一枚め。\n", "二枚め。"]
    assert undocumented(redis) == []
