"""Shows what changes do before they are published: mistakes, other looks of messages, other answers to questions.

`python -m bot.content_editing.preview` reads both contents from standard input and writes the preview, both as JSON.
The web process runs it apart, because it loads the whole bot and takes seconds.
"""

import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
import orjson

from bot.content.questions import load_questions
from bot.content.units import Changes
from bot.content.version import ContentVersion, using_version
from bot.content_editing.checks import problems
from bot.content_editing.preview_result import Contents, Look, Outcome, Preview, Problem
from bot.content_editing.publishing import changes_of
from bot.diagnostics.samples import samples
from bot.flows import faq
from bot.flows.context import Context
from bot.flows.resources import load_resources
from bot.replies.plain_text import fallback_text
from bot.replies.render import render
from bot.understanding.classifier import Model
from bot.understanding.lines import Line, all_lines
from bot.understanding.model_files import BUNDLED_MODEL, load
from bot.understanding.ranker import corrected
from bot.understanding.search import Answered, Search

MOST = 200  # rows of each list
DAY = date(2026, 1, 5)  # of the samples; no message of an entry depends on it


@dataclass(frozen=True)
class _Side:
    """One of the two contents: its messages, its search, and the lines that the search learns."""

    search: Search
    lines: tuple[Line, ...]
    messages: dict[str, dict[str, Any]]

    @property
    def titles(self) -> dict[str, str]:
        return {entry.id: entry.title for entry in self.search.knowledge.entries}


def preview(before: Changes, after: Changes, encoder: str) -> Preview:
    """Return what the second content does beside the first one."""
    wrong = [Problem(checked.part, checked.problem or "") for checked in problems(after)]
    try:
        new = _side(after, encoder)
    except Exception as error:
        if wrong:
            return Preview(problems=wrong)
        raise error from None
    old = _side(before, encoder)
    return Preview(
        wrong,
        list(_looks(old.messages, new.messages))[:MOST],
        list(_asked(old.search, new.search))[:MOST],
        list(_outcomes(old, new))[:MOST],
    )


def _side(changes: Changes, encoder: str) -> _Side:
    with using_version(ContentVersion(changes=changes)):
        resources = load_resources(encoder)
        knowledge = resources.knowledge
        ctx = Context(resources=resources, today=DAY, new_conversation_id="")
        entries = {entry.title: render(faq.answer(entry, ctx)) for entry in knowledge.entries}
        messages = {**entries, **{name: render(view) for name, view in samples().items()}}
        return _Side(resources.search, all_lines(knowledge, load_questions(knowledge.by_id)), messages)


def _looks(before: Mapping[str, dict[str, Any]], after: Mapping[str, dict[str, Any]]) -> Iterator[Look]:
    for name in {**before, **after}:
        old, new = before.get(name, {}), after.get(name, {})
        if old != new:
            said = [fallback_text(message) if message else "" for message in (old, new)]
            yield Look(name, said[0], said[1], old, new)


def _asked(before: Search, after: Search) -> Iterator[Outcome]:
    """Ask both what the second content has as a new way of asking."""
    known = {text for entry in before.knowledge.entries for text in entry.ask}
    for entry in after.knowledge.entries:
        for text in entry.ask:
            if text not in known:
                old, new = _answer(before.ask(text)), _answer(after.ask(text))
                yield Outcome(text, old, new, rightness({entry.title}, old, new))


def _answer(answered: Answered) -> str:
    """Return the entry that is shown first; `?` after it if it is one of several choices."""
    if not answered.hits:
        return ""
    return answered.hits[0].entry.title + ("" if answered.outcome == "answer" else "?")


def _outcomes(before: _Side, after: _Side) -> Iterator[Outcome]:
    """Ask the letters alone: the bank is known by heart, so that the whole search would answer it as it is written."""
    if [line.hash for line in before.lines] == [line.hash for line in after.lines]:
        return
    old, new, titles = _model(before.lines), _model(after.lines), {**before.titles, **after.titles}
    for line in before.lines:
        was, now = (model.classes[int(model.letters.scores(line.text).argmax())] for model in (old, new))
        if was != now:
            yield Outcome(line.text, titles.get(was, ""), titles.get(now, ""), rightness(line.right, was, now))


def _model(lines: tuple[Line, ...]) -> Model:
    learned = load(BUNDLED_MODEL)
    model = learned.model.with_classes(tuple(dict.fromkeys(line.first for line in lines)))
    return corrected(model, [line for line in lines if line.hash not in learned.lines], None)


def rightness(right: Collection[str], before: str, after: str) -> int:
    """Compare two answers to a question that may have more than one right answer."""
    return (after in right) - (before in right)


def main() -> None:
    """Read the contents from standard input, and write their preview to standard output."""
    given = msgspec.json.decode(sys.stdin.buffer.read(), type=Contents)
    found = preview(changes_of(given.before), changes_of(given.after), given.encoder)
    sys.stdout.buffer.write(orjson.dumps(msgspec.to_builtins(found)))


if __name__ == "__main__":
    main()
