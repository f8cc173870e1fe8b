"""The version of the content in use: the release, or the release with the changes that were published.

A turn or a request chooses its version once, with `using_version`. Everything else reads the release.
"""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from bot.content.units import Changes

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class ContentVersion:
    """The changes over the release, and the texts already read with them. Version 0 is the release."""

    number: int = 0
    changes: Changes = field(default_factory=dict)
    loaded: dict[Hashable, Any] = field(default_factory=dict, repr=False)


RELEASE = ContentVersion()


_chosen: ContextVar[ContentVersion] = ContextVar("content_version", default=RELEASE)
_loading = threading.RLock()


def current() -> ContentVersion:
    """Return the version that this turn or request has chosen; the release if none has."""
    return _chosen.get()


@contextmanager
def using_version(version: ContentVersion) -> Iterator[None]:
    """Choose the version of everything that this thread reads inside the block."""
    token = _chosen.set(version)
    try:
        yield
    finally:
        _chosen.reset(token)


def once_a_version(load: Callable[P, R]) -> Callable[P, R]:
    """Decorate a function that reads content, so that each version is read once."""

    @wraps(load)
    def loaded(*args: P.args, **kwargs: P.kwargs) -> R:
        memory = current().loaded
        key = (load, args, tuple(kwargs.items()))
        if key not in memory:
            with _loading:
                if key not in memory:
                    memory[key] = load(*args, **kwargs)
        found: R = memory[key]
        return found

    return loaded
