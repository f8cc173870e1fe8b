"""Publishes drafts as a version and restores earlier versions, each only if its checks find nothing."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from bot.content.release import release_units, still_changes
from bot.content.units import Change, Changes
from bot.errors import PermanentError
from bot.store.content_versions import ContentVersions, StoredDraft, StoredVersion

Check = Callable[[Changes], str]  # returns the first problem of a content; empty if it may be published


class NotPublishedError(PermanentError):
    """A version that was not published: its checks found something, or somebody else has published meanwhile.

    `in_use` is the number of the current version if that says it already, as after a second press of a button; else 0.
    """

    def __init__(self, reason: str, in_use: int = 0) -> None:
        super().__init__(reason)
        self.in_use = in_use


def changes_of(stored: Mapping[str, tuple[Any, Any]]) -> dict[str, Change]:
    """Return stored changes as the content knows them."""
    return {unit: Change(value, base) for unit, (value, base) in stored.items()}


def published(versions: ContentVersions, number: int | None = None) -> Changes:
    """Return the changes of a version, of the current one if no number is given. Raise NotPublishedError if unknown."""
    number = versions.current() if number is None else number
    if number == 0:
        return {}
    version = versions.read(number)
    if version is None:
        raise NotPublishedError(f"there is no version {number}")
    return changes_of(version.changes)


def with_drafts(changes: Changes, drafts: Mapping[str, StoredDraft]) -> dict[str, Change]:
    """Return the changes as they are after these drafts."""
    return still_changes({**changes, **{unit: Change(draft.value, draft.base) for unit, draft in drafts.items()}})


def publish(
    versions: ContentVersions,
    check: Check,
    *,
    who: str,
    why: str,
    units: Collection[str] = (),
    by_another: bool = False,
) -> int:
    """Publish the drafts of these units, or all drafts, and return the number of the new version.

    Raise NotPublishedError with the first problem if a check finds one, or, with `by_another`, if `who` is an author of
    a draft; nothing has changed then.
    """
    after, drafts = versions.current(), versions.drafts()
    unknown = [unit for unit in units if unit not in drafts]
    if unknown or not drafts:
        reason = f"there is no draft of {unknown[0]}" if unknown else "there are no drafts"
        raise NotPublishedError(reason, 0 if unknown else _published_by(versions, who, why))
    chosen = {unit: draft for unit, draft in drafts.items() if not units or unit in units}
    if by_another and any(who in draft.authors for draft in chosen.values()):
        raise NotPublishedError("another person than the authors of the drafts must publish them")
    changes = with_drafts(published(versions, after), chosen)
    revisions = {unit: draft.revision for unit, draft in chosen.items()}
    return _publish(versions, changes, StoredVersion(who, why, {}), check, after=after, drafts=revisions)


def restore(versions: ContentVersions, check: Check, number: int, *, who: str, why: str) -> int:
    """Publish what an earlier version said (0: the release) as a new version, and return its number.

    Raise NotPublishedError if that is in use already: a copy of it would push the oldest version out of the history.
    """
    after, changes = versions.current(), published(versions, number)
    if changes == published(versions, after):
        raise NotPublishedError(f"version {after} is in use, and says the same", after)
    version = StoredVersion(who, why, {}, restores=number)
    return _publish(versions, changes, version, check, after=after)


def save_draft(
    versions: ContentVersions,
    unit: str,
    value: Any,
    *,
    who: str,
    seen: int | None = None,
    audited: tuple[Any, ...] = (),
) -> int:
    """Save a draft over the revision that its author has seen, or over any. Return 0 if another one is stored."""
    found = versions.drafts().get(unit)
    if seen is None:
        seen = found.revision if found else 0
    others = tuple(name for name in dict.fromkeys(found.authors) if name != who) if found else ()
    draft = StoredDraft(value, release_units().get(unit), who, others=others, audited=audited)
    return versions.save_draft(unit, draft, seen=seen)


def _publish(
    versions: ContentVersions,
    changes: Changes,
    version: StoredVersion,
    check: Check,
    *,
    after: int,
    drafts: Mapping[str, int] | None = None,
) -> int:
    if wrong := check(changes):
        raise NotPublishedError(wrong)
    stored = {unit: (change.value, change.base) for unit, change in changes.items()}
    complete = StoredVersion(version.who, version.why, stored, version.restores)
    number = versions.publish(complete, after=after, drafts=drafts)
    if not number:
        reason = "somebody else has published meanwhile: look at the history and try again"
        raise NotPublishedError(reason, _published_by(versions, version.who, version.why))
    return number


def _published_by(versions: ContentVersions, who: str, why: str) -> int:
    """Return the number of the current version if this person has published it for this reason, else 0."""
    version = versions.read(versions.current())
    return version.number if version and (version.who, version.why) == (who, why) else 0
