"""Verifies that the access token, the setting and the events in Redis belong to the same bot."""

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
    """The check that the access token belongs to the bot whose data this Redis holds.

    A worker must not send before `verify` has succeeded, because a wrong token writes to people through another bot.
    """

    def __init__(
        self, client: LineClient, store: BotIdentityStore, configured: str | None, access: ChannelAccess | None = None
    ) -> None:
        self._client = client
        self._store = store
        self._configured = configured
        self._access = access or ChannelAccess()
        self._bot_id = ""  # empty until LINE has reported it

    def verify(self) -> bool:
        """Return True if they belong together, False if LINE does not answer now.

        Raise SettingsError if they do not, StoreUnavailableError if Redis is down. LINE is asked until it has answered
        once, and again while it refuses the token. Redis is asked each time, because it may have been emptied.
        """
        if self._bot_id:
            self._claimed(self._bot_id)  # also while LINE refuses the token: web compares with what stands in Redis
            if not self._access.closed:
                return True
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
