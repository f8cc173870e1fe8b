"""Runs the checks of unpublished content in a process of their own, and keeps what they found in Redis."""

import hashlib
import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from redis.exceptions import RedisError

from bot.content.units import Changes
from bot.content_editing.preview_result import Book, Contents, Preview
from bot.reports.versions import content_digest
from bot.runtime.build import bot_version
from bot.store.content_previews import ContentPreviews
from bot.store.stored_values import read_json

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[3]  # where `bot` lies, installed or not
TIMEOUT_SECONDS = 240
FAILED = b'{"failed":true}'
_one_at_a_time = threading.Lock()  # each run takes 300 MB and a core


class Checker:
    """The checks of one content beside the one in use."""

    def __init__(self, redis: Any, before: Changes, after: Changes, encoder: str) -> None:
        given = Contents(_stored(before), _stored(after), encoder)
        self._good = "" if not after else "good:" + _digest(msgspec.json.encode(given.after))
        self._previews = ContentPreviews(redis)
        self._job = Job(redis, "bot.content_editing.preview", given)

    @property
    def may_be_published(self) -> bool:
        """Return True if this content was found good under this release, beside any other content."""
        return not self._good or bool(self._previews.read(self._good))

    def found(self) -> Preview | None:
        """Return what was found; None while the check runs or has not begun."""
        raw = self._job.result()
        return read_json(raw, Preview)

    def begin(self, *, again: bool = False) -> None:
        """Begin the check in the background, unless it runs or has ended; `again`: also if it has failed."""
        if again and (found := self.found()) and found.failed:
            self._job.forget()
        self._job.begin(self._keep)

    def run(self) -> None:
        """Run the check and keep what it found."""
        self._job.run(self._keep)

    def _keep(self, preview: bytes) -> None:
        if self._good and msgspec.json.decode(preview, type=Preview).good:
            self._previews.save(self._good, b"good")


class BookMaker:
    """Everything that one content says, drawn in the background."""

    def __init__(self, redis: Any, content: Changes, encoder: str) -> None:
        self._job = Job(redis, "bot.content_editing.book", Contents({}, _stored(content), encoder))

    def found(self) -> Book | None:
        """Return the book; None while it is made. A book that failed is made anew with the next request."""
        raw = self._job.result()
        found = read_json(raw, Book)
        if found is None:
            self._job.begin()
        elif found.failed:
            self._job.forget()
        return found


class Job:
    """A part of content editing that runs in a process of its own. Redis keeps its result by what it was given."""

    def __init__(self, redis: Any, module: str, given: Contents) -> None:
        self._module, self._given = module, msgspec.json.encode(given)
        self._digest = _digest(module.encode() + self._given)
        self._previews = ContentPreviews(redis)

    def result(self) -> bytes | None:
        """Return what the module wrote; empty while it runs, None if nobody has begun it."""
        return self._previews.read(self._digest)

    def forget(self) -> None:
        """Forget the result, so that the job can begin anew."""
        self._previews.forget(self._digest)

    def begin(self, done: Callable[[bytes], None] | None = None) -> None:
        """Begin in the background, unless it runs or has ended."""
        if self._previews.begin(self._digest):
            threading.Thread(target=lambda: self.run(done), name="content job", daemon=True).start()

    def run(self, done: Callable[[bytes], None] | None = None) -> None:
        """Run the module and keep its result; `done` gets it, too."""
        with _one_at_a_time:
            found = self._run()
        try:
            self._previews.save(self._digest, found)
            if done:
                done(found)
        except (RedisError, OSError) as error:
            logger.warning("content preview lost", extra={"error": type(error).__name__})

    def _run(self) -> bytes:
        command = [sys.executable, "-m", self._module]
        try:
            finished = subprocess.run(  # noqa: S603 - our own module, and nothing of the content is in the command
                command, input=self._given, capture_output=True, timeout=TIMEOUT_SECONDS, check=True, cwd=ROOT
            )
            msgspec.json.decode(finished.stdout)
        except (OSError, subprocess.SubprocessError, msgspec.DecodeError) as error:
            logger.exception("content not checked", extra={"error": type(error).__name__})
            return FAILED
        return finished.stdout


def _stored(changes: Changes) -> dict[str, tuple[Any, Any]]:
    return {unit: (one.value, one.base) for unit, one in sorted(changes.items())}


def _digest(content: bytes) -> str:
    """Return a digest of a content under this release."""
    release = f"{bot_version()} {content_digest().partition('+')[0]} ".encode()
    return hashlib.sha256(release + content).hexdigest()[:32]
