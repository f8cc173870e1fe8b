"""Whether the token, the setting and the events in Redis belong to one and the same bot."""

from bot.delivery.channel_access import ChannelAccess
from bot.errors import SettingsError
from bot.line.client import LineClient
from bot.store.bot_identity import BotIdentityStore

OTHER_TOKEN = "LINE_CHANNEL_ACCESS_TOKEN: is the token of another bot than LINE_BOT_USER_ID"  # noqa: S105 - a sentence
OTHER_STORE = (
    "REDIS_URL: keeps the events of another bot than that of LINE_CHANNEL_ACCESS_TOKEN; "
    "if the bot has really changed: madoguchi channel --adopt"
)


class BotIdentity:
    """What a worker asks before it answers anybody: a wrong token would write to people through another bot."""

    def __init__(
        self, client: LineClient, store: BotIdentityStore, configured: str | None, access: ChannelAccess | None = None
    ) -> None:
        self._client = client
        self._store = store
        self._configured = configured
        self._access = access or ChannelAccess()
        self._bot_id = ""  # once LINE has said it

    def verify(self) -> bool:
        """False where LINE does not say now; SettingsError where they do not fit, StoreUnavailableError likewise.

        Ask LINE until it has answered once, and again while it refuses the token; Redis always, for it may be emptied.
        """
        if self._bot_id and not self._access.closed:
            return self._claimed(self._bot_id)
        outcome, bot_id = self._client.bot_id()
        if bot_id:
            self._claimed(bot_id)
            self._bot_id = bot_id
        self._access.observe(outcome, about_token=True)
        return bool(bot_id)

    def _claimed(self, bot_id: str) -> bool:
        if self._configured not in (None, bot_id):
            raise SettingsError(OTHER_TOKEN)
        if self._store.claim(bot_id) != bot_id:
            raise SettingsError(OTHER_STORE)
        return True
