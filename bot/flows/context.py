"""The context of a turn: content, registry and date, passed in so that flows need no clock and no store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.content.models import Knowledge
from bot.content.precheck_texts import PrecheckTexts
from bot.content.service import ServiceText
from bot.content.stateless_flows import Counters
from bot.content.texts import Texts
from bot.content.version import RELEASE, ContentVersion
from bot.domain.desk_hours import DeskHours
from bot.domain.parsing.choices import Vocabulary
from bot.domain.reminders import Reminder
from bot.domain.resume_codes import HandoverCode
from bot.flows.commands import CommandParser
from bot.flows.effects import CodeResult
from bot.governments import Registry
from bot.understanding.facts.reader import FactReader
from bot.understanding.search import Search
from bot.understanding.talk import TalkReader


@dataclass(frozen=True, slots=True)
class Resources:
    """The content and indexes that flows read and never change, all of one version."""

    texts: Texts
    commands: CommandParser
    vocabularies: Mapping[str, Vocabulary]
    precheck: PrecheckTexts
    knowledge: Knowledge
    search: Search
    talk: TalkReader
    facts: FactReader
    register: Registry
    counters: Counters
    service: ServiceText
    version: ContentVersion = RELEASE


ChecklistUrl = Callable[[Sequence[str]], str]  # of the ticked items
SheetUrl = Callable[[Mapping[str, object], date], str]  # the answers and the day they were given


@dataclass(frozen=True, slots=True)
class Context:
    """The resources, and what belongs to this one turn."""

    resources: Resources
    today: date
    new_conversation_id: str
    message_id: str = ""
    sheet_url: SheetUrl | None = None
    checklist_url: ChecklistUrl | None = None
    make_code: Callable[[], HandoverCode] | None = None
    redeemed: CodeResult | None = None
    now: datetime | None = None  # in Japan; for notices, which begin and end at an hour
    desk: DeskHours | None = None  # None unless people answer beside the bot
    event_ms: int = 0
    reminders: tuple[Reminder, ...] = ()  # read only if the turn may show them
    make_reference: Callable[[], str] | None = None

    @property
    def texts(self) -> Texts:
        return self.resources.texts

    @property
    def new_code(self) -> HandoverCode | None:
        """Return the code that this turn may offer. It is made on demand, because few turns need one."""
        return self.make_code() if self.make_code else None

    @property
    def reference(self) -> str:
        """Return the characters by which an operator finds this event, "" if there are none."""
        return self.make_reference() if self.make_reference else ""

    def cite(self, *pages: int) -> str:
        """Return document, edition and pages, as shown under a card."""
        return self.resources.knowledge.cite_pages(pages)
