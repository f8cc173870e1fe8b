"""A made-up new edition, from its text to the published version with the new edition under every answer."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from redis import Redis

from bot.cli import main
from bot.content.editions import Change
from bot.content.knowledge import load_knowledge
from bot.content.release import release_units
from bot.content.version import ContentVersion, using_version
from bot.content_editing.checks import first_problem
from bot.content_editing.editions import edition_drafts
from bot.content_editing.publishing import publish, published
from bot.store.content_versions import ContentVersions
from tests.conftest import SECRET_KEY
from tests.servers import RedisServer

FEE = "knowledge/fee:entries/plan_fee"


def test_only_what_stands_word_for_word_in_an_entry_becomes_a_draft() -> None:
    units = {FEE: {"id": "plan_fee", "text": ["架空の月額は７,０００円です。ほかは同じです。", "別の文。"]}}
    changes = [
        Change("changed", "架空の月額は7,000円です。", "架空の月額は8,500円です。", ("plan_fee",)),
        Change("changed", "どこにもない文です。", "新しい文です。", ("plan_fee",)),
        Change("gone", "別の文。", "", ("plan_fee",)),
    ]
    assert edition_drafts(changes, units) == {  # type: ignore[arg-type]  # a list of texts is a value
        FEE: {"id": "plan_fee", "text": ["架空の月額は8,500円です。ほかは同じです。", "別の文。"]}
    }


def test_new_edition_is_published_from_its_text(
    redis: Redis, redis_server: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("REDIS_URL", redis_server.url),
        ("SECRET_KEY", SECRET_KEY),
        ("LINE_CHANNEL_SECRET", "x"),
        ("LINE_CHANNEL_ACCESS_TOKEN", "x"),
        ("PUBLIC_URL", "http://127.0.0.1:8000"),
    ):
        monkeypatch.setenv(name, value)
    said = release_units()[FEE]
    assert isinstance(said, dict)
    statement = str(said["text"][0]).partition("。")[0] + "。"  # type: ignore[index]
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(f"{statement}\n変わらない文です。\n", "utf-8")
    new.write_text(f"{statement[:-1]}とします。\n変わらない文です。\n新しい文です。\n", "utf-8")
    options = ("--drafts", "--edition", "架空の版", "--published", "2031-04-01", "--pages", "18", "--by", "hanako")
    done = CliRunner().invoke(main, ["edition", "compare", str(new), "--old", str(old), *options])
    assert done.exit_code == 0, done.output
    versions = ContentVersions(redis)
    assert set(versions.drafts()) == {FEE, "source:edition", "source:published", "source:pages"}
    publish(versions, first_problem, who="taro", why="新しい版")
    with using_version(ContentVersion(changes=published(versions))):
        knowledge = load_knowledge()
        assert all("架空の版" in knowledge.cite(entry) for entry in knowledge.entries)
        assert knowledge.by_id["plan_fee"].text[0].startswith(f"{statement[:-1]}とします。")
        assert knowledge.source.pages == 18
