"""Saves drafts as they are typed, and says whether somebody else has saved the same unit meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.content.console_content_texts import console_content_texts
from bot.content.release import units_with
from bot.content.units import Value
from bot.content_editing import forms, publishing
from bot.store.content_versions import StoredDraft
from bot.web.console.content_unit_pages import UnitPages

State = Literal["saved", "conflict", "unreadable", "missing"]
STATUS: Mapping[State, int] = {"saved": 200, "conflict": 409, "unreadable": 422, "missing": 404}


@dataclass(frozen=True, slots=True)
class Typed:
    """The result of saving typed text: the revision that is stored (0: no draft), and a sentence."""

    state: State
    revision: int
    says: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"revision": self.revision, "says": self.says}


class TypedDrafts(UnitPages):
    """The drafts of one operator, saved without a button."""

    def save_typed(self, key: str, form: Mapping[str, str], seen: int) -> Typed:
        """Save what is in the form so far, over the revision that its author has seen."""
        if not self._may_exist(key):
            return Typed("missing", 0)
        draft = self._versions.drafts().get(key)
        if (draft.revision if draft else 0) != seen or self._is_stale(key, draft, form):
            return _conflict(draft)
        was = self._was(key, draft)
        try:
            value = self._read(key, form, was)
        except forms.FormError as error:
            label = console_content_texts().field(str(error)).label
            return Typed("unreadable", seen, _word("typing_unreadable").format(field=label))
        if value == was:
            return Typed("saved", seen, _word("typing_saved"))
        return self._save(key, value, draft)

    def seen_typed(self, key: str, seen: int) -> Typed:
        """Say whether the unit is still as its author has seen it."""
        draft = self._versions.drafts().get(key)
        return Typed("saved", seen) if (draft.revision if draft else 0) == seen else _conflict(draft)

    def _save(self, key: str, value: Value, draft: StoredDraft | None) -> Typed:
        who, in_use = self._login.operator, units_with(self._published()).get(key)
        seen = draft.revision if draft else 0
        if draft and draft.authors == (who,) and value == in_use:  # typed, and taken back
            if not self._versions.discard_draft(key, seen=seen):
                return _conflict(self._versions.drafts().get(key))
            if draft.audited != (in_use,):
                self._record_typed(key, draft)
                self._record("discard_draft", key, draft.value)
            return Typed("saved", 0, _word("typing_saved"))
        audited = draft.audited if draft and draft.audited and draft.who == who else (draft.value if draft else in_use,)
        revision = publishing.save_draft(self._versions, key, value, who=who, seen=seen, audited=audited)
        if not revision:
            return _conflict(self._versions.drafts().get(key))
        if draft and draft.who != who:
            self._record_typed(key, draft)
        return Typed("saved", revision, _word("typing_saved"))


def _conflict(draft: StoredDraft | None) -> Typed:
    says = _word("typing_conflict").format(who=draft.who) if draft else _word("typing_gone")
    return Typed("conflict", draft.revision if draft else 0, says)


def _word(name: str) -> str:
    return console_content_texts().words[name]
