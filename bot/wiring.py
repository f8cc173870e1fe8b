"""Who gets what: the parts of each process, put together from the settings."""

import threading

from bot.delivery.channel_access import ChannelAccess
from bot.line.client import LineClient
from bot.line.signature import Signature
from bot.rich_menus.user_links import MenuLinks
from bot.runtime.clock import today_in_japan
from bot.settings import Settings
from bot.store.bot_identity import BotIdentityStore
from bot.store.channel_access import AccessStore
from bot.store.encryption import Encryptor
from bot.store.keys import Pseudonyms
from bot.store.metrics import RedisMetricsSink
from bot.store.queue.dead_letters import DeadLetters
from bot.store.queue.inbox import Inbox
from bot.store.queue.lease_renewer import LeaseRenewer
from bot.store.queue.sweeper import Sweeper
from bot.store.queue.user_queue import UserQueue
from bot.store.redis.connection import WEB_CONNECTIONS, connect, worker_connections
from bot.store.resume_codes import ResumeCodeStore
from bot.store.schema_versions import SchemaVersions
from bot.store.secret_keys import SecretKeys
from bot.store.unanswered import UnansweredQuestions
from bot.store.wakeups.broker import make_broker, on_the_same_server
from bot.store.wakeups.notifier import WakeupNotifier
from bot.web.body_budget import BodyBudget
from bot.web.concurrency_limit import ConcurrencyLimit
from bot.web.destination import Destination
from bot.web.key_guard import KeyGuard
from bot.web.log_limit import Seldom
from bot.worker.bot_identity import BotIdentity

TURNED_AWAY_SECONDS = 60.0  # between two log lines that somebody who may not log in goes on trying
AT_ONCE = 16  # requests that use Redis at the same time, per process


class WebServices:
    """What the web process needs to take events in; it never calls LINE and never runs a flow."""

    def __init__(self, settings: Settings) -> None:
        secret = settings.secret_key.get_secret_value()
        self.settings = settings
        self.redis = connect(settings, WEB_CONNECTIONS)
        self.figures = RedisMetricsSink(self.redis)
        self.signature = Signature(settings.channel_secrets)
        self.key_guard = KeyGuard(SecretKeys(self.redis, secret))
        self.seal = Encryptor(secret)
        self.destination = Destination(BotIdentityStore(self.redis), settings.line_bot_user_id)
        self.broker = make_broker(settings, self.redis)
        self.bell = WakeupNotifier(self.broker)
        self.inbox = Inbox(self.redis, on_the_same_server(self.broker, self.redis))
        self.at_once = ConcurrencyLimit(AT_ONCE)
        self.bodies = BodyBudget()
        self.said_of_logins = Seldom(TURNED_AWAY_SECONDS)

    @property
    def pseudonyms(self) -> Pseudonyms:
        """Raises StoreUnavailableError while Redis is in use with another SECRET_KEY, or has never answered."""
        return self.key_guard.pseudonyms()


class WorkerServices:
    """What the worker process needs: it alone knows the flows and calls LINE."""

    def __init__(self, settings: Settings) -> None:
        from bot.delivery.limiter import DeliveryLimiter  # noqa: PLC0415 - likewise
        from bot.delivery.sender import DeliverySender  # noqa: PLC0415 - likewise
        from bot.flows.migrations import VERSION  # noqa: PLC0415 - likewise
        from bot.flows.resources import load_resources  # noqa: PLC0415 - likewise
        from bot.replies.templates import prepare  # noqa: PLC0415 - likewise
        from bot.rich_menus.definition import RESUME  # noqa: PLC0415 - likewise
        from bot.rich_menus.texts import alias_of  # noqa: PLC0415 - flows and content are not for the web process
        from bot.sheet.links import SheetLinks  # noqa: PLC0415 - likewise
        from bot.worker.resume_codes import ResumeCodeFactory, ResumeCodes  # noqa: PLC0415 - likewise
        from bot.worker.turn_report import TurnReporter  # noqa: PLC0415 - likewise
        from bot.worker.turn_runner import TurnRunner  # noqa: PLC0415 - likewise
        from bot.worker.user_worker import UserWorker  # noqa: PLC0415 - likewise

        prepare()  # templates are compiled before the first event, never at one
        secret = settings.secret_key.get_secret_value()
        self.settings = settings
        self.redis = connect(settings, worker_connections(settings))
        self.secret_keys = SecretKeys(self.redis, secret)
        self.figures = RedisMetricsSink(self.redis)
        self.broker = make_broker(settings, self.redis)
        self.bell = WakeupNotifier(self.broker)
        self.sweep = Sweeper(self.redis)
        self.keeper = LeaseRenewer()
        self.stopping = threading.Event()  # from then on, what waits is left to others
        self.presence = SchemaVersions(self.redis, VERSION)
        speaks = self.presence.is_supported
        handovers = ResumeCodes(ResumeCodeFactory(secret), ResumeCodeStore(self.redis, secret), speaks)
        self.access = ChannelAccess()
        self.access_store = AccessStore(self.redis)
        self.slots = DeliveryLimiter(settings.worker_threads, closed=lambda: self.access.closed)
        token = settings.line_channel_access_token.get_secret_value()
        client = LineClient(settings.line_api_url, token, tally=self.figures)
        self.own_channel = BotIdentity(client, BotIdentityStore(self.redis), settings.line_bot_user_id, self.access)
        self.mail = UserWorker(
            mailbox=UserQueue(self.redis),
            keeper=self.keeper,
            seal=Encryptor(secret),
            secret_keys=self.secret_keys,
            turns=TurnRunner(
                load_resources(settings.encoder),
                today_in_japan,
                SheetLinks(secret, settings.public_url).link,
                handovers,
                speaks,
            ),
            delivery=DeliverySender(client, self.figures, self.access),
            menus=MenuLinks(client, alias_of(RESUME)),
            dead=DeadLetters(self.redis, self.figures),
            unanswered=UnansweredQuestions(self.redis, today_in_japan),
            accounts=TurnReporter(self.figures),
            slots=self.slots,
            stopping=self.stopping.is_set,
        )
