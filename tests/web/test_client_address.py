"""Headers that claim an address: what a client can reach with them on the real web server."""

import re
from collections.abc import Iterator

import pytest
import urllib3

from bot.diagnostics.context import CheckContext
from bot.diagnostics.running_checks import public_url
from bot.settings import Settings
from bot.store.login_attempts import FROM_ONE_ADDRESS
from tests.conftest import SECRET, SECRET_KEY
from tests.diagnostics.answering import answering
from tests.eventually import eventually
from tests.scenario.processes import Process
from tests.servers import RedisServer, free_port, wait_for_port
from tests.web.console.conftest import OPERATORS

CLAIMED = "198.51.100."
SPELLINGS = ("X-Forwarded-For", "X_Forwarded_For", "X_Forwarded-For", "X-Forwarded_For", "Forwarded", "X-Real-IP")


@pytest.fixture(scope="module")
def web(redis_server: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, str]]:
    """A web process with one child that trusts no proxy, and its address."""
    folder, port = tmp_path_factory.mktemp("web"), free_port()
    with redis_server.client() as redis:
        redis.flushall()
    environment = {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "token",
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "REDIS_URL": redis_server.url,
        "CONSOLE_USERS": OPERATORS,
        "LOG_LEVEL": "DEBUG",
        "PORT": str(port),
        "WEB_PROCESSES": "1",
        "VAR_DIR": str(folder / "var"),
    }
    process = Process("web", environment, folder / "web.log")
    wait_for_port(port)
    yield process, f"http://127.0.0.1:{port}"
    process.stop()


def wrong_login(url: str, headers: dict[str, str]) -> int:
    with urllib3.PoolManager() as http:
        form = http.request("GET", f"{url}/console/login", headers=headers)
        found = re.search(rb'name="csrf" value="([^"]+)"', form.data)
        assert found
        cookie = {"Cookie": form.headers["Set-Cookie"].split(";")[0]}
        fields = {"name": "hanako", "password": "wrong", "csrf": found[1].decode()}
        return http.request(
            "POST", f"{url}/console/login", fields=fields, headers={**headers, **cookie}, encode_multipart=False
        ).status


def test_claimed_address_neither_divides_the_login_limit_nor_is_logged(web: tuple[Process, str]) -> None:
    process, url = web
    codes = []
    for number in range(FROM_ONE_ADDRESS + 1):
        claimed = f"{CLAIMED}{number}"
        codes.append(wrong_login(url, dict.fromkeys(SPELLINGS, claimed)))
    assert codes == [401] * FROM_ONE_ADDRESS + [429]
    eventually(lambda: "console login turned away" in process.output)
    assert CLAIMED not in process.output


def test_check_reports_a_way_to_the_bot_that_passes_underscores(settings: Settings, web: tuple[Process, str]) -> None:
    trusting = settings.model_copy(update={"public_url": web[1], "trusted_proxies": 1})
    found = [result for result in public_url(CheckContext(trusting)) if "X_Forwarded_For" in result.message.en]
    assert [result.state for result in found] == ["failed"]
    untrusting = trusting.model_copy(update={"trusted_proxies": 0})
    assert [result for result in public_url(CheckContext(untrusting)) if "X_Forwarded" in result.message.en] == []


def test_check_is_content_with_a_proxy_that_drops_them(settings: Settings) -> None:
    with answering(200, body=b"ready\n") as url:
        trusting = settings.model_copy(update={"public_url": url, "trusted_proxies": 1})
        assert [result.state for result in public_url(CheckContext(trusting))] == ["ok"]
