"""Sentences with facts to fill in, checked when they are loaded."""

from collections.abc import Iterable, Mapping
from string import Formatter

from pydantic import model_validator

from bot.content.loader import ContentModel


class Sentence(ContentModel):
    """A wording, and better ones for when a certain fact is known; plain text is one without them."""

    text: str
    if_known: Mapping[str, str] = {}

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, raw: object) -> object:
        return {"text": raw} if isinstance(raw, str) else raw

    def fill(self, facts: Mapping[str, str]) -> str:
        """The first wording whose fact is known, else the plain one, with the facts in place."""
        known = (text for fact, text in self.if_known.items() if facts.get(fact))
        return next(known, self.text).format_map(facts)

    def placeholders(self) -> set[str]:
        return placeholders([self.text, *self.if_known.values()]) | set(self.if_known)


def placeholders(texts: Iterable[str]) -> set[str]:
    """The names in braces. Raise ValueError if braces do not match, or if a name has a format or an attribute.

    `{day:>999999999}` would fill the memory of a worker, and `{day.__class__}` leads into the program.
    """
    found: set[str] = set()
    for text in texts:
        for _, name, width, conversion in Formatter().parse(text):
            if name is not None:
                _refuse_more_than_a_name(name, width or "", conversion or "")
                found.add(name)
    return found


def _refuse_more_than_a_name(name: str, width: str, conversion: str) -> None:
    if width or conversion or not name.isidentifier():
        shown = "".join((name, f"!{conversion}" if conversion else "", f":{width}" if width else ""))
        raise ValueError(f"only a name may be in braces: {{{shown}}}")


def refuse_unknown(used: set[str], known: Iterable[str]) -> None:
    """ValueError naming a fact in braces that nobody fills in."""
    unknown = used - set(known)
    if unknown:
        raise ValueError("nobody fills in " + ", ".join(f"{{{name}}}" for name in sorted(unknown)))


def refuse_missing(given: Iterable[object], wanted: Iterable[object]) -> None:
    """ValueError naming the keys that have no text."""
    missing = sorted({str(key) for key in wanted} - {str(key) for key in given})
    if missing:
        raise ValueError("no text for " + ", ".join(missing))
