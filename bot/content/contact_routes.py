"""The desks, by the concern that leads to each: `contact_routes.yaml`."""

from pydantic import Field, model_validator

from bot.content.loader import ContentModel
from bot.content.models import Link


class Route(ContentModel):
    """A contact: the concern that leads there, what it takes and what it does not."""

    key: str
    concern: str
    note: str
    title: str
    tags: tuple[str, ...]
    does: str
    does_not: str
    mail: str = ""
    mail_label: str = ""
    links: tuple[Link, ...] = ()
    opens: str = ""
    opens_label: str = ""
    pages: tuple[int, ...]

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "Route":
        if not (self.mail or self.links or self.opens):
            raise ValueError("neither a mail address nor a link nor a function")
        return self


class ContactTexts(ContentModel):
    """`contact_routes.yaml`."""

    title: str
    lead: str
    all: str
    all_note: str
    all_title: str
    does: str
    does_not: str
    other: str
    more: str
    more_text: str
    pages: tuple[int, ...]
    routes: tuple[Route, ...] = Field(max_length=11)
