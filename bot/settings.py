"""All that a process reads from its environment: built once, checked at start, passed down."""

import re
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

REDIS_SCHEMES = ("redis", "rediss", "unix")
BROKER_SCHEMES = (*REDIS_SCHEMES, "amqp", "amqps")
ENCODERS = ("bundled", "none")
REDIS_PARAMETERS = frozenset(
    (
        "client_name",
        "db",
        "health_check_interval",
        "max_connections",
        "password",
        "socket_connect_timeout",
        "socket_keepalive",
        "socket_timeout",
        "username",
    )
)
TLS_PARAMETERS = frozenset(
    (
        "ssl_ca_certs",
        "ssl_ca_data",
        "ssl_ca_path",
        "ssl_cert_reqs",
        "ssl_certfile",
        "ssl_check_hostname",
        "ssl_keyfile",
        "ssl_password",
    )
)
SECRET_KEYS_AT_MOST = 3
OPERATOR_NAME = r"[a-z0-9][a-z0-9._-]{0,31}"
# 64 MB at most: whoever sets more would have each login take it
_CONSOLE_USER = re.compile(
    OPERATOR_NAME + r"=scrypt:(?:16384|32768|65536):8:[1-4][.$][A-Za-z0-9]{8,64}[.$][0-9a-f]{128}"
)


def _scheme(value: str, allowed: tuple[str, ...]) -> str:
    """What is said never repeats the value: a password may stand in it."""
    if any(char.isspace() or not char.isprintable() for char in value):
        raise ValueError("must not contain spaces")
    parts = _parts(value)
    if parts.scheme not in allowed or not value.lower().startswith(f"{parts.scheme}://"):
        raise ValueError("must start with " + ", ".join(f"{scheme}://" for scheme in allowed))
    if parts.scheme == "unix":
        return _with_path(value)
    if not parts.hostname:
        raise ValueError("has no host")
    _port_of(value)
    return value


def _parts(value: str) -> SplitResult:
    """What urlsplit says of a bad host repeats it, and with it a password that it took for one."""
    try:
        return urlsplit(value)
    except ValueError:
        raise ValueError("is not a URL") from None


def _redis_url(value: str) -> str:
    """One address, or the seed nodes of a cluster, separated by commas."""
    for one in value.split(","):
        _redis_parameters(_scheme(one, REDIS_SCHEMES))
    return value


def _broker_url(value: str) -> str:
    _scheme(value, BROKER_SCHEMES)
    return _amqp_parameters(value) if value.startswith("amqp") else _redis_parameters(value)


def _redis_parameters(value: str) -> str:
    """What follows `?`: redis-py fails late on what it does not know, and repeats it."""
    parts = _parts(value)
    known = REDIS_PARAMETERS | TLS_PARAMETERS if parts.scheme == "rediss" else REDIS_PARAMETERS
    names = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if names & TLS_PARAMETERS - known:
        raise ValueError("has a parameter for TLS: it must start with rediss://")
    if names - known:
        raise ValueError("has a parameter that is not one of " + ", ".join(sorted(known)))
    from redis.connection import ConnectionPool  # noqa: PLC0415 - many commands need no Redis

    try:
        ConnectionPool.from_url(value).make_connection()  # connects to nothing yet
    except Exception:  # noqa: BLE001 - redis-py has no one kind of error for this
        raise ValueError("has a parameter whose value cannot be used") from None
    return value


def _amqp_parameters(value: str) -> str:
    from pika import URLParameters  # noqa: PLC0415 - loaded only if it is used

    try:
        URLParameters(value)
    except Exception:  # noqa: BLE001 - what pika cannot read it passes on as it comes
        raise ValueError("has a parameter or a value that cannot be used") from None
    return value


def _with_path(value: str) -> str:
    if not _parts(value).path:
        raise ValueError("has no path")
    return value


def _port_of(value: str) -> int | None:
    try:
        return _parts(value).port
    except ValueError:
        raise ValueError("has a port that is not a number from 0 to 65535") from None


def _http_url(value: str) -> str:
    return _scheme(value, ("http", "https")).rstrip("/")


def _public_url(value: str) -> str:
    """LINE opens https only; http is let through for a bot that is tried out on one machine."""
    parts = _parts(_http_url(value))
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError("must start with https://")
    return value.rstrip("/")


def _secrets(value: SecretStr) -> SecretStr:
    parts = [part.strip() for part in value.get_secret_value().split(",")]
    if not 1 <= len(parts) <= 2 or not all(parts):
        raise ValueError("must be one secret, or two separated by a comma")
    return value


def _secret_keys(value: SecretStr) -> SecretStr:
    """One key, or up to three while it is being changed: the first writes, all of them read."""
    keys = value.get_secret_value().split(",")
    for key in keys:
        _long_enough(key)
    if len(keys) > SECRET_KEYS_AT_MOST or len(set(keys)) != len(keys):
        raise ValueError("must be one key, or up to three different ones separated by commas")
    return value


def _long_enough(text: str) -> None:
    """A command or a comment that no shell has read would be a key that stands in a manual."""
    if any(char.isspace() or char in "`#" for char in text) or "$(" in text:
        raise ValueError("must be the output of a command like openssl rand -hex 32: no command, no space, no # in it")
    if len(text) < 32:
        raise ValueError("must be at least 32 characters, for example from: openssl rand -hex 32")


def _address(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        raise ValueError("must be an IP address, for example 127.0.0.1 behind a proxy of the same machine") from None


def _filled(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("must be printable ASCII without spaces")
    return value


def _console_users(value: SecretStr) -> SecretStr:
    """What is said never repeats an entry: it is a password's hash."""
    entries = value.get_secret_value().split()
    if not entries or not all(_CONSOLE_USER.fullmatch(entry) for entry in entries):
        raise ValueError("must be lines of `madoguchi console-user NAME`, separated by spaces")
    if len({entry.partition("=")[0] for entry in entries}) != len(entries):
        raise ValueError("names an operator twice")
    return value


def _encoder(value: str) -> str:
    if value not in ENCODERS and not (Path(value) / "model.onnx").is_file():
        raise ValueError("must be bundled, none, or a folder with model.onnx and tokenizer.json")
    return value


HttpUrl = Annotated[str, AfterValidator(_http_url)]
RedisUrl = Annotated[str, AfterValidator(_redis_url)]
BrokerUrl = Annotated[str, AfterValidator(_broker_url)]


class Settings(BaseSettings):
    """One field a variable, the variable's name in capitals; secrets do not show when printed."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, case_sensitive=False)

    line_channel_secret: Annotated[SecretStr, AfterValidator(_secrets)]
    line_channel_access_token: Annotated[SecretStr, AfterValidator(_filled)]
    secret_key: Annotated[SecretStr, AfterValidator(_secret_keys)]
    public_url: Annotated[str, AfterValidator(_public_url)]
    line_bot_user_id: Annotated[str, Field(pattern="^U[0-9a-f]{32}$")] | None = None
    line_api_url: HttpUrl = "https://api.line.me"
    line_data_api_url: HttpUrl = "https://api-data.line.me"
    redis_url: RedisUrl | None = None
    redis_cluster: bool = False
    broker_url: BrokerUrl | None = None
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    bind_address: Annotated[str, AfterValidator(_address)] = "0.0.0.0"  # noqa: S104 - platforms and containers reach it from outside
    var_dir: Path = Path("var")
    web_processes: Annotated[int, Field(ge=1, le=64)] = 2
    worker_processes: Annotated[int, Field(ge=1, le=64)] = 2
    worker_threads: Annotated[int, Field(ge=1, le=256)] = 64
    metrics_token: Annotated[SecretStr, AfterValidator(_filled)] | None = None
    console_users: Annotated[SecretStr, AfterValidator(_console_users)] | None = None
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0
    encoder: Annotated[str, AfterValidator(_encoder)] = "bundled"
    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = "INFO"

    @model_validator(mode="after")
    def _cluster_needs_a_seed_and_a_broker(self) -> "Settings":
        if not self.redis_cluster and "," in (self.redis_url or ""):
            raise ValueError("REDIS_URL: may name several nodes only where REDIS_CLUSTER=1")
        if self.redis_cluster and self.redis_url is None:
            raise ValueError("REDIS_URL: is the seed node where REDIS_CLUSTER=1, and must be set")
        if self.redis_cluster and (self.broker_url or self.redis_url or "") == self.redis_url:
            raise ValueError("BROKER_URL: must name a broker of its own where REDIS_CLUSTER=1 (amqp://…)")
        return self

    @property
    def channel_secrets(self) -> tuple[str, ...]:
        """The secrets that a signature may be made with; two while one is being changed."""
        return tuple(part.strip() for part in self.line_channel_secret.get_secret_value().split(","))

    @property
    def operators(self) -> dict[str, str]:
        """Who may use the console: password hashes by name; none where there is no console."""
        entries = self.console_users.get_secret_value().split() if self.console_users else []
        return {name: digest for name, _, digest in (entry.partition("=") for entry in entries)}

    @property
    def session_ttl(self) -> timedelta:
        """A conversation left alone can be resumed this long (design: 7 days)."""
        return timedelta(days=7)


class EncoderSettings(BaseSettings):
    """What a command reads that answers questions and needs nothing else."""

    model_config = Settings.model_config

    encoder: Annotated[str, AfterValidator(_encoder)] = "bundled"


def encoder_choice() -> str:
    """The sentence encoder of the environment; raises SettingsError if there is none of that name."""
    try:
        return EncoderSettings().encoder
    except ValidationError as error:
        raise SettingsError("; ".join(problem_of(dict(item)) for item in error.errors())) from None


def load_settings(**overrides: Any) -> Settings:
    """The settings from the environment; raises SettingsError with one line that names each bad variable."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise SettingsError("; ".join(problem_of(dict(item)) for item in error.errors())) from None


def problem_of(item: dict[str, Any]) -> str:
    """One variable and what is wrong with it; never its value, which may be a secret."""
    name = "_".join(str(part) for part in item["loc"]).upper()
    text = "is not set" if item["type"] == "missing" else str(item["msg"]).removeprefix("Value error, ")
    return f"{name}: {text}" if name else text
