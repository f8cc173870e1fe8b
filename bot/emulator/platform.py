"""The platform put together, without any HTTP: the parts that the two APIs work on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.emulator.clock import Clock
from bot.emulator.control import Control
from bot.emulator.events import Events
from bot.emulator.group_acts import GroupActs
from bot.emulator.phone import Phone
from bot.emulator.rate_limits import RateLimits
from bot.emulator.records import Records
from bot.emulator.rich_menu_store import RichMenus
from bot.emulator.sending import Sending
from bot.emulator.taps import Taps
from bot.emulator.tokens import ReplyTokens
from bot.emulator.webhooks import Webhooks
from bot.emulator.world import World

Inspector = Callable[[str], dict[str, Any] | None]
Gallery = Callable[[], list[dict[str, Any]]]


@dataclass
class Platform:
    """One channel of LINE, its people and its troubles."""

    token: str
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
    offline: bool = True
