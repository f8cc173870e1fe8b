"""Ways of speaking: dialects, official prose and kana, with the words by which they are read."""

import re

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, load_yaml
from bot.content.models import Line
from bot.content.talk import Pattern
from bot.content.version import once_a_version


class Way(ContentModel):
    """A way of speaking: patterns, and what each stands for."""

    name: Line
    forms: tuple[tuple[Pattern, str], ...]


class Speech(ContentModel):
    """`speech.yaml`."""

    ways: tuple[Way, ...]


@once_a_version
def forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return all forms in their order; ContentError with file and line at the first mistake."""
    speech = load_yaml(JA / "speech.yaml", Speech)
    return tuple((re.compile(form), meant) for way in speech.ways for form, meant in way.forms)


def standard(text: str) -> str:
    """Return a text in the words of the standard language as far as its forms are known; it is hiragana already."""
    for form, meant in forms():
        text = form.sub(meant, text)
    return text
