"""The composition root of the worker process: builds every part from the settings and connects them."""

import threading
from functools import partial

from bot.content.live import LiveContent
from bot.delivery.channel_access import ChannelAccess
from bot.delivery.limiter import DeliveryLimiter
from bot.delivery.sender import DeliverySender
from bot.flows.migrations import VERSION
from bot.flows.resources import load_resources
from bot.line.client import LineClient
from bot.replies.templates import prepare
from bot.rich_menus.definition import FOR_ONE_USER
from bot.rich_menus.texts import alias_of
from bot.rich_menus.user_links import MenuLinks
from bot.runtime.build import bot_version
from bot.runtime.clock import today_in_japan
from bot.runtime.key_derivation import derive_keys
from bot.settings import Settings
from bot.sheet.checklist import checklist_address
from bot.sheet.links import PURPOSE, SheetLinks
from bot.store.bot_identity import BotIdentityStore
from bot.store.channel_access import AccessStore
from bot.store.content_versions import ContentVersions
from bot.store.encryption import Encryptor
from bot.store.heartbeats import Heartbeat
from bot.store.metrics import RedisMetricsSink
from bot.store.queue.dead_letters import DeadLetters
from bot.store.queue.lease_renewer import LeaseRenewer
from bot.store.queue.sweeper import Sweeper
from bot.store.queue.user_queue import UserQueue
from bot.store.redis.connection import connect, worker_connections
from bot.store.reminders import ReminderStore
from bot.store.resume_codes import ResumeCodeStore
from bot.store.schema_versions import SchemaVersions
from bot.store.secret_keys import SecretKeys
from bot.store.trail import Trail
from bot.store.unanswered import UnansweredQuestions
from bot.store.voted_questions import VotedQuestions
from bot.store.wakeups.broker import make_broker
from bot.store.wakeups.notifier import WakeupNotifier
from bot.worker.bot_identity import BotIdentity
from bot.worker.read_marks import ReadMarks
from bot.worker.reminder_values import ReminderReader
from bot.worker.reminders import ReminderSender
from bot.worker.resume_codes import ResumeCodeFactory, ResumeCodes
from bot.worker.testers import Testers
from bot.worker.turn_report import TurnReporter
from bot.worker.turn_runner import TurnRunner
from bot.worker.user_worker import UserWorker


class WorkerServices:
    """The parts of the worker process. It alone runs the flows and calls LINE."""

    def __init__(self, settings: Settings) -> None:
        prepare()  # compiles the templates now, so that no event waits for them
        secret = settings.secret_key.get_secret_value()
        self.settings = settings
        self.redis = connect(settings, worker_connections(settings))
        self.secret_keys = SecretKeys(self.redis, secret)
        self.metrics = RedisMetricsSink(self.redis)
        self.trail = Trail(self.redis, self.secret_keys.pseudonyms)
        self.heartbeat = Heartbeat(
            self.redis,
            "worker",
            bot_version(),
            settings.limits,
            content_version=lambda: self.content.version.number,
        )
        self.broker = make_broker(settings, self.redis)
        self.wakeups = WakeupNotifier(self.broker)
        self.lease_renewer = LeaseRenewer()
        self.stopping = threading.Event()  # once set, waiting users are left to other workers
        self.schema_versions = SchemaVersions(self.redis, VERSION, settings.limits.schema_version_ms)
        is_supported = self.schema_versions.is_supported
        resume_codes = ResumeCodes(ResumeCodeFactory(secret), ResumeCodeStore(self.redis, secret), is_supported)
        self.access = ChannelAccess()
        self.access_store = AccessStore(self.redis)
        self.limiter = DeliveryLimiter(
            settings.worker_threads, closed=lambda: self.access.closed, limits=settings.limits
        )
        token = settings.line_channel_access_token.get_secret_value()
        client = LineClient(settings.line_api_url, token, metrics=self.metrics, limits=settings.limits)
        self.bot_identity = BotIdentity(client, BotIdentityStore(self.redis), settings.line_bot_user_id, self.access)
        sheet_links = SheetLinks(derive_keys(secret, PURPOSE), settings.public_url)
        self.content = LiveContent(ContentVersions(self.redis), partial(load_resources, settings.encoder))
        encryptor = Encryptor(secret)
        reminders = ReminderSender(lambda: self.content.loaded, encryptor, self.metrics, today_in_japan)
        self.sweeper = Sweeper(self.redis, reminders.sweep, settings.limits)
        self.user_worker = UserWorker(
            queue=UserQueue(self.redis, settings.limits.lease_ms),
            lease_renewer=self.lease_renewer,
            encryptor=encryptor,
            secret_keys=self.secret_keys,
            turn_runner=TurnRunner(
                self.content.loaded,
                today_in_japan,
                sheet_links.link,
                resume_codes,
                is_supported,
                newest=lambda: self.content.loaded,
                checklist_url=partial(checklist_address, settings.public_url),
                desk=settings.desk,
                reminders_of=ReminderReader(ReminderStore(self.redis), encryptor).listed,
                reference=self.trail.reference,
                testers=Testers(frozenset(settings.testers.split()), self.secret_keys.pseudonyms),
            ),
            delivery=DeliverySender(client, self.metrics, self.access, trail=self.trail, limits=settings.limits),
            menu_links=MenuLinks(client, {kind: alias_of(kind) for kind in FOR_ONE_USER}),
            dead_letters=DeadLetters(self.redis, self.metrics),
            read_marks=ReadMarks(client),
            unanswered=UnansweredQuestions(self.redis, today_in_japan),
            votes=VotedQuestions(self.redis, today_in_japan),
            reporter=TurnReporter(self.metrics, self.trail),
            limiter=self.limiter,
            stopping=self.stopping.is_set,
        )
