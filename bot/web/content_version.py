"""Gives a page one version of the content, the newest that this process has found good."""

import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from flask import Flask, g, request

from bot.errors import StoreUnavailableError
from bot.runtime.limits import LIMITS, Limits

if TYPE_CHECKING:
    from bot.content.live import LiveContent
    from bot.content.version import ContentVersion

PAGES = ("/sheet/", "/console/", "/metrics/")  # the webhook and the probes show no content


class WebContent:
    """The versions of a web process, which only pages that show content look up: an unused process asks nothing."""

    def __init__(self, redis: Any, limits: Limits = LIMITS) -> None:
        self._redis = redis
        self._limits = limits
        self._live: LiveContent[None] | None = None
        self._looking = threading.Lock()
        self._next_look = 0.0

    def newest(self) -> "ContentVersion":
        """Return the newest good version. While Redis is down, that is the one which spoke before."""
        from bot.content.version import RELEASE  # noqa: PLC0415 - content is imported by the first page

        if time.monotonic() >= self._next_look and self._looking.acquire(blocking=self._live is None):
            try:
                self._look()
            finally:
                self._looking.release()
        return self._live.version if self._live else RELEASE

    def _look(self) -> None:
        from bot.content.live import LiveContent  # noqa: PLC0415 - content is imported by the first page
        from bot.store.content_versions import ContentVersions  # noqa: PLC0415 - imported by the first page

        self._next_look = time.monotonic() + self._limits.content_refresh_seconds
        try:
            if self._live is None:
                self._live = LiveContent(ContentVersions(self._redis), _load)
            else:
                self._live.refresh()
        except StoreUnavailableError:
            self._next_look = time.monotonic() + self._limits.content_pause_seconds


def speak_newest(app: Flask, content: WebContent) -> None:
    """Give every page of the application the newest version from its beginning to its end."""

    @app.before_request
    def choose() -> None:
        if (request.path + "/").startswith(PAGES):
            from bot.content.version import using_version  # noqa: PLC0415 - content is imported by the first page

            g.content = ExitStack()
            g.content.enter_context(using_version(content.newest()))

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        if chosen := g.pop("content", None):
            chosen.close()


def _load() -> None:
    """Read what the pages say. Raise an error if the version is not good."""
    from bot.content.after import load_after  # noqa: PLC0415 - content is imported by the first page
    from bot.content.cached import precheck_texts  # noqa: PLC0415 - content is imported by the first page
    from bot.content.knowledge import load_knowledge  # noqa: PLC0415 - content is imported by the first page
    from bot.sheet.texts import sheet_words  # noqa: PLC0415 - content is imported by the first page

    for load in (precheck_texts, sheet_words, load_knowledge):
        load()
    load_after()  # the checklist
