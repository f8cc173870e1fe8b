"""Fixtures for the tests of a bot: the platform, users, snapshots, and a check that nothing was refused.

Name the bot in pytest's settings as `line_bot = "app:app"`, or override the fixture `line_bot`.
"""

import difflib
import hashlib
import importlib
import os
import re
import secrets
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from line_emulator.bot_server import BotServer
from line_emulator.emulator import Emulator
from line_emulator.redirect import redirect_this_process
from line_emulator.transcripts import story

LONGEST_NAME = 80  # letters; file systems allow 255 bytes
_PLAIN_TEST = re.compile(r"[\w:]+(?:\[([\w.-]+)\])?", re.ASCII)
_EMULATOR = pytest.StashKey[Emulator]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the settings and the option of this plugin."""
    parser.addini("line_bot", "the bot: module:attribute of its WSGI or ASGI application, or its URL", default="")
    parser.addini("line_path", "the path of the bot's webhook", default="/callback")
    parser.addini("line_strict", "refuse also what LINE forgives", type="bool", default=False)
    group = parser.getgroup("line", "LINE emulator")
    group.addoption("--line-update", action="store_true", help="write the conversations of line_snapshot anew")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker. If a bot is named, start the platform before the bot is imported."""
    config.addinivalue_line("markers", "line_refusals: the bot may send what LINE refuses in this test")
    if config.getini("line_bot"):
        _started(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the platform."""
    if emulator := config.stash.get(_EMULATOR, None):
        emulator.stop()


def _started(config: pytest.Config) -> Emulator:
    """Start the platform once, with credentials that the bot finds in its environment, and redirect its calls."""
    if _EMULATOR not in config.stash:
        secret = os.environ.setdefault("LINE_CHANNEL_SECRET", secrets.token_hex(16))
        token = os.environ.setdefault("LINE_CHANNEL_ACCESS_TOKEN", secrets.token_urlsafe(32))
        emulator = Emulator("", secret, token=token, strict=config.getini("line_strict"), answers_within=60)
        os.environ["LINE_EMULATOR_URL"] = emulator.start()
        redirect_this_process(emulator.url)
        config.stash[_EMULATOR] = emulator
    return config.stash[_EMULATOR]


@pytest.fixture(scope="session")
def line_platform(pytestconfig: pytest.Config) -> Emulator:
    """The platform of this test run. Tests take `line`, which is reset for each."""
    return _started(pytestconfig)


@pytest.fixture(scope="session")
def line_bot(pytestconfig: pytest.Config, line_platform: Emulator) -> Any:
    """The bot: a WSGI application, an ASGI application, or a URL. Override it if a setting cannot name it."""
    _ = line_platform  # runs before the bot is imported
    named = pytestconfig.getini("line_bot")
    if not named:
        raise pytest.UsageError('name the bot in the settings of pytest, such as line_bot = "app:app"')
    if named.startswith(("http://", "https://")):
        return named
    module, _, attribute = named.partition(":")
    if str(pytestconfig.rootpath) not in sys.path:
        sys.path.insert(0, str(pytestconfig.rootpath))
    return getattr(importlib.import_module(module), attribute or "app")


@pytest.fixture(scope="module")
def _line_bot_url(pytestconfig: pytest.Config, line_bot: Any) -> Iterator[str]:
    """The URL of the webhook, with the bot served for a whole module, which may override `line_bot`."""
    if isinstance(line_bot, str):
        yield line_bot
        return
    server = BotServer(line_bot)
    yield server.url + pytestconfig.getini("line_path")
    server.stop()


@pytest.fixture
def line(line_platform: Emulator, _line_bot_url: str) -> Emulator:
    """The platform without users, chats, faults and moved time. After the test, nothing may have been refused."""
    line_platform.reset()
    line_platform.bot_url = _line_bot_url
    return line_platform


@pytest.fixture
def line_user(line: Emulator) -> str:
    """The ID of a user who is a friend of the account; the bot has been sent no event about it."""
    return line.new_user("Ann")


@pytest.fixture
def line_snapshot(line: Emulator, request: pytest.FixtureRequest) -> Callable[..., None]:
    """A function that compares a user's conversation with the one in `__snapshots__`, a file for each test."""
    update = request.config.getoption("--line-update")
    path = request.path.parent / "__snapshots__" / request.path.stem
    name = _file_name(request.node.nodeid.partition("::")[2])

    def compare(user: str, chat: str | None = None, *, name: str = name) -> None:
        _compare(line.conversation(user, chat), path / f"{name}.txt", update=update)

    return compare


def _file_name(test: str) -> str:
    """Return a name that no other test of the module has: its class, and its parameters with a digest if need be."""
    plain = _PLAIN_TEST.fullmatch(test)
    if plain and len(test) <= LONGEST_NAME:
        return "-".join(part for part in (test.partition("[")[0].replace("::", "."), plain[1]) if part)
    readable = re.sub(r"[^\w.-]+", "_", test.replace("::", "."))[:LONGEST_NAME].strip("_")
    return f"{readable}-{hashlib.sha256(test.encode()).hexdigest()[:8]}"


def _compare(text: str, path: Path, *, update: bool) -> None:
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    if not path.exists():
        pytest.fail(f"no conversation in {path}; write it with --line-update:\n\n{text}", pytrace=False)
    expected, got = path.read_text(encoding="utf-8").splitlines(), text.splitlines()
    if got != expected:
        difference = "\n".join(difflib.unified_diff(expected, got, "expected", "got", lineterm=""))
        pytest.fail(f"the conversation differs from {path}; --line-update accepts it:\n\n{difference}", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fail a test that passed although the bot sent what LINE refuses."""
    result = yield
    emulator = pyfuncitem.funcargs.get("line")
    if isinstance(emulator, Emulator) and not pyfuncitem.get_closest_marker("line_refusals") and emulator.refusals:
        pytest.fail(f"LINE would refuse:\n{story([], emulator.refusals)}", pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the story of webhooks and calls to the report of a test that failed."""
    report = yield
    emulator = getattr(item, "funcargs", {}).get("line")
    if report.when == "call" and report.failed and isinstance(emulator, Emulator):
        report.sections.append(("LINE: webhooks and calls", emulator.story()))
    return report
