"""The desk's commands over a real Redis: from a file of the repository to a published version and back."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from redis import Redis

from bot.cli import main
from bot.content.release import content_files, release_units
from bot.content_editing import checks, publishing
from bot.store.audit import AuditLog
from bot.store.content_versions import ContentVersions, StoredVersion
from tests.conftest import SECRET_KEY
from tests.servers import RedisServer

LEAD = "ui:welcome/lead"


@pytest.fixture
def versions(redis: Redis, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> ContentVersions:
    monkeypatch.setenv("REDIS_URL", redis_server.url)
    monkeypatch.setenv("SECRET_KEY", SECRET_KEY)
    monkeypatch.setenv("LINE_CHANNEL_SECRET", "x")
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", "x")
    monkeypatch.setenv("PUBLIC_URL", "http://127.0.0.1:8000")
    return ContentVersions(redis)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["content", *map(str, arguments)])


def write(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_exported_release_is_the_repository_byte_for_byte(versions: ContentVersions, tmp_path: Path) -> None:
    assert versions.current() == 0
    assert run("export", tmp_path).exit_code == 0
    for name, path in content_files().items():
        assert (tmp_path / f"{name}.yaml").read_bytes() == path.read_bytes()
    refused = run("export", Path("/proc/no/such/folder"))
    assert (refused.exit_code, refused.exception.__class__) == (1, SystemExit)
    assert "/proc/no" in refused.output


def test_table_becomes_drafts_unless_somebody_else_is_at_work(versions: ContentVersions, tmp_path: Path) -> None:
    table = tmp_path / "asks.csv"
    table.write_text("回答の名前,言い方\nplan_fee,架空町の支払い額\n", "cp932")
    assert "列を1つ以上選んで" in run("import", table).stderr
    assert "「made_up」という欄はありません" in run("import", table, "--column", "言い方=made_up").stderr
    assert run("import", table, "--column", "言い方=more_asks", "--by", "hanako").exit_code == 0
    draft = versions.drafts()["knowledge/fee:entries/plan_fee"]
    assert (draft.value["ask"][-1], draft.who) == ("架空町の支払い額", "hanako")
    table.write_text("回答の名前,題名\nplan_fee,架空の題\n", "utf-8")
    refused = run("import", table, "--by", "taro")
    assert (refused.exit_code, versions.drafts()["knowledge/fee:entries/plan_fee"]) == (1, draft)
    assert "hanakoさんの下書きがあります" in refused.stderr


def test_file_becomes_drafts_that_are_shown_published_restored_and_exported(
    versions: ContentVersions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "first_problem", lambda _changes: "")  # they take seconds, and have tests of their own
    run("export", tmp_path)
    write(tmp_path / "ui.yaml", "友だち追加ありがとうございます。", "ご登録ありがとうございます。")
    write(tmp_path / "knowledge" / "fee.yaml", "      - 完全無料か\n", "      - 完全無料か\n      - 架空町の支払い額\n")
    imported = run("import", tmp_path, "--by", "hanako")
    assert imported.exit_code == 0
    assert set(versions.drafts()) == {LEAD, "knowledge/fee:entries/plan_fee"}
    shown = run("diff").output
    assert "[-友-][-だち-]" in shown or "[-友だち追加-]{+ご登録+}" in shown.replace("-][-", "")
    assert "{+ask: 架空町の支払い額+}" in shown
    published = run("publish", "--by", "hanako", "--why", "あいさつと聞き方")
    assert published.exit_code == 0, published.output
    listed = run("history").output
    assert "* 1  " in listed
    assert "hanako: あいさつと聞き方" in listed
    out = tmp_path / "out"
    assert "ui.yaml" in run("export", out).output
    for name in content_files():
        assert (out / f"{name}.yaml").read_bytes() == (tmp_path / f"{name}.yaml").read_bytes(), "comments and all"
    assert "版 2" in run("restore", "0", "--by", "taro", "--why", "見直し").output
    assert versions.read(2) == StoredVersion("taro", "見直し", {}, restores=0, number=2, at=versions.history()[0].at)


def test_draft_is_listed_and_discarded(versions: ContentVersions) -> None:
    publishing.save_draft(versions, LEAD, "架空", who="hanako")
    assert run("drafts").output == f"{LEAD}  (hanako)\n"
    assert run("discard", LEAD).exit_code == 0
    assert run("drafts").output == ""
    assert run("discard", LEAD).exit_code == 2


def test_conflict_is_shown_and_either_side_is_taken(versions: ContentVersions) -> None:
    versions.publish(StoredVersion("hanako", "x", {LEAD: ("窓口の文", "前の文")}), after=0)
    shown = run("conflicts").output
    assert LEAD in shown
    assert "窓口" in shown
    assert run("resolve", LEAD, "--take", "desk").exit_code == 0
    draft = versions.drafts()[LEAD]
    assert (draft.value, draft.base) == ("窓口の文", release_units()[LEAD])
    assert run("resolve", LEAD, "--take", "release").exit_code == 0
    assert versions.drafts()[LEAD].value == release_units()[LEAD]
    assert run("resolve", "ui:welcome/note", "--take", "desk").exit_code == 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &a [x, x]\nb: [*a, *a]\n", "aliases"),
        ("[" * 100_000, "deep"),
        ("a: 'open\n", "YAML"),
        ("\x00", "YAML"),
        ("a: b\n", "no file of this name"),
    ],
)
def test_file_that_is_not_ours_is_refused_and_changes_nothing(
    versions: ContentVersions, tmp_path: Path, text: str, problem: str
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text, "utf-8")
    result = run("import", path)
    assert (result.exit_code, versions.drafts()) == (1, {})
    assert problem in result.output
    path.write_bytes("あ: い\n".encode("shift_jis"))
    assert run("import", path).exit_code == 1


@pytest.mark.parametrize("which", ["7", "-", "x", "１"])
def test_content_that_does_not_exist_is_named(versions: ContentVersions, which: str) -> None:
    assert versions.current() == 0
    result = run("diff", "release", "--", which)
    assert result.exit_code in (1, 2)
    assert not isinstance(result.exception, yaml.YAMLError)


def test_approval_holds_on_the_command_line_and_what_is_published_there_is_in_the_audit(
    versions: ContentVersions, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "first_problem", lambda _changes: "")
    monkeypatch.setenv("CONTENT_APPROVAL", "1")
    publishing.save_draft(versions, LEAD, "架空", who="hanako")
    refused = run("publish", "--by", "hanako", "--why", "x")
    assert refused.exit_code == 1
    assert "another person" in refused.output
    assert versions.current() == 0
    assert run("publish", "--by", "taro", "--why", "案内").exit_code == 0
    assert run("restore", "0", "--by", "jiro", "--why", "見直し").exit_code == 0
    acts = [(one.who, one.what, one.target, one.after) for one in AuditLog(redis).newest()]
    assert acts == [("jiro", "restore", "2", "見直し"), ("taro", "publish", "1", "案内")]
