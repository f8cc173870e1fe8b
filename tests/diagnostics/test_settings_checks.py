"""All wrong settings in one go, and cautions about valid ones."""

import ast
import inspect

import pytest
from pydantic import SecretStr

from bot import settings
from bot.diagnostics.context import load_context
from bot.diagnostics.runner import CHECKS, run_checks
from bot.diagnostics.settings_checks import JAPANESE, in_japanese
from bot.runtime import setting_values
from bot.settings import SettingProblem, Settings
from tests.diagnostics.conftest import ENGLISH, Deployment

GOOD = {
    "LINE_CHANNEL_SECRET": "channel-secret",
    "LINE_CHANNEL_ACCESS_TOKEN": "access-token",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "PUBLIC_URL": "https://madoguchi.example.jp",
    "REDIS_URL": "redis://localhost",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def lines() -> list[str]:
    checks = [check for check in CHECKS if check.name == "settings"]
    return [f"{result.state}: {result.message.en}" for _, result in run_checks(load_context(), checks)]


def test_good_settings_are_one_line(environment: pytest.MonkeyPatch) -> None:
    del environment
    assert lines() == ["ok: all settings are there and well-formed"]


def test_every_wrong_setting_is_named(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("LINE_CHANNEL_ACCESS_TOKEN")
    environment.setenv("SECRET_KEY", "geheim")
    environment.setenv("PORT", "http")
    environment.setenv("REDIS_URL", "localhost")
    said = lines()
    assert [line.split(": ")[2] for line in said] == ["LINE_CHANNEL_ACCESS_TOKEN", "SECRET_KEY", "REDIS_URL", "PORT"]
    assert "geheim" not in str(said)


def codes() -> set[str]:
    """The codes that the validators of the settings give, as read from their source."""
    sources = [inspect.getsource(module) for module in (settings, setting_values)]
    calls = [node for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    given = [call.args[0] for call in calls if ast.unparse(call.func) in ("wrong", "values.wrong")]
    assert len(given) > 20
    return {str(code.value) for code in given if isinstance(code, ast.Constant)}


def test_every_code_of_a_wrong_setting_has_a_japanese_sentence_and_no_sentence_is_left_over() -> None:
    assert set(JAPANESE) == {"missing", *codes()}
    for code in JAPANESE:
        japanese = in_japanese(SettingProblem("NAME", code, "is wrong", ("a", "b")))
        assert japanese.startswith("NAME")
        assert not ENGLISH.search(japanese.replace("openssl rand", ""))


def test_sentence_names_what_is_allowed(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("REDIS_URL", "localhost")
    environment.setenv("PORT", "http")
    checks = [check for check in CHECKS if check.name == "settings"]
    said = [finding.message.ja for _, finding in run_checks(load_context(), checks)]
    assert said == [
        "設定 REDIS_URLは redis:// か rediss:// か unix:// で始めてください",
        "設定 PORT の値が正しくありません",
    ]


def test_settings_that_are_wrong_together(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("REDIS_CLUSTER", "1")
    said = lines()
    assert len(said) == 1
    assert said[0].startswith("failed: wrong setting: BROKER_URL: must name a broker of its own")


def test_what_a_wrong_setting_hides_is_not_looked_at_and_the_rest_is(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LINE_CHANNEL_ACCESS_TOKEN", "two words")
    environment.setenv("REDIS_URL", "redis://127.0.0.1:9")
    chosen = [check for check in CHECKS if check.name in ("token", "quota", "redis")]
    found = dict(run_checks(load_context(), chosen))
    assert found["redis"].message.en.startswith("Redis does not answer")
    assert found["token"].message.en == "not looked at: LINE_CHANNEL_ACCESS_TOKEN is wrong"
    assert found["quota"].state == "skipped"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"secret_key": SecretStr("k" * 40)}, "SECRET_KEY is too simple"),
        ({"line_channel_secret": SecretStr("old,new")}, "two channel secrets are accepted"),
        ({"redis_url": None}, "no REDIS_URL: an embedded Redis, for one machine"),
        ({}, "PUBLIC_URL is http: for trials here only"),
        ({}, "calls go to 127.0.0.1, not to LINE"),
    ],
    ids=str,
)
def test_caution(deployment: Deployment, change: dict[str, object], said: str) -> None:
    found = [result for _, result in deployment.found("settings", **change)]
    assert ("warning", said) in [(result.state, result.message.en) for result in found]
    assert all(result.next_step for result in found)
    assert len({result.message.en for result in found}) == len(found)
