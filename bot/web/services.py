"""The composition root of the web process: builds every part from the settings and connects them."""

from flask import current_app

from bot.line.signature import Signature
from bot.runtime.build import bot_version
from bot.settings import Settings
from bot.store.bot_identity import BotIdentityStore
from bot.store.encryption import Encryptor
from bot.store.heartbeats import Heartbeat
from bot.store.keys import Pseudonyms
from bot.store.metrics import RedisMetricsSink
from bot.store.queue.inbox import Inbox
from bot.store.redis.connection import WEB_CONNECTIONS, connect
from bot.store.secret_keys import SecretKeys
from bot.store.trail import Trail
from bot.store.wakeups.broker import make_broker, on_the_same_server
from bot.store.wakeups.notifier import WakeupNotifier
from bot.web.body_budget import BodyBudget
from bot.web.concurrency_limit import ConcurrencyLimit
from bot.web.content_version import WebContent
from bot.web.destination import Destination
from bot.web.key_guard import KeyGuard
from bot.web.log_limit import LogLimit

LOGIN_LOG_SECONDS = 60.0  # between two log lines about rejected logins
CONCURRENT_REQUESTS = 16  # requests that use Redis at the same time, per process


class WebServices:
    """The parts of the web process. It accepts events, but never calls LINE and never runs a flow."""

    def __init__(self, settings: Settings) -> None:
        secret = settings.secret_key.get_secret_value()
        self.settings = settings
        self.redis = connect(settings, WEB_CONNECTIONS)
        self.metrics = RedisMetricsSink(self.redis)
        self.heartbeat = Heartbeat(self.redis, "web", bot_version(), settings.limits)
        self.signature = Signature(settings.channel_secrets)
        self.key_guard = KeyGuard(SecretKeys(self.redis, secret), settings.limits)
        self.trail = Trail(self.redis, self.key_guard.pseudonyms)
        self.encryptor = Encryptor(secret)
        self.destination = Destination(BotIdentityStore(self.redis), settings.line_bot_user_id, settings.limits)
        self.broker = make_broker(settings, self.redis)
        self.wakeups = WakeupNotifier(self.broker)
        self.inbox = Inbox(self.redis, on_the_same_server(self.broker, self.redis), settings.limits.inbox_grace_ms)
        self.concurrency_limit = ConcurrencyLimit(CONCURRENT_REQUESTS)
        self.body_budget = BodyBudget()
        self.content = WebContent(self.redis, settings.limits)
        self.login_log_limit = LogLimit(LOGIN_LOG_SECONDS)

    @property
    def pseudonyms(self) -> Pseudonyms:
        """Raise StoreUnavailableError if Redis is in use with another SECRET_KEY, or has never answered."""
        return self.key_guard.pseudonyms()


def current_services() -> WebServices:
    """Return the services of the application that handles the current request."""
    services: WebServices = current_app.extensions["services"]
    return services
