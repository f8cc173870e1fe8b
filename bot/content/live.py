"""Follows the published versions: the newest good one is loaded beside the one in use, then takes its place at once."""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from bot.content.units import Change
from bot.content.version import RELEASE, ContentVersion, using_version
from bot.errors import StoreUnavailableError
from bot.runtime.switch_interval import short_switch_interval

logger = logging.getLogger(__name__)
Loaded = TypeVar("Loaded")


class Published(Protocol):
    """A stored version: its number, and by unit the new value and what the release said."""

    @property
    def number(self) -> int: ...

    @property
    def changes(self) -> Mapping[str, tuple[Any, Any]]: ...


class Versions(Protocol):
    """The store of versions. Its methods raise StoreUnavailableError if it is down."""

    def current(self) -> int: ...

    def read(self, number: int) -> Published | None: ...

    def history(self) -> Sequence[Published]: ...


def version_of(published: Published) -> ContentVersion:
    """Return the version that this record describes."""
    changes = {unit: Change(value, base) for unit, (value, base) in published.changes.items()}
    return ContentVersion(published.number, changes)


class LiveContent(Generic[Loaded]):
    """The loaded content of the newest good version. Reading `loaded` costs nothing and asks nobody.

    `load` reads the content of the version in use, and raises an error if it is not good.
    """

    def __init__(self, versions: Versions, load: Callable[[], Loaded]) -> None:
        """Load the current version, else the last good one. The release is used if no version is good or known."""
        self._versions, self._load = versions, load
        self._seen = 0
        self._refreshing = threading.Lock()
        self.version: ContentVersion
        self.loaded: Loaded
        try:
            self._follow(self._number())
        except StoreUnavailableError:
            logger.warning("content versions not read", extra={"error": StoreUnavailableError.__name__})
        if not hasattr(self, "version"):
            self._take(RELEASE)

    def refresh(self) -> None:
        """Load the current version if it is another one. Raise StoreUnavailableError if the store is down.

        A version that is not good changes nothing: the one in use stays.
        """
        if self._refreshing.acquire(blocking=False):  # another thread is at it
            try:
                number = self._number()
                if number != self._seen:
                    self._follow(number)
            finally:
                self._refreshing.release()

    def _number(self) -> int:
        return self._versions.current()

    def _follow(self, number: int) -> None:
        if number == 0:
            if self._seen:  # nobody can publish version 0: restoring the release makes a version, too
                logger.error("published content is gone: the release is in use", extra={"content_version": self._seen})
            self._take(RELEASE)
        elif not self._try(self._candidates(number)):
            logger.error("no published content is good", extra={"content_version": number})
        self._seen = number

    def _candidates(self, number: int) -> Iterable[Published]:
        """Yield the version, and if only the release has been in use so far, all earlier ones."""
        version = self._versions.read(number)
        if version:
            yield version
        if getattr(self, "version", RELEASE) is RELEASE:
            yield from (older for older in self._versions.history() if older.number < number)

    def _try(self, candidates: Iterable[Published]) -> bool:
        for published in candidates:
            try:
                self._take(version_of(published))
            except Exception as error:
                facts = {"content_version": published.number, "error": type(error).__name__, "reason": str(error)[:200]}
                logger.exception("content version not usable", extra=facts)
            else:
                return True
        return False

    def _take(self, version: ContentVersion) -> None:
        with using_version(version), short_switch_interval():
            loaded = self._load()
        self.version, self.loaded = version, loaded
        if version.number:  # the release is in use unless something else is said
            logger.info("content version in use", extra={"content_version": version.number})
