"""The console's pages about versions: what the drafts do, publishing, the history, an earlier version again."""

from datetime import datetime
from functools import partial

from bot.content.console_content_texts import console_content_texts
from bot.content.release import units_with
from bot.content.units import Changes
from bot.content_editing import publishing
from bot.content_editing.problem_texts import in_japanese
from bot.content_editing.publishing import NotPublishedError
from bot.runtime.clock import JAPAN
from bot.store.content_versions import StoredVersion
from bot.web.console import content_units
from bot.web.console.content_frame import ContentFrame
from bot.web.console.content_preview import Checker
from bot.web.console.content_units import Difference

NOT_CHECKED = "not checked"


class VersionPages(ContentFrame):
    """The pages from the drafts to a version, and back to an earlier one."""

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
            in_japanese=partial(in_japanese, units=units_with(after)),
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
        who, drafts = self._login.operator, self._versions.drafts()
        try:
            number = publishing.publish(
                self._versions, self._first_problem, who=who, why=why, by_another=self._approval
            )
        except NotPublishedError:
            return 0
        for unit, draft in drafts.items():
            self._record_typed(unit, draft)
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
            in_japanese=partial(in_japanese, units=units_with(changes)),
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

    def _first_problem(self, changes: Changes) -> str:
        return "" if self._checker({}, changes).may_be_published else NOT_CHECKED

    def _checker(self, before: Changes, after: Changes) -> Checker:
        return Checker(self._redis, before, after, self._encoder)


def _differences(before: Changes, after: Changes) -> list[Difference]:
    return content_units.changed(units_with(before), units_with(after))


def _when(version: StoredVersion) -> str:
    return datetime.fromtimestamp(version.at, JAPAN).strftime("%Y/%m/%d %H:%M")
