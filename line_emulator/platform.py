"""The platform without HTTP: the parts that both APIs work on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from line_emulator.access_tokens import AccessTokens
from line_emulator.chats import Json
from line_emulator.clock import Clock
from line_emulator.errors import Enforcer
from line_emulator.events import Events
from line_emulator.faults import Control
from line_emulator.group_actions import GroupActs
from line_emulator.link_tokens import LinkTokens
from line_emulator.phone import Phone
from line_emulator.rate_limits import RateLimits
from line_emulator.records import Records
from line_emulator.rich_menu_store import RichMenus
from line_emulator.sending import Sending
from line_emulator.taps import Taps
from line_emulator.tokens import ReplyTokens
from line_emulator.webhooks import Webhooks
from line_emulator.world import World

Inspector = Callable[[str], dict[str, Any] | None]
Gallery = Callable[[], list[dict[str, Any]]]
OnAdvance = Callable[[int], None]


@dataclass
class Platform:
    """One channel of LINE, its users, and its faults."""

    channel_id: str
    access: AccessTokens
    link_tokens: LinkTokens
    enforcer: Enforcer
    world: World
    clock: Clock
    control: Control
    records: Records
    tokens: ReplyTokens
    sending: Sending
    menus: RichMenus
    rates: RateLimits
    events: Events
    webhooks: Webhooks
    phone: Phone
    groups: GroupActs
    taps: Taps
    inspect_session: Inspector | None = None
    gallery: Gallery | None = None
    on_advance: OnAdvance | None = None
    offline: bool = True
    heartbeat: float = 15.0  # seconds between signs of life on a quiet stream of changes
    picture_hosts: Mapping[str, int] = field(default_factory=dict)
    audiences: dict[int, Json] = field(default_factory=dict)
    narrowcasts: dict[str, Json] = field(default_factory=dict)

    def advance(self, seconds: float) -> None:
        """Put the clock forward, and report its new time in milliseconds to `on_advance`."""
        self.clock.advance(seconds)
        if self.on_advance:
            self.on_advance(self.clock.ms())

    def reset(self) -> None:
        """Forget users, groups, chats, menus, tokens and records, and take back all switches and moved time."""
        with self.world.feed.lock:
            self.clock.reset()
            self.world.clear()
            self.menus.clear()
            self.tokens.clear()
            self.access.clear()
            self.link_tokens.clear()
            self.sending.clear()
            self.rates.reset()
            self.control.reset()
            self.webhooks.drop_held()
            self.records.clear()
            self.audiences.clear()
            self.narrowcasts.clear()

    def issued_tokens(self) -> list[str]:
        """Return the reply, quote and mark-as-read tokens."""
        with self.world.feed.lock:
            return [*self.tokens.issued(), *self.world.quotes, *self.world.read_tokens]
