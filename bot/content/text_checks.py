"""Checks of the sentences beyond a single model: placeholders that nobody fills in, misspelt keys, duplicate words."""

from collections.abc import Callable, Collection, Iterator, Mapping
from string import Formatter

from bot.content.loader import Document, Loc, Model

Blanks = Mapping[str, Collection[str]]
Choices = Mapping[str, Collection[str]]
MAY_BE_LEFT_OUT = "skip"


def refuse_blanks(document: Document[Model], declared: Blanks) -> None:
    """A brace in a text that is not declared to have it, by dotted path; and a declared text that is not there."""
    seen = set()
    for loc, text in _texts(document.value.model_dump(), ()):
        name = ".".join(str(part) for part in loc)
        seen.add(name)
        if problem := _wrong_blank(text, declared.get(name, ())):
            raise document.error(loc, f"{name}: {problem}")
    for name in declared:
        if name not in seen:
            raise document.error(tuple(name.split(".")), f"{name}: is missing")


def refuse_choices(document: Document[Model], asked: Mapping[str, Collection[str]], declared: Choices) -> None:
    """A question or a value that the conversation does not know, or one that it knows and that has no words."""
    for name in declared:
        if name not in asked:
            raise document.error(("questions",), f"questions: {name} is missing")
    for name, values in asked.items():
        where: Loc = ("questions", name)
        if name not in declared:
            raise document.error(where, f"questions.{name}: is no question of the conversation")
        for value in values:
            if value not in declared[name]:
                raise document.error((*where, "choices", value), f"questions.{name}.choices: {value} is no choice")
        if missing := [value for value in declared[name] if value not in values and value != MAY_BE_LEFT_OUT]:
            raise document.error((*where, "choices"), f"questions.{name}.choices: {missing[0]} is missing")


def refuse_unexplained(document: Document[Model], name: str, texts: Collection[str], asked: Collection[str]) -> None:
    """Raise ContentError if a question has no text in the table of this dotted name."""
    if missing := [question for question in asked if question not in texts]:
        raise document.error(tuple(name.split(".")), f"{name}: {missing[0]} is missing")


def refuse_shared_words(document: Document[Model], fold: Callable[[str], str]) -> None:
    """A word, however written, that stands for two commands."""
    owners: dict[str, str] = {}
    for loc, word in _texts(document.value.model_dump(), ()):
        command = ".".join(str(part) for part in loc[:-1])
        owner = owners.setdefault(fold(word), command)
        if owner != command:
            raise document.error(loc, f"{command}: {word} stands for {owner} already")


def _texts(part: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(part, str):
        yield loc, part
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _texts(value, (*loc, str(key)))
    elif isinstance(part, tuple | list):
        for index, value in enumerate(part):
            yield from _texts(value, (*loc, index))


def _wrong_blank(text: str, known: Collection[str]) -> str:
    try:
        blanks = [blank for blank in Formatter().parse(text) if blank[1] is not None]
    except ValueError:
        return "braces do not match"
    for _, name, form, conversion in blanks:
        if name not in known or form or conversion:
            return f"nobody fills in {{{name}}}"
    return ""
