"""The words of the console's pages about the content."""

from collections.abc import Mapping
from functools import cache

from bot.content.loader import JA, ContentModel, load_yaml


class FormFieldText(ContentModel):
    """A field of the forms: its name, and what it is for."""

    label: str
    help: str


class ProblemText(ContentModel):
    """A problem that a check finds, as a pattern of its English words, and the sentence for it."""

    english: str
    says: str


class ConsoleContentText(ContentModel):
    """`console_content.yaml`."""

    words: Mapping[str, str]
    fields: Mapping[str, FormFieldText]
    units: Mapping[str, FormFieldText]
    table_errors: Mapping[str, str]
    problems: tuple[ProblemText, ...]

    def field(self, name: str) -> FormFieldText:
        """Return the words of a field of that path; a field without words is called by its name."""
        last = name.rpartition(".")[2]
        return self.fields.get(last) or FormFieldText(label=last, help="")

    def unit(self, key: str) -> FormFieldText:
        """Return the words of a unit; a unit without words is called by its key."""
        return self.units.get(key) or FormFieldText(label=key, help="")


@cache
def console_content_texts() -> ConsoleContentText:
    """Return the words; ContentError with file and line for the first mistake."""
    return load_yaml(JA / "console_content.yaml", ConsoleContentText)
