"""Notices with a beginning and an end, functions that are switched off, and the whole bot closed for a time."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.content.loader import JA, ContentModel, read_document
from bot.content.models import EntryId, Knowledge, Line
from bot.content.placeholders import placeholders, refuse_unknown

FORMAT = "%Y-%m-%d %H:%M"
NOTICES = 5  # at the same time; a reply has five messages


def _moment(value: str) -> str:
    if value:
        return datetime.strptime(value, FORMAT).strftime(FORMAT)  # noqa: DTZ007 - in Japan, as its readers are
    return value


def _names(value: object) -> object:
    """Split names that stand in one cell of a form."""
    if not isinstance(value, str):
        return value
    return [name for name in value.replace("、", ",").replace(" ", ",").split(",") if name]


Moment = Annotated[str, AfterValidator(_moment)]  # in Japan, to the minute; empty: without an end


class ServiceNotice(ContentModel):
    """A notice; `entries` are the answers beside which it stands, apart from greeting, menu and verdict."""

    since: Moment = Field(alias="from")
    until: Moment
    text: Line
    entries: Annotated[tuple[EntryId, ...], BeforeValidator(_names)] = ()

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if not self.since or not self.until or self.since >= self.until:
            raise ValueError("from and until are wanted, and until must be later")
        return self


class Closed(ContentModel):
    """The whole bot is closed while `text` is not empty and `until` has not come."""

    text: str
    until: Moment


class ServiceText(ContentModel):
    """`service.yaml`."""

    notice_title: str
    off_title: str
    closed_title: str
    closed_until: str
    notices: Annotated[tuple[ServiceNotice, ...], Field(max_length=NOTICES)]
    switches: Mapping[str, str]
    closed: Closed

    @model_validator(mode="after")
    def _every_name_in_braces_is_known(self) -> "ServiceText":
        refuse_unknown(placeholders((self.closed_until,)), ("text", "until"))
        return self

    def notices_at(self, now: datetime) -> Iterator[ServiceNotice]:
        """Yield the notices that are shown at this time in Japan."""
        if not self.notices:
            return iter(())  # as in nearly every turn
        moment = now.strftime(FORMAT)
        return (notice for notice in self.notices if notice.since <= moment < notice.until)

    def closed_at(self, now: datetime) -> str:
        """Return the sentence of the closed bot at this time in Japan; empty if it is open."""
        until = self.closed.until
        if not self.closed.text or (until and now.strftime(FORMAT) >= until):
            return ""
        return self.closed_until.format(text=self.closed.text, until=until) if until else self.closed.text


def load_service(knowledge: Knowledge) -> ServiceText:
    """Return the notices and switches; ContentError with file and line for the first mistake."""
    document = read_document(JA / "service.yaml", ServiceText)
    for place, notice in enumerate(document.value.notices):
        missing = [name for name in notice.entries if name not in knowledge.by_id]
        if missing:
            raise document.error(("notices", place), f"no such entry: {missing[0]}")
    return document.value
