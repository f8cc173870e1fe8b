"""The published versions of the content, and the drafts of the next one. They hold no personal data.

A version is a map of the changed units over the release; it is written once and never changed.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from redis.exceptions import RedisError

from bot.errors import StoreUnavailableError
from bot.store.keys import content, content_drafts
from bot.store.redis.scripts import script
from bot.store.stored_values import read_json, read_moment, read_number, read_text

KEPT = 500  # versions; older ones are deleted
Pair = tuple[Any, Any]  # the new value of a unit, and what the release said when it was changed


class StoredVersion(msgspec.Struct, frozen=True, omit_defaults=True):
    """A published version: who published it and why, its changes, and the version that it restores (0: the release)."""

    who: str
    why: str
    changes: dict[str, Pair]
    restores: int | None = None
    number: int = 0
    at: int = 0  # seconds since 1970, by the clock of Redis


class StoredDraft(msgspec.Struct, frozen=True, omit_defaults=True):
    """A unit as somebody wants it to be. `revision` rises each time it is saved; `others` saved it before `who`.

    `audited` holds what the audit says of the unit last if `who` has typed on since, else nothing.
    """

    value: Any
    base: Any
    who: str
    at: int = 0
    revision: int = 0
    others: tuple[str, ...] = ()
    audited: tuple[Any, ...] = ()

    @property
    def authors(self) -> tuple[str, ...]:
        """Everybody who has saved it since it was begun."""
        return (*self.others, self.who)


class ContentVersions:
    """The versions in Redis. Every method raises StoreUnavailableError if Redis is down."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def current(self) -> int:
        """Return the number of the version to be used; 0 for the release."""
        stored = self._ask(lambda: self._redis.hget(content(), "current"))
        number = read_number(stored)
        if stored and not number and stored != b"0":  # workers go on with the version that they have
            raise StoreUnavailableError("Redis has no number of the content in use")
        return number

    def read(self, number: int) -> StoredVersion | None:
        """Return a version, None if there is none or it cannot be read."""
        return _version(number, *self._ask(lambda: self._redis.hmget(content(), f"version:{number}", f"at:{number}")))

    def history(self) -> list[StoredVersion]:
        """Return all versions that are kept, the newest first."""
        stored = self._ask(lambda: self._redis.hgetall(content()))
        numbers = sorted((read_number(name[8:]) for name in stored if name.startswith(b"version:")), reverse=True)
        found = (_version(one, stored.get(b"version:%d" % one), stored.get(b"at:%d" % one)) for one in numbers)
        return [version for version in found if version]

    def publish(self, version: StoredVersion, *, after: int, drafts: Mapping[str, int] | None = None) -> int:
        """Publish a version after the current one, and delete the drafts (unit: revision) that are in it.

        Return its number, 0 if another version than `after` is current.
        """
        published = [part for unit, revision in (drafts or {}).items() for part in (unit, revision)]
        args = (after, msgspec.json.encode(version), KEPT, *published)
        run = script(self._redis, "content_publish")
        return int(self._ask(lambda: run(keys=[content(), content_drafts()], args=args)))

    def drafts(self) -> dict[str, StoredDraft]:
        """Return all drafts by unit."""
        stored = self._ask(lambda: self._redis.hgetall(content_drafts()))
        units = sorted(name[6:] for name in stored if name.startswith(b"draft:"))
        found = {read_text(unit): _draft(stored[b"draft:" + unit], stored.get(b"revision:" + unit)) for unit in units}
        return {unit: draft for unit, draft in found.items() if draft}

    def save_draft(self, unit: str, draft: StoredDraft, *, seen: int) -> int:
        """Save a draft over the revision that its author has seen (0: none).

        Return its revision, 0 if another one is stored, which stays as it is.
        """
        return self._write_draft(unit, seen, msgspec.json.encode(draft))

    def discard_draft(self, unit: str, *, seen: int) -> bool:
        """Delete a draft. Return False if another revision is stored."""
        return self._write_draft(unit, seen, b"") > 0

    def _write_draft(self, unit: str, seen: int, draft: bytes) -> int:
        run = script(self._redis, "content_draft")
        return int(self._ask(lambda: run(keys=[content_drafts()], args=(unit, seen, draft))))

    def _ask(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except (RedisError, OSError) as error:
            raise StoreUnavailableError(f"Redis did not say which content is in use: {type(error).__name__}") from None


def _version(number: int, raw: bytes | None, at: bytes | None) -> StoredVersion | None:
    version = read_json(raw, StoredVersion)
    return version and msgspec.structs.replace(version, number=number, at=int(read_moment(read_number(at))))


def _draft(raw: bytes, revision: bytes | None) -> StoredDraft | None:
    draft = read_json(raw, StoredDraft)
    return draft and msgspec.structs.replace(draft, revision=read_number(revision))
