"""Publishes a version, checks and all, each time it is asked to: `python -m bench.publisher REDIS_URL`.

A number in the list `ASKED` is published in two sentences of one message; the list `DONE` says when that is done.
"""

import sys

from redis import Redis

from bot.content_editing import checks
from bot.content_editing.publishing import publish, save_draft
from bot.store.content_versions import ContentVersions

ASKED, DONE = "bench:publish", "bench:published"
UNITS = ("ui:menu/title", "ui:menu/lead")  # both in the answer to メニュー
WHO = "bench"


def serve(redis: Redis) -> None:
    versions = ContentVersions(redis)
    while True:
        found = redis.blpop([ASKED])
        assert isinstance(found, list | tuple)
        number = int(found[1])
        for unit in UNITS:
            save_draft(versions, unit, f"ご案内[[{number}]]", who=WHO)
        publish(versions, checks.first_problem, who=WHO, why=str(number))
        redis.rpush(DONE, number)


if __name__ == "__main__":
    serve(Redis.from_url(sys.argv[1], protocol=2, socket_timeout=None))  # it waits as long as nobody asks
