"""A bot that is all right, in this process, and the LINE it belongs to: each test breaks one thing of it."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from redis import Redis
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult
from bot.diagnostics.runner import CHECKS, run_checks
from bot.rich_menus.api import RichMenuApi
from bot.rich_menus.definition import wanted_menus
from bot.rich_menus.sync import RichMenuSync
from bot.settings import Settings
from bot.store import keys
from bot.web.app import create_app
from bot.web.services import WebServices
from line_emulator import Emulator
from line_emulator.webhooks import ANSWER_WITHIN
from tests.conftest import PATIENT, SECRET
from tests.servers import free_port

TOKEN = "token-of-the-tests"
ENGLISH = re.compile(r"[a-z]+ [a-z]+ [a-z]+")  # in a Japanese sentence; `appendonly yes` is a name


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Nothing."""


@dataclass
class Deployment:
    """What `check` is asked about."""

    settings: Settings
    emulator: Emulator
    redis: Redis
    extra: dict[str, Any] = field(default_factory=dict)

    def found(self, *names: str, **changes: Any) -> list[tuple[str, CheckResult]]:
        """The findings of these checks (of all, without names), with these settings changed."""
        changed = Settings.model_validate({**self.settings.model_dump(), **changes})
        context = replace(CheckContext(changed), **self.extra)
        found = list(
            run_checks(
                context, [check for check in CHECKS if check.name in names or (not names and check.stage != "by name")]
            )
        )
        assert [result.message.ja for _, result in found if ENGLISH.search(result.message.ja)] == []
        return found

    def only(self, name: str, **changes: Any) -> CheckResult:
        """The finding of this check that failed, else the first that is not fine, else the last."""
        found = [result for _, result in self.found(name, **changes)]
        worst = [result for result in found if result.state == "failed"] + [
            result for result in found if result.state != "ok"
        ]
        return worst[0] if worst else found[-1]


@pytest.fixture
def web(settings: Settings) -> Iterator[str]:
    """The real web application on a port."""
    port = free_port()
    server = make_server("127.0.0.1", port, create_app(WebServices(settings)), threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def deployment(settings: Settings, redis: Redis, web: str, request: pytest.FixtureRequest) -> Iterator[Deployment]:
    answers_within = ANSWER_WITHIN if "own_limits" in request.fixturenames else 60.0
    with Emulator(
        f"{web}/callback",
        SECRET,
        token=TOKEN,
        gives_up_after=60.0,
        answers_within=answers_within,
        strict=True,
    ) as emulator:
        given = {"line_api_url": emulator.url, "line_data_api_url": emulator.url, "public_url": web}
        whole = Settings.model_validate({**settings.model_dump(), **given})
        api = RichMenuApi(emulator.url, emulator.url, TOKEN, PATIENT.rich_menu_api_seconds)
        list(RichMenuSync(api, wanted_menus()).run())
        redis.set(keys.sweeper_lock("00"), "1")
        redis.config_set("appendfsync", "everysec")
        yield Deployment(whole, emulator, redis)
