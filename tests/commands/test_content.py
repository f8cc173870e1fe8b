import json

import pytest
from click.testing import CliRunner

import bot.diagnostics.content
from bot.cli import main
from bot.content.knowledge import JA
from bot.content.loader import ContentError


def test_every_part_of_the_content_is_right() -> None:
    result = CliRunner().invoke(main, ["content", "check"])
    assert result.exit_code == 0, result.stdout
    assert all(line.startswith("OK  ") for line in result.stdout.splitlines())


def test_a_program_reads_one_object_a_part() -> None:
    result = CliRunner().invoke(main, ["content", "check", "--json"])
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert all(part["ok"] and part["problem"] is None for part in found)


def test_a_mistake_is_shown_with_its_line_and_the_other_parts_are_checked_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> None:
        raise ContentError(JA / "fees.yaml", 7, "title: Field required")

    checks = {"broken": broken, "sound": lambda: None}
    monkeypatch.setattr(bot.diagnostics.content, "_CHECKS", checks)
    result = CliRunner().invoke(main, ["content", "check"])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["NG  broken: fees.yaml:7: title: Field required", "OK  sound"]
