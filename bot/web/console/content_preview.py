"""Runs the checks of unpublished content in a process of their own, and keeps what they found in Redis."""

import hashlib
import logging
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import msgspec
from redis.exceptions import RedisError

from bot.content.units import Changes
from bot.desk.preview_result import Contents, Preview
from bot.reports.versions import content_digest
from bot.runtime.build import bot_version
from bot.store.content_previews import ContentPreviews

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[3]  # where `bot` lies, installed or not
TIMEOUT_SECONDS = 240
_one_at_a_time = threading.Lock()  # each run takes 300 MB and a core


class Checker:
    """The checks of one content beside the one that speaks."""

    def __init__(self, redis: Any, before: Changes, after: Changes, encoder: str) -> None:
        sides = [{unit: (one.value, one.base) for unit, one in sorted(side.items())} for side in (before, after)]
        self._given = msgspec.json.encode(Contents(sides[0], sides[1], encoder))
        self._digest = _digest(self._given)
        self._good = "" if not after else "good:" + _digest(msgspec.json.encode(sides[1]))
        self._previews = ContentPreviews(redis)

    @property
    def may_be_published(self) -> bool:
        """Return True if this content was found good under this release, beside any other content."""
        return not self._good or bool(self._previews.read(self._good))

    def found(self) -> Preview | None:
        """Return what was found; None while the check runs or has not begun."""
        raw = self._previews.read(self._digest)
        return msgspec.json.decode(raw, type=Preview) if raw else None

    def begin(self, *, again: bool = False) -> None:
        """Begin the check in the background, unless it runs or has ended; `again`: also if it has failed."""
        if again and (found := self.found()) and found.failed:
            self._previews.forget(self._digest)
        if self._previews.begin(self._digest):
            threading.Thread(target=self.run, name="content preview", daemon=True).start()

    def run(self) -> None:
        """Run the check and keep what it found."""
        with _one_at_a_time:
            preview = self._run()
        try:
            self._previews.save(self._digest, preview)
            if self._good and msgspec.json.decode(preview, type=Preview).good:
                self._previews.save(self._good, b"good")
        except (RedisError, OSError) as error:
            logger.warning("content preview lost", extra={"error": type(error).__name__})

    def _run(self) -> bytes:
        command = [sys.executable, "-m", "bot.desk.preview"]
        try:
            done = subprocess.run(  # noqa: S603 - our own module, and nothing of the content is in the command
                command, input=self._given, capture_output=True, timeout=TIMEOUT_SECONDS, check=True, cwd=ROOT
            )
            msgspec.json.decode(done.stdout, type=Preview)
        except (OSError, subprocess.SubprocessError, msgspec.DecodeError) as error:
            logger.exception("content not checked", extra={"error": type(error).__name__})
            return msgspec.json.encode(Preview(failed=True))
        return done.stdout


def _digest(content: bytes) -> str:
    """Return a digest of a content under this release."""
    release = f"{bot_version()} {content_digest().partition('+')[0]} ".encode()
    return hashlib.sha256(release + content).hexdigest()[:32]
