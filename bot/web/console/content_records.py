"""The console's pages to read: unanswered questions, everything that the bot says, and the acts of operators."""

from bot.content.console_content_texts import console_content_texts
from bot.content_editing.questions import as_csv
from bot.reports.versions import edition
from bot.runtime.build import bot_version
from bot.store.audit import SHOWN
from bot.store.question_states import STATES
from bot.web.console import content_units
from bot.web.console.acts import Act
from bot.web.console.content_frame import ContentFrame
from bot.web.console.content_preview import BookMaker
from bot.web.console.content_questions import QuestionPages

MOST_ACTS = 100_000  # of one table


class RecordPages(ContentFrame):
    """The pages that change nothing."""

    def questions(self, wanted: str, done: str) -> str:
        """Return the page of unanswered questions in that state, or of all."""
        work, state = QuestionPages(self._redis, self._login.operator), wanted if wanted in STATES else ""
        return self._render(
            "content_questions.html",
            rows=work.rows(state),
            kinds=work.kinds(),
            entries=work.entries(),
            files=work.files(),
            states=STATES,
            wanted=state,
            done=self._said(done),
        )

    def book(self, words: str) -> str:
        """Return the page of everything the bot says now, or of what holds these words."""
        found = BookMaker(self._redis, self._published(), self._encoder).found()
        pages = [page for page in found.pages if content_units.holds(words, page.title, page.text)] if found else []
        return self._render(
            "content_book.html",
            found=found,
            pages=pages,
            words=words,
            number=self._versions.current(),
            edition=edition(),
            bot=bot_version(),
        )

    def audit(self) -> str:
        """Return the page of the last acts of all operators, the newest first."""
        return self._render("content_audit.html", acts=self._acts(SHOWN))

    def audit_csv(self) -> bytes:
        """Return the acts of the last 400 days as a table for spreadsheets."""
        words = console_content_texts().words
        rows = [(act.when, act.who, act.says, act.changes) for act in self._acts(MOST_ACTS)]
        return as_csv([words["audit_columns"].split("|"), *rows])

    def _acts(self, count: int) -> list[Act]:
        work = QuestionPages(self._redis, self._login.operator)
        return [Act.of(work.in_words(entry)) for entry in self._audit.newest(count)]
