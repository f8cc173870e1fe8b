"""All settings of a process, read from the environment once, checked at the start, and passed down."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.domain.desk_hours import DeskHours
from bot.errors import SettingsError
from bot.runtime import setting_values as values
from bot.runtime.limits import LIMITS, Limits

Role = Literal["viewer", "editor", "publisher", "administrator"]  # each may do what those before it may do


class SettingProblem(NamedTuple):
    """An error in one variable. It never holds the value, which may be a secret.

    `code` is the key for translations: one that `setting_values.wrong` is given, or one of pydantic's own.
    """

    name: str
    code: str
    text: str
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


HttpUrl = Annotated[str, AfterValidator(values.http_url)]
RedisUrl = Annotated[str, AfterValidator(values.redis_url)]
BrokerUrl = Annotated[str, AfterValidator(values.broker_url)]


class _Environment(EnvSettingsSource):
    """The environment, without the field that it must not set."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return (None, field_name, False) if field_name == "limits" else super().get_field_value(field, field_name)


class Settings(BaseSettings):
    """The settings; the variable of a field has its name in capitals. Secrets are hidden when printed."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, case_sensitive=False)

    line_channel_secret: Annotated[SecretStr, AfterValidator(values.secrets)]
    line_channel_access_token: Annotated[SecretStr, AfterValidator(values.filled)]
    secret_key: Annotated[SecretStr, AfterValidator(values.secret_keys)]
    public_url: Annotated[str, AfterValidator(values.public_url)]
    line_bot_user_id: Annotated[str, Field(pattern="^U[0-9a-f]{32}$")] | None = None
    line_api_url: HttpUrl = "https://api.line.me"
    line_data_api_url: HttpUrl = "https://api-data.line.me"
    redis_url: RedisUrl | None = None
    redis_cluster: bool = False
    broker_url: BrokerUrl | None = None
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    bind_address: Annotated[str, AfterValidator(values.address)] = "0.0.0.0"  # noqa: S104 - in a container it must be reachable from outside
    var_dir: Path = Path("var")
    web_processes: Annotated[int, Field(ge=1, le=64)] = 2
    worker_processes: Annotated[int, Field(ge=1, le=64)] = 2
    worker_threads: Annotated[int, Field(ge=1, le=256)] = 64
    metrics_token: Annotated[SecretStr, AfterValidator(values.filled)] | None = None
    console_users: Annotated[SecretStr, AfterValidator(values.console_users)] | None = None
    console_roles: Annotated[str, AfterValidator(values.console_roles)] | None = None
    console_totp: Annotated[SecretStr, AfterValidator(values.console_totp)] | None = None
    content_approval: bool = False  # another operator than the authors of the drafts publishes them
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0
    desk_chat: bool = False
    desk_hours: Annotated[str, AfterValidator(values.desk_hours)] = "9:30-16:30"
    notify_urls: SecretStr = SecretStr("")
    testers: Annotated[str, AfterValidator(values.testers), Field(repr=False)] = ""  # LINE IDs
    encoder: Annotated[str, AfterValidator(values.encoder)] = "bundled"
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
                raise values.wrong(
                    "no_totp",
                    "must have an entry of every publisher and administrator of CONSOLE_ROLES",
                    name="CONSOLE_TOTP",
                )
        return self

    @model_validator(mode="after")
    def _cluster_needs_a_seed_and_a_broker(self) -> "Settings":
        if not self.redis_cluster and "," in (self.redis_url or ""):
            raise values.wrong("several_nodes", "may name several nodes only if REDIS_CLUSTER=1", name="REDIS_URL")
        if self.redis_cluster and self.redis_url is None:
            raise values.wrong("no_seed", "is the seed node if REDIS_CLUSTER=1, and must be set", name="REDIS_URL")
        if self.redis_cluster and (self.broker_url or self.redis_url or "") == self.redis_url:
            raise values.wrong(
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

    encoder: Annotated[str, AfterValidator(values.encoder)] = "bundled"


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
