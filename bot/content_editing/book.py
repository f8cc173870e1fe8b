"""Everything the bot says, as the messages that LINE gets, for the people who sign for it.

`python -m bot.content_editing.book` reads the content from standard input and writes the book, both as JSON.
"""

import sys
from collections.abc import Iterator
from datetime import date

import msgspec

from bot.content.version import ContentVersion, using_version
from bot.content_editing.preview_result import Book, Contents, Page
from bot.content_editing.publishing import changes_of
from bot.diagnostics.samples import samples
from bot.flows import faq
from bot.flows.context import Context, Resources
from bot.flows.resources import load_resources
from bot.replies.plain_text import fallback_text
from bot.replies.render import render
from bot.replies.views import Notice, Reply

DAY = date(2026, 1, 5)  # of the samples; no message of an entry depends on it


def book(resources: Resources) -> Book:
    """Return every entry, notice and sample of the content in use."""
    return Book([*_entries(resources), *_notices(resources), *_samples()])


def _entries(resources: Resources) -> Iterator[Page]:
    ctx = Context(resources=resources, today=DAY, new_conversation_id="")
    for category in resources.knowledge.categories:
        for entry in category.entries:
            yield _page(entry.title, category.title, resources.knowledge.cite(entry), faq.answer(entry, ctx))


def _notices(resources: Resources) -> Iterator[Page]:
    service = resources.service
    for notice in service.notices:
        reply = Notice(title=service.notice_title, text=notice.text, tone="warning")
        yield _page(f"{notice.since} - {notice.until}", service.notice_title, "", reply)
    for name, text in service.switches.items():
        if text:
            yield _page(name, service.off_title, "", Notice(title=service.off_title, text=text, tone="warning"))
    for name, word in resources.texts.ui.notices.items():
        yield _page(word.title, "notice", name, Notice(title=word.title, text=word.text))


def _samples() -> Iterator[Page]:
    for name, view in samples().items():
        yield _page(name, "sample", "", view)


def _page(title: str, chapter: str, source: str, view: Reply) -> Page:
    message = render(view)
    return Page(title, chapter, source, fallback_text(message), message)


def main() -> None:
    """Read the content from standard input, and write its book to standard output."""
    given = msgspec.json.decode(sys.stdin.buffer.read(), type=Contents)
    with using_version(ContentVersion(changes=changes_of(given.after))):
        found = book(load_resources(given.encoder))
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
