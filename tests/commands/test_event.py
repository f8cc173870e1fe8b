"""`madoguchi event`: the trail of a reference, for people and programs."""

import json
import time

import pytest
from click.testing import CliRunner
from redis import Redis

from bot.cli import main
from bot.settings import Settings
from bot.store.keys import Pseudonyms
from bot.store.trail import Note, Trail
from tests.conftest import SECRET_KEY


@pytest.fixture
def runner(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr("bot.settings.load_settings", lambda: settings)
    return CliRunner()


@pytest.fixture
def reference(redis: Redis) -> str:
    trail = Trail(redis, lambda: Pseudonyms(SECRET_KEY))
    trail.add("01JD", Note("accepted", time.time(), "stored_woken", event_id="01JD"))
    trail.add("01JD", Note("delivery", time.time() + 2, "push done done", attempt=1, status=200))
    trail.flush()
    return trail.reference("01JD")


def test_stations_are_written_with_their_times(runner: CliRunner, reference: str) -> None:
    done = runner.invoke(main, ["event", reference.lower()])
    first, accepted, delivered = done.output.splitlines()
    assert first.endswith("01JD")
    assert "受け付け / accepted: stored_woken" in accepted
    assert "+2.0s  配信 / delivery #1: push done done 200" in delivered


def test_json_has_the_same_for_programs(runner: CliRunner, reference: str) -> None:
    done = runner.invoke(main, ["event", reference, "--json"])
    found = json.loads(done.output)
    assert found["reference"] == reference
    assert [note["stage"] for note in found["trail"]] == ["accepted", "delivery"]


@pytest.mark.parametrize(("typed", "status", "said"), [("222222", 1, "記録がありません"), ("12", 2, "6文字")])
def test_what_is_not_known_and_what_is_no_reference_are_told_apart(
    runner: CliRunner, typed: str, status: int, said: str
) -> None:
    done = runner.invoke(main, ["event", typed])
    assert done.exit_code == status
    assert said in done.output
