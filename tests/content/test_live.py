"""Following the published versions: a good one takes over at once, a broken one changes nothing."""

import sys
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.content.live import LiveContent
from bot.content.version import RELEASE, current
from bot.errors import StoreUnavailableError


@dataclass
class Record:
    """A published version."""

    number: int
    good: bool = True

    @property
    def changes(self) -> dict[str, tuple[Any, Any]]:
        return {"ui:good": (str(self.good), None)}


@dataclass
class Store:
    """The versions that were published, or no answer."""

    records: list[Record] = field(default_factory=list)
    number: int = 0
    away: bool = False

    def current(self) -> int:
        if self.away:
            raise StoreUnavailableError("away")
        return self.number

    def read(self, number: int) -> Record | None:
        return next((record for record in self.records if record.number == number), None)

    def history(self) -> list[Record]:
        return self.records[::-1]

    def publish(self, *, good: bool = True) -> None:
        self.number = len(self.records) + 1
        self.records.append(Record(self.number, good))


def load() -> int:
    """Load like the worker: an error for a version that is not good."""
    if any(change.value == "False" for change in current().changes.values()):
        raise ValueError("not good")
    return current().number


def test_release_speaks_until_something_is_published() -> None:
    store = Store()
    live = LiveContent(store, load)
    assert live.version is RELEASE
    store.publish()
    live.refresh()
    assert (live.loaded, live.version.number) == (1, 1)


def test_broken_version_changes_nothing_and_the_next_good_one_does(caplog: pytest.LogCaptureFixture) -> None:
    store = Store()
    store.publish()
    live = LiveContent(store, load)
    store.publish(good=False)
    for _ in range(3):
        live.refresh()
    assert live.loaded == 1
    assert [record.message for record in caplog.records].count("content version not usable") == 1
    store.publish()
    live.refresh()
    assert live.loaded == 3


def test_start_with_a_broken_version_takes_the_last_good_one() -> None:
    store = Store()
    store.publish()
    store.publish()
    store.publish(good=False)
    assert LiveContent(store, load).loaded == 2


def test_start_with_nothing_good_takes_the_release() -> None:
    store = Store()
    store.publish(good=False)
    assert LiveContent(store, load).version is RELEASE


def test_start_without_redis_takes_the_release_and_follows_later() -> None:
    store = Store(away=True)
    store.publish()
    store.publish(good=False)
    live = LiveContent(store, load)
    assert live.loaded == 0
    with pytest.raises(StoreUnavailableError):
        live.refresh()
    store.away = False
    live.refresh()
    assert live.loaded == 1, "the last good one, as at a start"


def test_version_that_was_lost_from_redis_gives_way_to_the_release() -> None:
    store = Store()
    store.publish()
    live = LiveContent(store, load)
    store.records, store.number = [], 0
    live.refresh()
    assert live.version is RELEASE


def test_error_of_the_release_itself_stops_the_start() -> None:
    def broken() -> int:
        raise ValueError("the release is broken")

    with pytest.raises(ValueError, match="release"):
        LiveContent(Store(), broken)


def test_loading_lets_the_turns_in_more_often_and_only_loading_does() -> None:
    before = sys.getswitchinterval()
    seen: list[float] = []

    def noted() -> int:
        seen.append(sys.getswitchinterval())
        return load()

    store = Store()
    live = LiveContent(store, noted)
    store.publish(good=False)
    live.refresh()
    assert [round(one, 6) for one in seen] == [0.0005, 0.0005]
    assert sys.getswitchinterval() == before
