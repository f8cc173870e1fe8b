"""Checks of the values of single settings. Each returns the value or raises an error that never repeats it."""

import re
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pydantic import SecretStr
from pydantic_core import PydanticCustomError

from bot.domain.desk_hours import DeskHours

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
_CONSOLE_TOTP = re.compile(OPERATOR_NAME + r"=[A-Z2-7]{32}(?:[A-Z2-7]{8})*")  # base 32 of 20 bytes or more
_CONSOLE_ROLE = re.compile(OPERATOR_NAME + r"=(?:viewer|editor|publisher|administrator)")
# at most 64 MB, because each login takes that much
_CONSOLE_USER = re.compile(
    OPERATOR_NAME + r"=scrypt:(?:16384|32768|65536):8:[1-4][.$][A-Za-z0-9]{8,64}[.$][0-9a-f]{128}"
)

_TESTER = re.compile(r"[2-9A-HJKMNP-Z]{10}|U[0-9a-f]{32}")


def wrong(code: str, text: str, options: Sequence[str] = (), *, name: str = "") -> PydanticCustomError:
    """Make the error of a validator; `name` is the variable if pydantic cannot know it."""
    context = {"options": ", ".join(options), "name": name}
    return PydanticCustomError(code, text, context)


def _scheme(value: str, allowed: tuple[str, ...]) -> str:
    """Check scheme and host of a URL. Errors never repeat the value, because it may hold a password."""
    if any(char.isspace() or not char.isprintable() for char in value):
        raise wrong("spaces", "must not contain spaces")
    parts = _parts(value)
    if parts.scheme not in allowed or not value.lower().startswith(f"{parts.scheme}://"):
        raise wrong("scheme", "must start with {options}", [f"{scheme}://" for scheme in allowed])
    if parts.scheme == "unix":
        return _with_path(value)
    if not parts.hostname:
        raise wrong("no_host", "has no host")
    _port_of(value)
    return value


def _parts(value: str) -> SplitResult:
    """Split a URL. The message of urlsplit is dropped, because it repeats a host that may be a password."""
    try:
        return urlsplit(value)
    except ValueError:
        raise wrong("no_url", "is not a URL") from None


def redis_url(value: str) -> str:
    """Check one address, or the seed nodes of a cluster, separated by commas."""
    for one in value.split(","):
        _redis_parameters(_scheme(one, REDIS_SCHEMES))
    return value


def broker_url(value: str) -> str:
    _scheme(value, BROKER_SCHEMES)
    return _amqp_parameters(value) if value.startswith("amqp") else _redis_parameters(value)


def _redis_parameters(value: str) -> str:
    """Check the parameters after `?`, because redis-py fails late on an unknown one and repeats it."""
    parts = _parts(value)
    known = REDIS_PARAMETERS | TLS_PARAMETERS if parts.scheme == "rediss" else REDIS_PARAMETERS
    names = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if names & TLS_PARAMETERS - known:
        raise wrong("tls_parameter", "has a parameter for TLS: it must start with rediss://")
    if names - known:
        raise wrong("parameter", "has a parameter that is not one of {options}", sorted(known))
    from redis.connection import ConnectionPool  # noqa: PLC0415 - many commands use no Redis

    try:
        ConnectionPool.from_url(value).make_connection()  # does not connect yet
    except Exception:  # noqa: BLE001 - redis-py raises many kinds of errors here
        raise wrong("parameter_value", "has a parameter whose value cannot be used") from None
    return value


def _amqp_parameters(value: str) -> str:
    from pika import URLParameters  # noqa: PLC0415 - loaded only if it is used

    try:
        URLParameters(value)
    except Exception:  # noqa: BLE001 - pika passes on the errors of what it calls
        raise wrong("amqp_parameter", "has a parameter or a value that cannot be used") from None
    return value


def _with_path(value: str) -> str:
    if not _parts(value).path:
        raise wrong("no_path", "has no path")
    return value


def _port_of(value: str) -> int | None:
    try:
        return _parts(value).port
    except ValueError:
        raise wrong("url_port", "has a port that is not a number from 0 to 65535") from None


def http_url(value: str) -> str:
    return _scheme(value, ("http", "https")).rstrip("/")


def public_url(value: str) -> str:
    """Require https, as LINE does. Allow http only for a trial on one machine."""
    parts = _parts(http_url(value))
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise wrong("scheme", "must start with {options}", ["https://"])
    return value.rstrip("/")


def secrets(value: SecretStr) -> SecretStr:
    parts = [part.strip() for part in value.get_secret_value().split(",")]
    if not 1 <= len(parts) <= 2 or not all(parts):
        raise wrong("secrets", "must be one secret, or two separated by a comma")
    return value


def secret_keys(value: SecretStr) -> SecretStr:
    """Allow up to three keys while the key is changed: the first one encrypts, all of them decrypt."""
    keys = value.get_secret_value().split(",")
    for key in keys:
        _long_enough(key)
    if len(keys) > SECRET_KEYS_AT_MOST or len(set(keys)) != len(keys):
        raise wrong("keys", "must be one key, or up to three different ones separated by commas")
    return value


def _long_enough(text: str) -> None:
    """Refuse short keys, and commands or comments that were copied from a manual without a shell."""
    if any(char.isspace() or char in "`#" for char in text) or "$(" in text:
        raise wrong(
            "key_is_command",
            "must be the output of a command like openssl rand -hex 32: no command, no space, no # in it",
        )
    if len(text) < 32:
        raise wrong("short_key", "must be at least 32 characters, for example from: openssl rand -hex 32")


def address(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        raise wrong(
            "address", "must be an IP address, for example 127.0.0.1 behind a proxy of the same machine"
        ) from None


def console_totp(value: SecretStr) -> SecretStr:
    """Check the secrets of the second factor. Errors never repeat one."""
    entries = value.get_secret_value().split()
    if not entries or not all(_CONSOLE_TOTP.fullmatch(entry) for entry in entries):
        raise wrong("totp", "must be lines of `madoguchi console-user --totp NAME`, separated by spaces")
    _refuse_twice(entries)
    return value


def console_roles(value: str) -> str:
    """Check the roles: `NAME=ROLE` for some or all operators."""
    entries = value.split()
    if not entries or not all(_CONSOLE_ROLE.fullmatch(entry) for entry in entries):
        raise wrong("roles", "must be NAME=viewer, editor, publisher or administrator, separated by spaces")
    _refuse_twice(entries)
    return value


def filled(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise wrong("not_ascii", "must be printable ASCII without spaces")
    return value


def console_users(value: SecretStr) -> SecretStr:
    """Check the operators. Errors never repeat an entry, because it holds a password's hash."""
    entries = value.get_secret_value().split()
    if not entries or not all(_CONSOLE_USER.fullmatch(entry) for entry in entries):
        raise wrong("operators", "must be lines of `madoguchi console-user NAME`, separated by spaces")
    _refuse_twice(entries)
    return value


def _refuse_twice(entries: Sequence[str]) -> None:
    """Refuse two entries of one operator: it would not be plain which of them is in effect."""
    if len({entry.partition("=")[0] for entry in entries}) != len(entries):
        raise wrong("operator_twice", "names an operator twice")


def encoder(value: str) -> str:
    if value not in ENCODERS and not (Path(value) / "model.onnx").is_file():
        raise wrong("encoder", "must be bundled, none, or a folder with model.onnx and tokenizer.json")
    return value


def desk_hours(value: str) -> str:
    """Check the hours in which people answer."""
    try:
        DeskHours.parse(value)
    except ValueError:
        raise wrong("desk_hours", "must be two times such as 9:30-16:30") from None
    return value


def testers(value: str) -> str:
    """Check the numbers and user IDs. Errors never repeat one, because an ID is a person's."""
    if not all(_TESTER.fullmatch(entry) for entry in value.split()):
        raise wrong("testers", "must be numbers from the closed answer, or LINE user IDs, separated by spaces")
    return value
