"""Who gets what: the parts of each process, put together from the settings."""

from bot.line.signature import Signature
from bot.settings import Settings
from bot.store.bell import Bell
from bot.store.broker import make_broker
from bot.store.connection import connect
from bot.store.inbox import Inbox
from bot.store.keys import Pseudonyms
from bot.store.sealing import Seal


class Front:
    """What the web process needs to take events in; it never calls LINE and never runs a flow."""

    def __init__(self, settings: Settings) -> None:
        secret = settings.secret_key.get_secret_value()
        self.settings = settings
        self.redis = connect(settings)
        self.signature = Signature(settings.channel_secrets)
        self.pseudonyms = Pseudonyms(secret)
        self.seal = Seal(secret)
        self.inbox = Inbox(self.redis)
        self.broker = make_broker(settings, self.redis)
        self.bell = Bell(self.broker)
