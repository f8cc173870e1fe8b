"""The version of the running code: from git in a checkout, from the wheel's own file elsewhere."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.runtime.build import bot_version, described_commit

IDENTITY = ("-c", "user.name=tester", "-c", "user.email=tester@example.jp")


def git(folder: Path, *arguments: str) -> str:
    command = ["git", *IDENTITY, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "file").write_text("one")
    git(tmp_path, "add", "file")
    git(tmp_path, "commit", "--quiet", "--message", "first")
    return tmp_path


def test_commit_of_a_checkout_is_named_and_marked_if_files_were_changed(checkout: Path) -> None:
    commit = git(checkout, "rev-parse", "--short=7", "HEAD")
    assert described_commit(checkout) == commit
    git(checkout, "tag", "v9.9.9")  # the number comes from the package, never from a tag
    assert described_commit(checkout) == commit
    (checkout / "file").write_text("two")
    assert described_commit(checkout) == f"{commit}.dirty"


def test_folder_without_git_has_no_commit(tmp_path: Path) -> None:
    assert described_commit(tmp_path) == ""


def test_git_that_fails_gives_no_commit(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: nowhere\n")
    assert described_commit(tmp_path) == ""


def test_option_prints_the_version_that_figures_and_logs_name() -> None:
    done = CliRunner().invoke(main, ["--version"])
    assert done.output == f"madoguchi {bot_version()}\n"
    assert "+" in bot_version(), "the tests run in a checkout"
