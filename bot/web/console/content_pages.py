"""Renders the console's pages about the content, and carries out what their forms ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.content.console_content_texts import console_content_texts
from bot.content.console_texts import console_texts
from bot.content.release import content_files, release_units, units_with
from bot.content.units import Changes, Value
from bot.content_editing import forms, publishing
from bot.content_editing.publishing import NotPublishedError
from bot.content_editing.questions import as_csv
from bot.content_editing.wording import Piece, differences, unit_lines
from bot.reports.versions import edition
from bot.runtime.build import bot_version
from bot.settings import Settings
from bot.store.audit import SHOWN, AuditEntry, AuditLog
from bot.store.console_sessions import Login
from bot.store.content_versions import ContentVersions, StoredDraft, StoredVersion
from bot.store.question_states import STATES
from bot.web import html
from bot.web.console import content_units, roles
from bot.web.console.acts import Act
from bot.web.console.bubbles import drawn
from bot.web.console.content_preview import BookMaker, Checker
from bot.web.console.content_questions import QuestionPages
from bot.web.console.content_routes import ENTRY_ID
from bot.web.console.pages import STYLE

JAPAN = ZoneInfo("Asia/Tokyo")
NOT_CHECKED = "not checked"
MOST_ACTS = 100_000  # of one table
DONE = frozenset(  # acts that a page confirms
    ["saved", "discarded", "changed", "no_why", "not_published", "published", "added", "not_added", "state_set"]
)


@dataclass(frozen=True, slots=True)
class Saved:
    """The result of saving: the page to show if the draft was not saved."""

    saved: bool
    page: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit and the lines of it that differ."""

    unit: str
    name: str
    lines: list[list[Piece]]


class ContentPages:
    """The pages for one operator. Every method raises StoreUnavailableError or Redis's errors if Redis is down."""

    def __init__(self, redis: Any, login: Login, settings: Settings) -> None:
        self._redis, self._login, self._encoder = redis, login, settings.encoder
        self._approval, self._role = settings.content_approval, settings.role_of(login.operator)
        self._audit = AuditLog(redis)
        self._versions = ContentVersions(redis)

    def overview(self, words: str, done: str) -> str:
        """Return the page with the drafts and the units that were found."""
        drafts = self._versions.drafts()
        units = units_with(publishing.with_drafts(self._published(), drafts))
        return self._render(
            "content.html",
            words=words,
            found=content_units.find(words, units),
            drafts=[(content_units.row(unit, draft.value), draft.who) for unit, draft in drafts.items()],
            current=self._versions.current(),
            files=[name for name in content_files() if name.startswith("knowledge/")],
            done=self._said(done),
        )

    def unit(self, key: str, done: str = "") -> str:
        """Return the form of a unit with its draft, if there is one. Empty for a unit that cannot exist."""
        if not self._may_exist(key):
            return ""
        draft = self._versions.drafts().get(key)
        value = draft.value if draft else units_with(self._published()).get(key)
        return self._form(key, value, draft, done=self._said(done))

    def save(self, key: str, form: Mapping[str, str], seen: int) -> Saved:
        """Save what was typed. What others saved or published meanwhile stays, and is shown beside what was typed."""
        if not self._may_exist(key):
            return Saved(saved=False)
        drafts, published = self._versions.drafts(), units_with(self._published()).get(key)
        was = drafts[key].value if key in drafts else published
        if was is None and forms.is_entry(key):
            was = {"id": key.rpartition("/")[2]}
        typed = {name[2:]: value for name, value in form.items() if name.startswith("f:")}
        try:
            value = forms.read(key, typed, was)
        except forms.FormError as error:
            page = self._form(key, was, drafts.get(key), typed=typed, unreadable=str(error))
            return Saved(saved=False, page=page)
        stale = key not in drafts and form.get("shown", content_units.digest(published)) != content_units.digest(
            published
        )
        if not stale and publishing.save_draft(self._versions, key, value, who=self._login.operator, seen=seen):
            self._record("save", key, was, value)
            return Saved(saved=True)
        theirs = self._versions.drafts().get(key)
        return Saved(saved=False, page=self._form(key, value, theirs, typed=typed, conflict=True))

    def discard(self, key: str, seen: int) -> bool:
        """Delete a draft that nobody has saved anew."""
        draft = self._versions.drafts().get(key)
        done = self._versions.discard_draft(key, seen=seen)
        if done and draft:
            self._record("discard_draft", key, draft.value)
        return done

    def remove(self, key: str, seen: int) -> bool:
        """Save a draft in which this entry does not exist."""
        if not forms.is_entry(key) or not self._may_exist(key):
            return False
        was = units_with(self._published()).get(key)
        done = bool(publishing.save_draft(self._versions, key, None, who=self._login.operator, seen=seen))
        if done:
            self._record("remove", key, was)
        return done

    def preview(self, done: str) -> str:
        """Return the page that shows what the drafts do, and begin their check if nobody has."""
        current, drafts = self._published(), self._versions.drafts()
        after = publishing.with_drafts(current, drafts)
        checker, found = self._checker(current, after), None
        if drafts:
            checker.begin()
            found = checker.found()
        own = self._approval and any(self._login.operator in draft.authors for draft in drafts.values())
        return self._render(
            "content_preview.html",
            drafts=drafts,
            found=found,
            changes=_differences(current, after),
            needs_other=own,
            done=self._said(done),
        )

    def check_again(self) -> None:
        """Begin the check of the drafts again if it has failed."""
        current = self._published()
        self._checker(current, publishing.with_drafts(current, self._versions.drafts())).begin(again=True)

    def publish(self, why: str) -> int:
        """Publish all drafts, and return the number of the version; 0 if they have not been found good."""
        who = self._login.operator
        try:
            number = publishing.publish(
                self._versions, self._first_problem, who=who, why=why, by_another=self._approval
            )
        except NotPublishedError:
            return 0
        self._record("publish", str(number), None, why)
        return number

    def history(self, done: str) -> str:
        """Return the page of all versions, the newest first."""
        versions = [(version, _when(version)) for version in self._versions.history()]
        current = self._versions.current()
        said = self._said(done)
        if done == "published":
            said = said.format(number=current)
        return self._render("content_history.html", versions=versions, current=current, done=said)

    def version(self, number: int, done: str) -> str:
        """Return the page of a version with what restoring it would change; empty if there is none."""
        try:
            changes = publishing.published(self._versions, number)
        except NotPublishedError:
            return ""
        current = self._published()
        checker = self._checker(current, changes)
        found, good = None, checker.may_be_published
        if not good:
            checker.begin()
            found = checker.found()
        version = self._versions.read(number)
        return self._render(
            "content_version.html",
            number=number,
            version=version,
            when=_when(version) if version else "",
            changes=_differences(current, changes),
            good=good,
            found=found,
            done=self._said(done),
        )

    def restore(self, number: int) -> int:
        """Publish an earlier version again, and return the new number; 0 if it has not been found good."""
        why = console_content_texts().words["restore_why"].format(number=number)
        who = self._login.operator
        try:
            made = publishing.restore(self._versions, self._first_problem, number, who=who, why=why)
        except NotPublishedError:
            return 0
        self._record("restore", str(made), None, why)
        return made

    def questions(self, wanted: str, done: str) -> str:
        """Return the page of unanswered questions in that state, or of all."""
        work, state = QuestionPages(self._redis, self._login.operator), wanted if wanted in STATES else ""
        return self._render(
            "content_questions.html",
            rows=work.rows(state),
            kinds=work.kinds(),
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

    def _record(self, what: str, target: str, before: Value = None, after: Value = None) -> None:
        self._audit.add(AuditEntry(self._login.operator, what, target, before, after))

    def _first_problem(self, changes: Changes) -> str:
        return "" if self._checker({}, changes).may_be_published else NOT_CHECKED

    def _checker(self, before: Changes, after: Changes) -> Checker:
        return Checker(self._redis, before, after, self._encoder)

    def _published(self) -> Changes:
        return publishing.published(self._versions)

    def _may_exist(self, key: str) -> bool:
        """Return True for a unit of the content, and for an entry of a category that exists."""
        file, _, path = key.partition(":")
        named = path.startswith("entries/") and ENTRY_ID.fullmatch(path.removeprefix("entries/"))
        new_entry = file in content_files() and file.startswith("knowledge/") and bool(named)
        return new_entry or key in release_units() or key in self._published()

    def _form(
        self,
        key: str,
        value: Value,
        draft: StoredDraft | None,
        *,
        done: str = "",
        typed: Mapping[str, str] | None = None,
        unreadable: str = "",
        conflict: bool = False,
    ) -> str:
        shown = [
            (field, (typed or {}).get(field.name, field.value), console_content_texts().field(field.name))
            for field in forms.fields(key, value)
        ]
        current = units_with(self._published()).get(key)
        pages = value.get("pages", value.get("page", "")) if isinstance(value, dict) else ""
        return self._render(
            "content_unit.html",
            key=key,
            row=content_units.row(key, value),
            is_entry=forms.is_entry(key),
            removed=draft is not None and draft.value is None,
            fields=shown,
            columns=lambda field: [console_content_texts().field(name).label for name in field.columns],
            unit_help=console_content_texts().unit(key).help,
            draft=draft,
            seen=draft.revision if draft else 0,
            shown=content_units.digest(current),
            conflict=conflict,
            theirs=list(unit_lines(draft.value if draft else current)) if conflict else [],
            mistakes=forms.mistakes(key, value),
            pages=", ".join(map(str, pages)) if isinstance(pages, list) else pages,
            edition=edition(),
            unreadable=unreadable,
            done=done,
        )

    def _can(self, route: str) -> bool:
        return roles.may(self._role, f"console.content.{route}")

    def _said(self, done: str) -> str:
        return console_content_texts().words[done] if done in DONE else ""

    def _render(self, name: str, **values: Any) -> str:
        frame = {"t": console_texts(), "c": console_content_texts().words, "style": html.style(STYLE)}
        helpers = {"drawn": drawn, "can": self._can}
        page = {"page": "content", "login": self._login, "done": ""}
        return html.template(f"console/{name}").render(**{**page, **frame, **helpers, **values})


def _differences(before: Changes, after: Changes) -> list[Difference]:
    old, new = units_with(before), units_with(after)
    return [
        Difference(unit, content_units.row(unit, new.get(unit) or old.get(unit)).name, content_units.labelled(lines))
        for unit, lines in differences(old, new).items()
    ]


def _when(version: StoredVersion) -> str:
    return datetime.fromtimestamp(version.at, JAPAN).strftime("%Y/%m/%d %H:%M")
