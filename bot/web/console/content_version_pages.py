"""The console's pages about versions: what the drafts do, publishing, the history, an earlier version again."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial

from bot.content.console_content_texts import console_content_texts
from bot.content.release import units_with
from bot.content.units import Changes
from bot.content_editing import publishing
from bot.content_editing.problem_texts import in_japanese
from bot.content_editing.publishing import NotPublishedError
from bot.runtime.clock import JAPAN
from bot.store.content_versions import StoredDraft, StoredVersion
from bot.web.console import content_units
from bot.web.console.content_frame import ContentFrame
from bot.web.console.content_preview import Checker
from bot.web.console.content_units import Difference

NOT_CHECKED = "not checked"


class VersionPages(ContentFrame):
    """The pages from the drafts to a version, and back to an earlier one."""

    def preview(self, units: Collection[str], done: str) -> str:
        """Return the page that shows what these drafts, or all, do, and begin their check if nobody has."""
        current, all_drafts = self._published(), self._versions.drafts()
        drafts = _chosen(all_drafts, units)
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
            choice=[(content_units.row(unit, draft.value), draft.who) for unit, draft in all_drafts.items()],
            found=found,
            changes=_differences(current, after),
            needs_other=own,
            done=self._said(done),
        )

    def check_again(self, units: Collection[str]) -> None:
        """Begin the check of these drafts, or of all, again if it has failed."""
        current = self._published()
        after = publishing.with_drafts(current, _chosen(self._versions.drafts(), units))
        self._checker(current, after).begin(again=True)

    def publish(self, units: Collection[str], why: str) -> int:
        """Publish these drafts, or all; return the version's number, also if in use, or 0 if they are not good."""
        who, drafts = self._login.operator, _chosen(self._versions.drafts(), units)
        try:
            number = publishing.publish(
                self._versions, self._first_problem, who=who, why=why, units=units, by_another=self._approval
            )
        except NotPublishedError as refused:
            return refused.in_use
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
        """Publish an earlier version again, and return the new number, also if it is in use; 0 if it is not good."""
        why = console_content_texts().words["restore_why"].format(number=number)
        who = self._login.operator
        try:
            made = publishing.restore(self._versions, self._first_problem, number, who=who, why=why)
        except NotPublishedError as refused:
            return refused.in_use
        self._record("restore", str(made), None, why)
        return made

    def _first_problem(self, changes: Changes) -> str:
        return "" if self._checker({}, changes).may_be_published else NOT_CHECKED

    def _checker(self, before: Changes, after: Changes) -> Checker:
        return Checker(self._redis, before, after, self._encoder)


def _chosen(drafts: Mapping[str, StoredDraft], units: Collection[str]) -> dict[str, StoredDraft]:
    return {unit: draft for unit, draft in drafts.items() if not units or unit in units}


def _differences(before: Changes, after: Changes) -> list[Difference]:
    return content_units.changed(units_with(before), units_with(after))


def _when(version: StoredVersion) -> str:
    return datetime.fromtimestamp(version.at, JAPAN).strftime("%Y/%m/%d %H:%M")
