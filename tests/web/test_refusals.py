"""What is not there or not allowed: a Japanese page where people come, elsewhere a short line of ours."""

import logging
import re

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.exceptions import default_exceptions

from bot.settings import Settings
from bot.sheet.links import SheetLinks
from bot.web.app import create_app
from bot.web.services import WebServices
from tests.web.conftest import token
from tests.web.console.conftest import OPERATORS
from tests.web.test_sheet import READY, TODAY

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
FRAMEWORK = [text for kind in default_exceptions.values() if (text := kind.description)]


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(
        WebServices(Settings(**{**settings.model_dump(), "console_users": SecretStr(OPERATORS)}))
    ).test_client()


def test_sheet_opens_with_a_slash_behind_its_link_too(client: FlaskClient, links: SheetLinks) -> None:
    link = f"/sheet/{token(links, READY, TODAY)}"
    with_slash = client.get(link + "/")
    assert (with_slash.status_code, with_slash.data) == (200, client.get(link).data)


@pytest.mark.parametrize(
    "path", ["/sheet", "/sheet/", "/sheet/x", "/sheet/x/", "/sheet/x/y", "/sheet/x/y/", "/sheet//x", "/sheet/あ"]
)
def test_whatever_is_no_sheet_gets_the_japanese_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert '<html lang="ja">' in answer.text
    assert "style-src" in answer.headers["Content-Security-Policy"]
    assert client.post(path).status_code in (404, 405)


@pytest.mark.parametrize("path", ["/console/nothing", "/console/login/", "/console/letters", "/console/letters/x/y/z"])
def test_page_that_the_console_has_not_is_told_in_japanese(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "ページが見つかりません" in answer.text
    assert "style-src" in answer.headers["Content-Security-Policy"]


def every_path(client: FlaskClient) -> list[str]:
    rules = [re.sub(r"<\w+>", "x", rule.rule) for rule in client.application.url_map.iter_rules()]
    return sorted({path + more for path in rules for more in ("", "/", "/x", "x")} | {"/", "/x", "//x", "/%0d%0a"})


def test_no_answer_is_a_text_of_the_framework(client: FlaskClient) -> None:
    paths = every_path(client)
    assert len(paths) > 40
    seen = set()
    for path in paths:
        for method in METHODS:
            answer = client.open(path, method=method)
            seen.add(answer.status_code)
            assert [text for text in FRAMEWORK if text[:20] in answer.text] == [], (method, path)
            assert "Redirecting" not in answer.text or answer.status_code == 303, (method, path)
            if answer.status_code >= 400 and answer.mimetype != "text/html":
                assert len(answer.text) < 60, (method, path)
    assert {404, 405} <= seen


def test_no_redirect_repeats_the_host_that_a_client_names(client: FlaskClient) -> None:
    for path in [*every_path(client), "//sheet/x", "/sheet//x", "//console", "/console//login"]:
        answer = client.get(path, headers={"Host": "evil.example.com"})
        assert "evil" not in str(answer.headers) + answer.text, path


def test_stranger_writes_no_log_line_with_addresses_made_up(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for number in range(20):
        client.get(f"/sheet/{number}")
        client.get(f"/nothing/{number}")
        client.post("/callback", data=b"x", headers={"X-Line-Signature": "wrong"})
    assert [record.message for record in caplog.records] == []
