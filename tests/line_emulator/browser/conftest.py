"""A real Chromium, watched: a console error, a failed script or a request to another host fails the test."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    ViewportSize,
)

from line_emulator import Emulator
from tests.eventually import PATIENCE
from tests.line_emulator.browser.drawing import DRAW, DRAW_MESSAGE, Draw, Json
from tests.line_emulator.browser.phone_driver import PhoneDriver
from tests.line_emulator.browser.scripted_bot import SAMPLES, SECRET, TOKEN, ScriptedBot

STATIC = Path(__file__).parents[3] / "line_emulator" / "static"
LOOPBACK = "http://127.0.0.1:"
PHONE_SIZE: ViewportSize = {"width": 1360, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test of many steps may wait for each of them; one that waits in vain still ends by itself."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(300))


class Watched:
    """What a page did that it must not do."""

    def __init__(self) -> None:
        self.troubles: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(f"console {message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((LOOPBACK, "data:", "blob:")):
            self.troubles.append(f"request to another host: {request.url}")


EMPTY_PAGE = b"""<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>Flex</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/css/tokens.css">
<link rel="stylesheet" href="/static/css/messages.css">
<link rel="stylesheet" href="/static/css/flex.css"></head></html>"""


class _StaticFiles(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path != "/empty":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(EMPTY_PAGE)
        return None

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/static"))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Says nothing: the test output is for the tests."""


@pytest.fixture(scope="session")
def static_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_StaticFiles, directory=str(STATIC)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _new_context(browser: Browser) -> BrowserContext:
    fresh = browser.new_context(viewport=PHONE_SIZE, locale="ja-JP", timezone_id="Asia/Tokyo")
    fresh.set_default_timeout(PATIENCE * 1000)
    return fresh


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    fresh = _new_context(browser)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    watched = Watched()
    fresh = context.new_page()
    watched.watch(fresh)
    yield fresh
    assert watched.troubles == []


@pytest.fixture(scope="session")
def drawing_board(browser: Browser, static_url: str) -> Iterator[tuple[Page, Watched]]:
    """One empty page with the styles of Flex on it, for all the tests that only draw and measure."""
    context = _new_context(browser)
    board, watched = context.new_page(), Watched()
    watched.watch(board)
    board.goto(f"{static_url}/empty")
    yield board, watched
    context.close()


@pytest.fixture
def draw(drawing_board: tuple[Page, Watched]) -> Iterator[Draw]:
    page, watched = drawing_board

    def draw(contents: Json, width: int = 400) -> Locator:
        page.evaluate(DRAW, [contents, width])
        return page.locator("#stage")

    yield draw
    assert watched.troubles == []


@pytest.fixture
def draw_message(drawing_board: tuple[Page, Watched]) -> Iterator[Draw]:
    """Draws a whole message as the chat does; taps and links are kept in `window.taps`."""
    page, watched = drawing_board

    def draw(message: Json) -> Locator:
        page.evaluate(DRAW_MESSAGE, message)
        return page.locator("#stage")

    yield draw
    assert watched.troubles == []


@pytest.fixture
def bot() -> Iterator[ScriptedBot]:
    running = ScriptedBot()
    yield running
    running.close()


@pytest.fixture
def emulator(bot: ScriptedBot) -> Iterator[Emulator]:
    """A platform with one user who has just followed, and with the bot's two menus."""
    # Bot and platform share a process here: one that stalls for two seconds is no slow bot.
    platform = Emulator(
        bot.url,
        SECRET,
        token=TOKEN,
        redelivery_pauses=(0.3,) * 400,
        gives_up_after=PATIENCE,
        answers_within=PATIENCE,
        inspect_session=lambda user: {"user": user[:3], "turns": len(bot.events)},
        gallery=lambda: SAMPLES,
        bot_name="窓口",
        strict=True,
    )
    bot.api = platform.start()
    bot.set_menus()
    user = platform.new_user("山田", follows=True)
    platform.wait_for(user, timeout=PATIENCE)
    # The greeting stands in the chat before its call stands in the records.
    assert platform.platform.world.feed.wait_until(
        lambda: any(call.path.endswith("/reply") for call in platform.calls), PATIENCE
    )
    yield platform
    platform.stop()


@pytest.fixture
def hands(page: Page, emulator: Emulator) -> Iterator[PhoneDriver]:
    yield PhoneDriver(page).open(emulator.url)
    page.close()  # before the platform ends, which the page would rightly complain about
