"""A process that publishes without end, or stops between two steps: to be killed. `publisher REDIS_URL STEP|loop`."""

import itertools
import sys
import time

from redis import Redis

from bot.content_editing.publishing import publish, save_draft
from bot.store.content_versions import ContentVersions

UNITS = ("ui:menu/title", "ui:menu/lead", "sheet:missing/title")  # two of one message, and one of a page
WHO = "hanako"


def words(number: int) -> str:
    """What each unit says in this edition of the desk."""
    return f"第{number}号のご案内"


def _reached(step: str, stop_at: str) -> str:
    sys.stdout.write(f"{step}\n")
    sys.stdout.flush()
    while step == stop_at:
        time.sleep(1)
    return ""


def main(url: str, stop_at: str) -> None:
    versions = ContentVersions(Redis.from_url(url, protocol=2))
    first = versions.current() + 1
    for number in itertools.count(first):
        for unit in UNITS:
            save_draft(versions, unit, words(number), who=WHO)
            _reached("draft", stop_at)
        made = publish(versions, lambda _changes: _reached("check", stop_at), who=WHO, why=str(number))
        _reached("published", stop_at)
        assert made == number
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
