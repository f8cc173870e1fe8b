"""A wrong setting stops the start with one line that names it, and no secret is ever printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.runtime.limits import LIMITS
from bot.settings import Settings, load_settings

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


def test_time_limits_are_not_taken_from_the_environment(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LIMITS", '{"lease_ms": 1}')
    assert load_settings().limits == LIMITS


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
    with pytest.raises(SettingsError, match=r"^REDIS_URL: may name several nodes only if REDIS_CLUSTER=1"):
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


WRONG_PARAMETERS = [
    ("REDIS_URL", "redis://h?socket_timeout=s3cr3tpw"),
    ("REDIS_URL", "redis://h?s3cr3tpw=1"),
    ("REDIS_URL", "redis://h?retry=s3cr3tpw"),
    ("REDIS_URL", "redis://h?ssl_cert_reqs=s3cr3tpw"),
    ("REDIS_URL", "redis://h?ssl_cert_reqs=none"),
    ("REDIS_URL", "rediss://h?ssl_cert_reqs=s3cr3tpw"),
    ("REDIS_URL", "redis://h/0?db=s3cr3tpw"),
    ("REDIS_URL", "redis://[s3cr3tpw]/"),
    ("REDIS_URL", "redis://:s3cr3tpw℀@h/"),
    ("REDIS_URL", "unix:///run/redis.sock?s3cr3tpw"),
    ("BROKER_URL", "redis://h?socket_timeout=s3cr3tpw"),
    ("BROKER_URL", "amqp://me:s3cr3tpw@h?heartbeat=s3cr3tpw"),
    ("BROKER_URL", "amqp://me:s3cr3tpw@h?s3cr3tpw=1"),
    ("BROKER_URL", "amqps://h?ssl_options=s3cr3tpw"),
    ("PUBLIC_URL", "https://[s3cr3tpw]/"),
    ("LINE_API_URL", "https://me:s3cr3tpw℀@h/"),
    ("LINE_DATA_API_URL", "https://[s3cr3tpw]/"),
]


@pytest.mark.parametrize(("name", "value"), WRONG_PARAMETERS)
def test_address_with_a_parameter_that_cannot_be_used_is_named_and_not_repeated(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"^{name}: ") as caught:
        load_settings()
    assert "s3cr3tpw" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", "redis://h?socket_timeout=2&db=1&health_check_interval=30"),
        ("REDIS_URL", "rediss://h?ssl_cert_reqs=none"),
        ("REDIS_URL", "rediss://h?ssl_ca_certs=/etc/redis/ca.pem&ssl_check_hostname=false"),
        ("REDIS_URL", "unix:///run/redis.sock?db=1&password=a"),
        ("BROKER_URL", "amqp://me:pw@h/%2f?heartbeat=10&connection_attempts=2"),
    ],
)
def test_parameters_that_the_documents_name_are_taken(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    assert getattr(load_settings(), name.lower()) == value


URL_SETTINGS = ("REDIS_URL", "BROKER_URL", "PUBLIC_URL", "LINE_API_URL", "LINE_DATA_API_URL")


def test_every_setting_that_is_an_address_is_among_them() -> None:
    assert {name.upper() for name in Settings.model_fields if name.endswith("_url")} == set(URL_SETTINGS)


@given(
    name=st.sampled_from(URL_SETTINGS),
    scheme=st.sampled_from(["redis", "rediss", "unix", "amqp", "amqps", "http", "https", "x"]),
    around=st.tuples(*[st.text(alphabet="ah.:/?#&=@[]%2f℀,_s", max_size=12)] * 2),
)
def test_no_address_whatsoever_repeats_its_words_or_ends_in_another_error(
    name: str, scheme: str, around: tuple[str, str]
) -> None:
    value = f"{scheme}://{around[0]}s3cr3tpw{around[1]}"
    try:
        load_settings(**{**{key.lower(): word for key, word in GOOD.items()}, name.lower(): value})
    except SettingsError as error:
        assert "s3cr3tpw" not in str(error)  # noqa: PT017 - most of them are taken
