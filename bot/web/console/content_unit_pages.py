"""The console's pages about units: found by words, changed in a form, saved as drafts."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.console_content_texts import console_content_texts
from bot.content.release import content_files, release_units, units_with
from bot.content.units import Value
from bot.content_editing import forms, publishing
from bot.content_editing.entry_names import entry_files, with_names, with_titles
from bot.content_editing.reviews import due
from bot.content_editing.sources import source_pages
from bot.content_editing.wording import unit_lines
from bot.reports.versions import edition
from bot.runtime.clock import today_in_japan
from bot.store.content_versions import StoredDraft
from bot.store.link_results import LinkResultStore
from bot.store.source_text import SourceText
from bot.web.console import content_units
from bot.web.console.content_frame import ContentFrame
from bot.web.console.content_links import links_of
from bot.web.console.content_routes import ENTRY_ID


@dataclass(frozen=True, slots=True)
class Saved:
    """The result of saving: the page to show if the draft was not saved."""

    saved: bool
    page: str = ""


class UnitPages(ContentFrame):
    """The pages of the units and their drafts."""

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
            due=due(units, today_in_japan()),
            links=links_of(LinkResultStore(self._redis).read()),
            files=entry_files(units),
            done=self._said(done),
        )

    def unit(self, key: str, done: str = "") -> str:
        """Return the form of a unit with its draft, if there is one. Empty for a unit that cannot exist."""
        draft = self._versions.drafts().get(key)
        if not draft and not self._may_exist(key):
            return ""
        value = draft.value if draft else units_with(self._published()).get(key)
        return self._form(key, value, draft, done=self._said(done))

    def save(self, key: str, form: Mapping[str, str], seen: int) -> Saved:
        """Save what was typed. What others saved or published meanwhile stays, and is shown beside what was typed."""
        if not self._may_exist(key):
            return Saved(saved=False)
        draft = self._versions.drafts().get(key)
        was = self._was(key, draft)
        try:
            value = self._read(key, form, was)
        except forms.FormError as error:
            page = self._form(key, was, draft, typed=_typed(form), unreadable=str(error))
            return Saved(saved=False, page=page)
        stale = self._is_stale(key, draft, form)
        if not stale and publishing.save_draft(self._versions, key, value, who=self._login.operator, seen=seen):
            self._record_save(key, draft, was, value)
            return Saved(saved=True)
        theirs = self._versions.drafts().get(key)
        if theirs and theirs.value == value:
            return Saved(saved=True)
        return Saved(saved=False, page=self._form(key, value, theirs, typed=_typed(form), conflict=True))

    def discard(self, key: str, seen: int) -> bool:
        """Delete a draft that nobody has saved anew."""
        draft = self._versions.drafts().get(key)
        done = self._versions.discard_draft(key, seen=seen)
        if done and draft:
            self._record_typed(key, draft)
            self._record("discard_draft", key, draft.value)
        return done

    def remove(self, key: str, seen: int) -> bool:
        """Save a draft in which this entry does not exist."""
        if not forms.is_entry(key) or not self._may_exist(key):
            return False
        was, draft = units_with(self._published()).get(key), self._versions.drafts().get(key)
        done = bool(publishing.save_draft(self._versions, key, None, who=self._login.operator, seen=seen))
        if done:
            self._record_typed(key, draft)
            self._record("remove", key, was)
        return done

    def _was(self, key: str, draft: StoredDraft | None) -> Value:
        """Return the unit that a form was made from: its draft, else what is in use."""
        was = draft.value if draft else units_with(self._published()).get(key)
        return {"id": key.rpartition("/")[2]} if was is None and forms.is_entry(key) else was

    def _read(self, key: str, form: Mapping[str, str], was: Value) -> Value:
        """Return the unit that was typed. Raise FormError for a field that cannot be read."""
        typed = _typed(form)
        if forms.is_entry(key) and "related" in typed:
            typed["related"] = with_names(typed["related"], self._units())
        return forms.read(key, typed, was)

    def _units(self) -> dict[str, Value]:
        return units_with(publishing.with_drafts(self._published(), self._versions.drafts()))

    def _is_stale(self, key: str, draft: StoredDraft | None, form: Mapping[str, str]) -> bool:
        """Return True if a form that was made without a draft was made of another content than the one in use."""
        current = content_units.digest(units_with(self._published()).get(key))
        return draft is None and form.get("shown", current) != current

    def _record_save(self, key: str, draft: StoredDraft | None, was: Value, value: Value) -> None:
        """Record a saved draft with all that its author has changed since the audit spoke of it."""
        if draft and draft.audited and draft.who == self._login.operator:
            was = draft.audited[0]
        else:
            self._record_typed(key, draft)
        self._record("save", key, was, value)

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
        units, current = self._units(), units_with(self._published()).get(key)
        shown = [
            (field, (typed or {}).get(field.name, _value(field, units)), console_content_texts().field(field.name))
            for field in forms.fields(key, value)
        ]
        return self._render(
            "content_unit.html",
            key=key,
            row=content_units.row(key, value),
            is_entry=forms.is_entry(key),
            known=self._may_exist(key),
            removed=draft is not None and draft.value is None,
            fields=shown,
            columns=lambda field: [console_content_texts().field(name).label for name in field.columns],
            unit_help=console_content_texts().unit(key).help,
            draft=draft,
            seen=draft.revision if draft else 0,
            shown=content_units.digest(current),
            conflict=conflict,
            theirs=list(unit_lines(draft.value if draft else current)) if conflict else [],
            mistakes=content_units.mistakes(key, value),
            pages=source_pages(key, value, units, SourceText(self._redis).pages()),
            edition=edition(),
            unreadable=unreadable,
            done=done,
        )


def _typed(form: Mapping[str, str]) -> dict[str, str]:
    return {name[2:]: value for name, value in form.items() if name.startswith("f:")}


def _value(field: forms.Field, units: Mapping[str, Value]) -> str:
    """Return a field as it is shown: related entries by their titles."""
    return with_titles(field.value, units) if field.name == "related" else field.value
