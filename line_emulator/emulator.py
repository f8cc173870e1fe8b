"""The emulator: a LINE Platform on this machine, driven from Python or over HTTP."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Literal, Self

from line_emulator.access_tokens import AccessTokens
from line_emulator.chats import Entry, Json
from line_emulator.clock import Clock
from line_emulator.errors import Enforcer
from line_emulator.events import Events
from line_emulator.faults import Control, FaultSwitches
from line_emulator.group_actions import GroupActs
from line_emulator.http import build_app
from line_emulator.http_server import Server
from line_emulator.link_tokens import LinkTokens
from line_emulator.phone import ActionResult, Phone
from line_emulator.platform import Gallery, Inspector, OnAdvance, Platform
from line_emulator.rate_limits import RateLimits
from line_emulator.records import Call, Delivery, Records
from line_emulator.retry_keys import RetryKeys
from line_emulator.rich_menu_store import RichMenus
from line_emulator.sending import Sending
from line_emulator.taps import Tap, Taps
from line_emulator.tokens import ReplyTokens
from line_emulator.transcripts import conversation, story
from line_emulator.webhooks import ANSWER_WITHIN, Webhooks
from line_emulator.world import BotAccount, World

PAUSES = (1.0, 3.0, 10.0, 30.0, 60.0)
BOT_ID = "U" + "0" * 32  # the same at every start: a bot remembers whose events it keeps


class Emulator:
    """One channel whose webhooks go to `bot_url`; `start` returns the URL for both of LINE's API hosts.

    It refuses what LINE refuses. With `strict` it refuses more: what LINE takes although it is hardly meant.
    `on_advance` is called with the time (ms) to which the clock was put forward, so that the bot's may follow.
    `picture_hosts` are hosts in the bot's https URLs that stand for a port of this machine: their pictures are shown.
    """

    def __init__(
        self,
        bot_url: str,
        channel_secret: str,
        *,
        token: str = "emulator-token",  # noqa: S107 - a stand-in that protects nothing
        reply_token_life: float = 60.0,
        host: str = "127.0.0.1",
        bot_name: str = "Bot",
        basic_id: str = "@bot",
        bot_id: str = BOT_ID,
        channel_id: str = "1234567890",
        mark_as_read: Literal["auto", "manual"] = "auto",
        gives_up_after: float = 10.0,
        answers_within: float = ANSWER_WITHIN,
        redelivery: bool = False,
        redelivery_pauses: Sequence[float] = PAUSES,
        keep: int = 1000,
        offline: bool = True,
        heartbeat: float = 15.0,
        inspect_session: Inspector | None = None,
        gallery: Gallery | None = None,
        on_advance: OnAdvance | None = None,
        strict: bool = False,
        picture_hosts: Mapping[str, int] | None = None,
    ) -> None:
        clock = Clock()
        world = World(BotAccount(bot_name, basic_id, bot_id, mark_as_read), clock)
        control = Control(FaultSwitches(token_life=reply_token_life, redelivery=redelivery))
        records, tokens = Records(world.feed, keep), ReplyTokens(clock)
        webhooks = Webhooks(
            world=world,
            tokens=tokens,
            control=control,
            records=records,
            url=bot_url,
            secret=channel_secret,
            gives_up_after=gives_up_after,
            answers_within=answers_within,
            pauses=redelivery_pauses,
        )
        events, menus = Events(world, tokens, control), RichMenus(world)
        phone = Phone(world, events, webhooks)
        self.host, enforcer = host, Enforcer(strict)
        self.platform = Platform(
            channel_id=channel_id,
            access=AccessTokens(clock, token),
            link_tokens=LinkTokens(clock),
            enforcer=enforcer,
            world=world,
            clock=clock,
            control=control,
            records=records,
            tokens=tokens,
            sending=Sending(world, tokens, RetryKeys(clock), control, enforcer),
            menus=menus,
            rates=RateLimits(clock),
            events=events,
            webhooks=webhooks,
            phone=phone,
            groups=GroupActs(world, events, webhooks),
            taps=Taps(world, phone, menus),
            inspect_session=inspect_session,
            gallery=gallery,
            on_advance=on_advance,
            offline=offline,
            picture_hosts=picture_hosts or {},
            heartbeat=heartbeat,
        )
        self._server: Server | None = None

    # The server

    def start(self, port: int = 0) -> str:
        """Listen, and return the URL that replaces api.line.me and api-data.line.me."""
        app = build_app(self.platform, host=self.host)
        self._server = Server(app, self.platform.clock, host=self.host, port=port)
        self._server.start()
        return self._server.url

    def stop(self) -> None:
        """Stop the server, the streams and the redeliveries."""
        self.platform.world.feed.close()
        self.platform.webhooks.stop()
        if self._server:
            self._server.stop()
            self._server = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The URL of the server; empty before `start`."""
        return self._server.url if self._server else ""

    @property
    def bot_url(self) -> str:
        """The URL that webhooks are sent to. It can be set once the bot's port is known."""
        return self.platform.webhooks.url

    @bot_url.setter
    def bot_url(self, url: str) -> None:
        self.platform.webhooks.url = url

    def spread_over(self, *more: str) -> None:
        """Send webhooks to `bot_url` and these in turn, like a load balancer before several web processes."""
        self.platform.webhooks.others = more

    # People and groups

    def new_user(
        self,
        name: str = "山田",
        *,
        follows: bool = False,
        friend: bool = True,
        user_id: str | None = None,
        language: str | None = "ja",
        picture_url: str | None = None,
        status_message: str | None = None,
    ) -> str:
        """Create a user and return the ID. `follows` sends the follow event; otherwise a friend has sent none.

        Give the same `user_id` to several emulators for one person and several channels of one provider.
        """
        # The user is complete before the change is published, because a page may read it at once.
        with self.platform.world.feed.lock:
            user = self.platform.world.new_user(name, user_id)
            user.friend = friend and not follows
            user.language, user.picture_url, user.status_message = language, picture_url, status_message
        if follows:
            self.platform.phone.follow(user.id)
        return user.id

    def new_group(
        self,
        name: str,
        members: Sequence[str],
        *,
        kind: Literal["group", "room"] = "group",
        invite: bool = True,
    ) -> str:
        """Create a group and return the ID; with `invite` the bot joins."""
        group = self.platform.world.new_group(name, list(members), kind)
        if invite:
            self.platform.groups.join(group.id)
        return group.id

    @property
    def phone(self) -> Phone:
        """All other actions of users."""
        return self.platform.phone

    @property
    def groups(self) -> GroupActs:
        """The bot and people join and leave."""
        return self.platform.groups

    def says(
        self,
        user: str,
        text: str,
        *,
        chat: str | None = None,
        mention_bot: bool = False,
        mentions: Sequence[str] = (),
        emoji: Sequence[str] = (),
        quote: str | None = None,
    ) -> ActionResult:
        """Type a text as the user."""
        return self.platform.phone.says(
            user, text, chat=chat, mention_bot=mention_bot, mentions=mentions, emoji=emoji, quote=quote
        )

    def taps(self, user: str, label: str, *, chat: str | None = None, params: Json | None = None) -> Tap:
        """Tap the newest visible button with this label. If there is none, raise ImpossibleError with all labels."""
        return self.platform.taps.by_label(user, label, chat=chat, params=params)

    def buttons(self, user: str, *, chat: str | None = None) -> list[str]:
        """Return the labels that the user could tap, those of the newest message first."""
        return self.platform.taps.labels(user, chat)

    def postback(
        self,
        user: str,
        data: str,
        *,
        params: Json | None = None,
        display_text: str | None = None,
        chat: str | None = None,
    ) -> ActionResult:
        """Send a postback without a button."""
        return self.platform.phone.postback(user, data, params=params, display_text=display_text, chat=chat)

    def raw(self, user: str, event: Json, *, chat: str | None = None) -> ActionResult:
        """Send any event: these fields, over the common ones."""
        return self.platform.phone.raw(user, event, chat=chat)

    # Deliveries

    @contextmanager
    def one_request(self) -> Iterator[None]:
        """Send the events of the actions inside as one webhook request."""
        with self.platform.webhooks.one_request():
            yield

    def deliver(self, events: list[Json]) -> Delivery | None:
        """Send these events unchanged."""
        return self.platform.webhooks.send(events)

    def redeliver_last(self, user: str | None = None) -> Delivery:
        return self.platform.webhooks.redeliver(user)

    def deliver_twice(self, user: str | None = None) -> Delivery:
        """Send the last event twice more at the same time."""
        return self.platform.webhooks.twice(user)

    def release(self) -> Delivery | None:
        """Send the events that the `reorder` switch holds back, the last one first."""
        return self.platform.webhooks.release()

    def verify(self) -> Delivery:
        return self.platform.webhooks.verify()

    def expire_tokens(self) -> None:
        self.platform.tokens.expire_all()

    def advance(self, seconds: float) -> None:
        """Put the clock forward for tokens, retry keys and rate limits, and report its time to `on_advance`."""
        self.platform.advance(seconds)

    def control(self, **switches: object) -> FaultSwitches:
        """Set switches (see API.md) and return all of them."""
        return self.platform.control.set(**switches)

    def reset(self) -> None:
        """Forget users, groups, chats, menus, tokens and records, and take back all switches and moved time."""
        self.platform.reset()

    # What happened

    @property
    def calls(self) -> list[Call]:
        """Every API call with its verdict, oldest first."""
        with self.platform.world.feed.lock:
            return list(self.platform.records.calls)

    @property
    def refusals(self) -> list[Call]:
        """The calls that LINE would refuse, and those of LINE's endpoints that the emulator does not have."""
        return [call for call in self.calls if call.verdict in ("refused", "uncovered")]

    @property
    def deliveries(self) -> list[Delivery]:
        """Every webhook request with the bot's answer, oldest first."""
        with self.platform.world.feed.lock:
            return list(self.platform.records.deliveries)

    @property
    def tokens(self) -> list[str]:
        """The reply, quote and mark-as-read tokens that were issued."""
        return self.platform.issued_tokens()

    def seen(self, user: str, chat: str | None = None) -> list[Entry]:
        """Return the chat as the user sees it, with notices."""
        with self.platform.world.feed.lock:
            return list(self.platform.world.chat(chat or user).entries)

    def answers(self, user: str, chat: str | None = None) -> list[Entry]:
        """Return the bot's messages since the user's last action in the chat."""
        with self.platform.world.feed.lock:
            place = self.platform.world.chat(chat or user)
            return [entry for entry in place.entries[place.mark :] if entry.by == "bot"]

    def wait_for(
        self,
        user: str,
        wanted: int | Callable[[list[Entry]], bool] = 1,
        *,
        chat: str | None = None,
        timeout: float = 5.0,
    ) -> list[Entry]:
        """Return the answers once there are so many or the predicate is true. TimeoutError lists what came instead."""

        def met() -> bool:
            answers = self.answers(user, chat)
            return len(answers) >= wanted if isinstance(wanted, int) else wanted(answers)

        if not self.platform.world.feed.wait_until(met, timeout):
            raise TimeoutError(self._story(user, chat))
        return self.answers(user, chat)

    def conversation(self, user: str, chat: str | None = None) -> str:
        """Return the chat as text, without the ids, tokens and times of this run."""
        return conversation(self.seen(user, chat), self.tokens)

    def story(self) -> str:
        """Return the recorded webhooks and calls as text, in their order."""
        return story(self.deliveries, self.calls)

    def _story(self, user: str, chat: str | None) -> str:
        lines = [f"answers so far: {[entry.text for entry in self.answers(user, chat)]}"]
        lines += [f"webhook {one.status or one.outcome} {one.detail}".rstrip() for one in self.deliveries[-3:]]
        lines += [f"{one.method} {one.path}: {one.status} {one.verdict} {one.response}" for one in self.calls[-3:]]
        return "; ".join(lines)
