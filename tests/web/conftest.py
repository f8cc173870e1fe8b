"""The web process behind a real port, a real Chromium, and answers to make sheets of."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from werkzeug.serving import make_server

from bot.runtime.key_derivation import derive_keys
from bot.settings import Settings
from bot.sheet.links import PURPOSE, SheetLinks
from bot.web.app import create_app
from bot.web.services import WebServices
from tests.conftest import SECRET_KEY


@pytest.fixture
def links() -> SheetLinks:
    return SheetLinks(derive_keys(SECRET_KEY, PURPOSE), "http://127.0.0.1:8000")


@pytest.fixture
def site(settings: Settings) -> Iterator[str]:
    """The address of the web process."""
    server = make_server("127.0.0.1", 0, create_app(WebServices(settings)), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def token(links: SheetLinks, answers: dict[str, object], on: date) -> str:
    return links.link(answers, on).rpartition("/")[2]
