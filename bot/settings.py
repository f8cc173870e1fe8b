"""All settings of a process, read from the environment once, checked at the start, and passed down."""

import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.domain.desk_hours import DeskHours
from bot.errors import SettingsError
from bot.runtime.limits import LIMITS, Limits

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
Role = Literal["viewer", "editor", "publisher", "administrator"]  # each may do what those before it may do
_CONSOLE_TOTP = re.compile(OPERATOR_NAME + r"=[A-Z2-7]{32}(?:[A-Z2-7]{8})*")  # base 32 of 20 bytes or more
_CONSOLE_ROLE = re.compile(OPERATOR_NAME + r"=(?:viewer|editor|publisher|administrator)")
# at most 64 MB, because each login takes that much
_CONSOLE_USER = re.compile(
    OPERATOR_NAME + r"=scrypt:(?:16384|32768|65536):8:[1-4][.$][A-Za-z0-9]{8,64}[.$][0-9a-f]{128}"
)

_TESTER = re.compile(r"[2-9A-HJKMNP-Z]{10}|U[0-9a-f]{32}")


class SettingProblem(NamedTuple):
    """An error in one variable. It never holds the value, which may be a secret.

    `code` is the key for translations: one that `_wrong` is given below, or one of pydantic's own.
    """

    name: str
    code: str
    text: str
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


def _wrong(code: str, text: str, options: Sequence[str] = (), *, name: str = "") -> PydanticCustomError:
    """Make the error of a validator; `name` is the variable if pydantic cannot know it."""
    context = {"options": ", ".join(options), "name": name}
    return PydanticCustomError(code, text, context)


def _scheme(value: str, allowed: tuple[str, ...]) -> str:
    """Check scheme and host of a URL. Errors never repeat the value, because it may hold a password."""
    if any(char.isspace() or not char.isprintable() for char in value):
        raise _wrong("spaces", "must not contain spaces")
    parts = _parts(value)
    if parts.scheme not in allowed or not value.lower().startswith(f"{parts.scheme}://"):
        raise _wrong("scheme", "must start with {options}", [f"{scheme}://" for scheme in allowed])
    if parts.scheme == "unix":
        return _with_path(value)
    if not parts.hostname:
        raise _wrong("no_host", "has no host")
    _port_of(value)
    return value


def _parts(value: str) -> SplitResult:
    """Split a URL. The message of urlsplit is dropped, because it repeats a host that may be a password."""
    try:
        return urlsplit(value)
    except ValueError:
        raise _wrong("no_url", "is not a URL") from None


def _redis_url(value: str) -> str:
    """Check one address, or the seed nodes of a cluster, separated by commas."""
    for one in value.split(","):
        _redis_parameters(_scheme(one, REDIS_SCHEMES))
    return value


def _broker_url(value: str) -> str:
    _scheme(value, BROKER_SCHEMES)
    return _amqp_parameters(value) if value.startswith("amqp") else _redis_parameters(value)


def _redis_parameters(value: str) -> str:
    """Check the parameters after `?`, because redis-py fails late on an unknown one and repeats it."""
    parts = _parts(value)
    known = REDIS_PARAMETERS | TLS_PARAMETERS if parts.scheme == "rediss" else REDIS_PARAMETERS
    names = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if names & TLS_PARAMETERS - known:
        raise _wrong("tls_parameter", "has a parameter for TLS: it must start with rediss://")
    if names - known:
        raise _wrong("parameter", "has a parameter that is not one of {options}", sorted(known))
    from redis.connection import ConnectionPool  # noqa: PLC0415 - many commands use no Redis

    try:
        ConnectionPool.from_url(value).make_connection()  # does not connect yet
    except Exception:  # noqa: BLE001 - redis-py raises many kinds of errors here
        raise _wrong("parameter_value", "has a parameter whose value cannot be used") from None
    return value


def _amqp_parameters(value: str) -> str:
    from pika import URLParameters  # noqa: PLC0415 - loaded only if it is used

    try:
        URLParameters(value)
    except Exception:  # noqa: BLE001 - pika passes on the errors of what it calls
        raise _wrong("amqp_parameter", "has a parameter or a value that cannot be used") from None
    return value


def _with_path(value: str) -> str:
    if not _parts(value).path:
        raise _wrong("no_path", "has no path")
    return value


def _port_of(value: str) -> int | None:
    try:
        return _parts(value).port
    except ValueError:
        raise _wrong("url_port", "has a port that is not a number from 0 to 65535") from None


def _http_url(value: str) -> str:
    return _scheme(value, ("http", "https")).rstrip("/")


def _public_url(value: str) -> str:
    """Require https, as LINE does. Allow http only for a trial on one machine."""
    parts = _parts(_http_url(value))
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise _wrong("scheme", "must start with {options}", ["https://"])
    return value.rstrip("/")


def _secrets(value: SecretStr) -> SecretStr:
    parts = [part.strip() for part in value.get_secret_value().split(",")]
    if not 1 <= len(parts) <= 2 or not all(parts):
        raise _wrong("secrets", "must be one secret, or two separated by a comma")
    return value


def _secret_keys(value: SecretStr) -> SecretStr:
    """Allow up to three keys while the key is changed: the first one encrypts, all of them decrypt."""
    keys = value.get_secret_value().split(",")
    for key in keys:
        _long_enough(key)
    if len(keys) > SECRET_KEYS_AT_MOST or len(set(keys)) != len(keys):
        raise _wrong("keys", "must be one key, or up to three different ones separated by commas")
    return value


def _long_enough(text: str) -> None:
    """Refuse short keys, and commands or comments that were copied from a manual without a shell."""
    if any(char.isspace() or char in "`#" for char in text) or "$(" in text:
        raise _wrong(
            "key_is_command",
            "must be the output of a command like openssl rand -hex 32: no command, no space, no # in it",
        )
    if len(text) < 32:
        raise _wrong("short_key", "must be at least 32 characters, for example from: openssl rand -hex 32")


def _address(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        raise _wrong(
            "address", "must be an IP address, for example 127.0.0.1 behind a proxy of the same machine"
        ) from None


def _console_totp(value: SecretStr) -> SecretStr:
    """Check the secrets of the second factor. Errors never repeat one."""
    entries = value.get_secret_value().split()
    if not entries or not all(_CONSOLE_TOTP.fullmatch(entry) for entry in entries):
        raise _wrong("totp", "must be lines of `madoguchi console-user --totp NAME`, separated by spaces")
    return value


def _console_roles(value: str) -> str:
    """Check the roles: `NAME=ROLE` for some or all operators."""
    entries = value.split()
    if not entries or not all(_CONSOLE_ROLE.fullmatch(entry) for entry in entries):
        raise _wrong("roles", "must be NAME=viewer, editor, publisher or administrator, separated by spaces")
    return value


def _filled(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise _wrong("not_ascii", "must be printable ASCII without spaces")
    return value


def _console_users(value: SecretStr) -> SecretStr:
    """Check the operators. Errors never repeat an entry, because it holds a password's hash."""
    entries = value.get_secret_value().split()
    if not entries or not all(_CONSOLE_USER.fullmatch(entry) for entry in entries):
        raise _wrong("operators", "must be lines of `madoguchi console-user NAME`, separated by spaces")
    if len({entry.partition("=")[0] for entry in entries}) != len(entries):
        raise _wrong("operator_twice", "names an operator twice")
    return value


def _encoder(value: str) -> str:
    if value not in ENCODERS and not (Path(value) / "model.onnx").is_file():
        raise _wrong("encoder", "must be bundled, none, or a folder with model.onnx and tokenizer.json")
    return value


HttpUrl = Annotated[str, AfterValidator(_http_url)]
RedisUrl = Annotated[str, AfterValidator(_redis_url)]
BrokerUrl = Annotated[str, AfterValidator(_broker_url)]


def _desk_hours(value: str) -> str:
    """Check the hours in which people answer."""
    try:
        DeskHours.parse(value)
    except ValueError:
        raise _wrong("desk_hours", "must be two times such as 9:30-16:30") from None
    return value


def _testers(value: str) -> str:
    """Check the numbers and user IDs. Errors never repeat one, because an ID is a person's."""
    if not all(_TESTER.fullmatch(entry) for entry in value.split()):
        raise _wrong("testers", "must be numbers from the closed answer, or LINE user IDs, separated by spaces")
    return value


class _Environment(EnvSettingsSource):
    """The environment, without the field that it must not set."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return (None, field_name, False) if field_name == "limits" else super().get_field_value(field, field_name)


class Settings(BaseSettings):
    """The settings; the variable of a field has its name in capitals. Secrets are hidden when printed."""

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
    bind_address: Annotated[str, AfterValidator(_address)] = "0.0.0.0"  # noqa: S104 - in a container it must be reachable from outside
    var_dir: Path = Path("var")
    web_processes: Annotated[int, Field(ge=1, le=64)] = 2
    worker_processes: Annotated[int, Field(ge=1, le=64)] = 2
    worker_threads: Annotated[int, Field(ge=1, le=256)] = 64
    metrics_token: Annotated[SecretStr, AfterValidator(_filled)] | None = None
    console_users: Annotated[SecretStr, AfterValidator(_console_users)] | None = None
    console_roles: Annotated[str, AfterValidator(_console_roles)] | None = None
    console_totp: Annotated[SecretStr, AfterValidator(_console_totp)] | None = None
    content_approval: bool = False  # another operator than the authors of the drafts publishes them
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0
    desk_chat: bool = False
    desk_hours: Annotated[str, AfterValidator(_desk_hours)] = "9:30-16:30"
    notify_urls: SecretStr = SecretStr("")
    testers: Annotated[str, AfterValidator(_testers), Field(repr=False)] = ""  # LINE IDs
    encoder: Annotated[str, AfterValidator(_encoder)] = "bundled"
    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = "INFO"
    limits: Limits = LIMITS  # not from the environment

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment only; `LIMITS` in it is not a setting."""
        del env_settings, dotenv_settings, file_secret_settings
        return init_settings, _Environment(settings_cls)

    @model_validator(mode="after")
    def _who_publishes_has_a_second_factor(self) -> "Settings":
        if self.console_roles:
            strong = [name for name in self.operators if self.role_of(name) in ("publisher", "administrator")]
            if any(name not in self.totp_secrets for name in strong):
                raise _wrong(
                    "no_totp",
                    "must have an entry of every publisher and administrator of CONSOLE_ROLES",
                    name="CONSOLE_TOTP",
                )
        return self

    @model_validator(mode="after")
    def _cluster_needs_a_seed_and_a_broker(self) -> "Settings":
        if not self.redis_cluster and "," in (self.redis_url or ""):
            raise _wrong("several_nodes", "may name several nodes only if REDIS_CLUSTER=1", name="REDIS_URL")
        if self.redis_cluster and self.redis_url is None:
            raise _wrong("no_seed", "is the seed node if REDIS_CLUSTER=1, and must be set", name="REDIS_URL")
        if self.redis_cluster and (self.broker_url or self.redis_url or "") == self.redis_url:
            raise _wrong(
                "cluster_broker", "must name a broker of its own if REDIS_CLUSTER=1 (amqp://…)", name="BROKER_URL"
            )
        return self

    @property
    def channel_secrets(self) -> tuple[str, ...]:
        """The secrets that a signature may be made with; two while the secret is changed."""
        return tuple(part.strip() for part in self.line_channel_secret.get_secret_value().split(","))

    @property
    def desk(self) -> DeskHours | None:
        """The hours in which people answer in LINE's manager. None if only the bot answers."""
        return DeskHours.parse(self.desk_hours) if self.desk_chat else None

    @property
    def operators(self) -> dict[str, str]:
        """Password hashes by the name of the operator; empty if there is no console."""
        entries = self.console_users.get_secret_value().split() if self.console_users else []
        return {name: digest for name, _, digest in (entry.partition("=") for entry in entries)}

    @property
    def totp_secrets(self) -> dict[str, str]:
        """Secrets of the second factor, in base 32, by the name of the operator."""
        entries = self.console_totp.get_secret_value().split() if self.console_totp else []
        return {name: secret for name, _, secret in (entry.partition("=") for entry in entries)}

    def role_of(self, operator: str) -> Role:
        """Return an operator's role: administrator without CONSOLE_ROLES, viewer if the operator is not named in it."""
        if self.console_roles is None:
            return "administrator"
        roles = dict(entry.split("=") for entry in self.console_roles.split())
        return next((role for role in get_args(Role) if role == roles.get(operator)), "viewer")


class EncoderSettings(BaseSettings):
    """The only setting of a command that answers questions."""

    model_config = Settings.model_config

    encoder: Annotated[str, AfterValidator(_encoder)] = "bundled"


def encoder_choice() -> str:
    """Return the sentence encoder of the environment. Raise SettingsError if there is none of that name."""
    try:
        return EncoderSettings().encoder
    except ValidationError as error:
        raise SettingsError("; ".join(str(problem_of(item)) for item in error.errors())) from None


def load_settings(**overrides: Any) -> Settings:
    """Return the settings from the environment. Raise SettingsError with one line that names each bad variable."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise SettingsError("; ".join(str(problem_of(item)) for item in error.errors())) from None


def problem_of(item: Mapping[str, Any]) -> SettingProblem:
    """Return the problem in one of pydantic's errors, without the value."""
    context = item.get("ctx", {})
    name = "_".join(str(part) for part in item["loc"]).upper() or str(context.get("name", ""))
    text = "is not set" if item["type"] == "missing" else str(item["msg"])
    options = str(context.get("options", ""))
    return SettingProblem(name, item["type"], text, tuple(options.split(", ")) if options else ())
