"""A wrong setting stops the start with one line that names it, and no secret is ever printed."""

import pytest

from bot.errors import SettingsError
from bot.settings import load_settings

GOOD = {
    "LINE_CHANNEL_SECRET": "channel-secret",
    "LINE_CHANNEL_ACCESS_TOKEN": "access-token",
    "SECRET_KEY": "k" * 32,
    "PUBLIC_URL": "https://madoguchi.example.jp",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in (*GOOD, "REDIS_URL", "BROKER_URL", "REDIS_CLUSTER", "PORT", "LINE_API_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_defaults_are_those_of_line_itself() -> None:
    settings = load_settings()
    assert (settings.line_api_url, settings.line_data_api_url) == ("https://api.line.me", "https://api-data.line.me")
    assert settings.redis_url is None


@pytest.mark.parametrize("name", GOOD)
def test_missing_setting_is_named_in_one_line(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.delenv(name)
    with pytest.raises(SettingsError, match=rf"^{name}: is not set$"):
        load_settings()


@pytest.mark.parametrize("name", GOOD)
def test_empty_setting_counts_as_missing(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.setenv(name, "")
    with pytest.raises(SettingsError, match=rf"^{name}: is not set$"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("BIND_ADDRESS", "localhost:80"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "http://localhost"),
        ("BROKER_URL", "kafka://x"),
        ("LINE_API_URL", "api.line.me"),
        ("LINE_API_URL", "https://"),
        ("LINE_API_URL", "https://:80"),
        ("LINE_API_URL", "https://api.line.me:abc"),
        ("LINE_DATA_API_URL", "https:api-data.line.me"),
        ("REDIS_URL", "redis://localhost:notaport"),
        ("REDIS_URL", "redis://localhost:70000"),
        ("REDIS_URL", "redis://:6379"),
        ("REDIS_URL", "unix://"),
        ("BROKER_URL", "amqp:foo"),
        ("BROKER_URL", "amqp://[::1"),
        ("PUBLIC_URL", "https://exa mple"),
        ("PUBLIC_URL", "https://example.jp/\nx"),
        ("PUBLIC_URL", "http://madoguchi.example.jp"),
        ("PUBLIC_URL", "madoguchi.example.jp"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "$(openssl rand -hex 32)"),
        ("SECRET_KEY", "$(openssl rand -hex 32)     # once; see below"),
        ("SECRET_KEY", "`openssl-rand-hex-32-and-so-on-here`"),
        ("SECRET_KEY", "0123456789abcdef 0123456789abcdef"),
        ("SECRET_KEY", "0123456789abcdef0123456789abcdef#note"),
        ("SECRET_KEY", "k" * 32 + ",short"),
        ("SECRET_KEY", "k" * 32 + ","),
        ("SECRET_KEY", "k" * 32 + "," + "k" * 32),
        ("SECRET_KEY", ",".join(letter * 32 for letter in "abcd")),
        ("LINE_CHANNEL_SECRET", "a,b,c"),
        ("LINE_CHANNEL_SECRET", ","),
        ("LINE_CHANNEL_ACCESS_TOKEN", "has space"),
        ("LINE_CHANNEL_ACCESS_TOKEN", "全角"),
        ("REDIS_CLUSTER", "maybe"),
        ("WEB_PROCESSES", "0"),
        ("CONSOLE_USERS", "hanako:password"),
        ("CONSOLE_USERS", "hanako=password"),
        ("CONSOLE_USERS", "Hanako=scrypt:32768:8:1.abcdefgh." + "0" * 128),
        ("CONSOLE_USERS", "hanako=scrypt:1048576:8:1.abcdefgh." + "0" * 128),
        ("CONSOLE_USERS", ("hanako=scrypt:32768:8:1.abcdefgh." + "0" * 128 + " ") * 2),
        ("TRUSTED_PROXIES", "-1"),
    ],
)
def test_malformed_setting_is_named_in_one_line(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"^{name}: ") as caught:
        load_settings()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("url", ["redis://h:6379/0", "rediss://h:6379/0", "unix:///run/redis.sock"])
def test_every_kind_of_redis_address_is_taken(environment: pytest.MonkeyPatch, url: str) -> None:
    environment.setenv("REDIS_URL", url)
    assert load_settings().redis_url == url


def test_password_in_an_address_is_not_repeated(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("REDIS_URL", "redis://:geheim#x@localhost:6379")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "geheim" not in str(caught.value)


def test_two_secrets_are_both_known(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LINE_CHANNEL_SECRET", "old, new")
    assert load_settings().channel_secrets == ("old", "new")


def test_cluster_asks_for_a_broker_of_its_own(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("REDIS_CLUSTER", "1")
    environment.setenv("REDIS_URL", "redis://node:7000")
    with pytest.raises(SettingsError, match=r"^BROKER_URL: "):
        load_settings()
    environment.setenv("BROKER_URL", "amqp://rabbit")
    assert load_settings().redis_cluster


def test_several_seeds_are_taken_for_a_cluster_alone(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("REDIS_URL", "redis://a:7000,redis://b:7001")
    with pytest.raises(SettingsError, match=r"^REDIS_URL: may name several nodes only where REDIS_CLUSTER=1"):
        load_settings()
    environment.setenv("REDIS_CLUSTER", "1")
    environment.setenv("BROKER_URL", "amqp://rabbit")
    assert load_settings().redis_url == "redis://a:7000,redis://b:7001"
    environment.setenv("REDIS_URL", "redis://a:7000,b:7001")
    with pytest.raises(SettingsError, match=r"^REDIS_URL: must start with"):
        load_settings()


def test_no_secret_shows_when_settings_are_printed() -> None:
    settings = load_settings()
    for shown in (repr(settings), str(settings), str(settings.model_dump())):
        assert not any(GOOD[name] in shown for name in GOOD if name != "PUBLIC_URL")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ", geheim,,"),
        ("SECRET_KEY", "$(geheim 0123456789abcdef0123456789)"),
        ("LINE_CHANNEL_SECRET", ", geheim,,"),
        ("LINE_CHANNEL_ACCESS_TOKEN", ", geheim,,"),
        ("LINE_BOT_USER_ID", "geheim"),
        ("BROKER_URL", "kafka://me:geheim@h"),
        ("BROKER_URL", "amqp://me:geheim@h:port"),
        ("PUBLIC_URL", "http://me:geheim@bot.example.jp"),
        ("LINE_API_URL", "https://me:geheim@:80"),
        ("PORT", "geheim"),
        ("LOG_LEVEL", "geheim"),
    ],
)
def test_no_secret_shows_in_the_line_about_it(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "geheim" not in str(caught.value)
