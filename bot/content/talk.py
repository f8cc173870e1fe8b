"""The sentences beside answers: small talk, the wish for a person, how the bot speaks, whether a fact still holds."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, read_document
from bot.content.models import EntryId, Knowledge, Line
from bot.content.placeholders import placeholders, refuse_unknown
from bot.content.slow_patterns import refuse_slow


def _pattern(value: str) -> str:
    refuse_slow(value)
    return value


Pattern = Annotated[str, AfterValidator(_pattern)]
SmallKind = Literal["thanks", "greeting", "bye", "complaint", "backchannel"]
MannerKind = Literal["easy", "language"]


class Reply(ContentModel):
    """A reply, with the entries offered under it."""

    title: Line
    text: Line
    entries: tuple[EntryId, ...] = ()


class SmallTalk(Reply):
    """One kind of small talk."""

    kind: SmallKind


class Manner(Reply):
    """A wish how the bot should speak."""

    kind: MannerKind


class FreeCommand(ContentModel):
    """A command in free words; `forms` are looked for within the whole message."""

    command: Literal["menu", "help", "restart", "back", "cancel", "resume", "erase"]
    forms: tuple[Pattern, ...]
    unless: Pattern | None = None


class Still(ContentModel):
    """The question whether it is still so."""

    forms: tuple[Pattern, ...]
    text: Line
    entry: EntryId
    source: EntryId


class Newer(ContentModel):
    """Words that the source cannot know."""

    words: tuple[Line, ...]
    title: Line
    text: Line
    entries: tuple[EntryId, ...]


class BodyText(ContentModel):
    """The verdict on a body that a question names."""

    heading: Line
    eligible: Line
    not_eligible: Line
    instead: Line
    entry: EntryId
    entry_if_not: EntryId


class TalkText(ContentModel):
    """`talk.yaml`."""

    small: tuple[SmallTalk, ...]
    commands: tuple[FreeCommand, ...]
    person: Reply
    manner: tuple[Manner, ...]
    still: Still
    newer: Newer
    english: Line
    body: BodyText

    @model_validator(mode="after")
    def _every_name_in_braces_is_known(self) -> "TalkText":
        refuse_unknown(placeholders((self.english,)), ("title",))
        refuse_unknown(placeholders((self.still.text,)), ("edition", "age"))
        refuse_unknown(placeholders((self.newer.text,)), ("word", "edition"))
        refuse_unknown(placeholders((self.body.instead,)), ("body",))
        return self


def load_talk(knowledge: Knowledge) -> TalkText:
    """Return the file; ContentError with file and line at the first mistake."""
    document = read_document(JA / "talk.yaml", TalkText)
    text = document.value
    replies: tuple[Reply | Newer, ...] = (*text.small, text.person, *text.manner, text.newer)
    own = (text.still.entry, text.still.source, text.body.entry, text.body.entry_if_not)
    for name in (*(entry for reply in replies for entry in reply.entries), *own):
        if name not in knowledge.by_id:
            raise document.error((), f"no such entry: {name}")
    return text


def age_in_words(published: date, today: date) -> str:
    """Return how long ago the source came out: 3か月, 2年, 2年6か月."""
    months = (today.year - published.year) * 12 + today.month - published.month
    years, rest = divmod(max(0, months), 12)
    return (f"{years}年" if years else "") + (f"{rest}か月" if rest or not years else "")
