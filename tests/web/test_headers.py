"""Every answer of the application carries the headers that keep a browser from doing anything with it."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.settings import Settings
from bot.web.app import create_app
from bot.web.headers import EVERYWHERE, OVER_TLS, SecureHeaders
from bot.web.services import WebServices
from bot.web.webhook import BODY_LIMIT

VALUES = {
    "any": "csv",
    "string": "x",
    "path": "a/b",
    "int": "1",
    "float": "1.0",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


@pytest.fixture
def app(settings: Settings) -> Flask:
    app = create_app(WebServices(settings))

    @app.get("/broken-for-the-test")
    def broken() -> str:
        raise RuntimeError("秘密の失敗")

    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def every_answer(app: Flask) -> Iterator[tuple[str, TestResponse]]:
    """Each route by each of its methods and by one that it does not have, and what no route takes."""
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda found: VALUES[found[1] or "string"], rule.rule)
        for method in sorted({*(rule.methods or ()), "TRACE"}):
            yield f"{method} {path}", client.open(path, method=method)
    yield "no route", client.get("/nothing/here")
    yield "too large", client.post("/callback", data=b"x" * (BODY_LIMIT + 1))
    yield "not a path", client.get("/%00%ff")


def test_every_answer_of_the_application_is_under_the_headers(app: Flask) -> None:
    answers = dict(every_answer(app))
    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert {200, 400, 404, 405, 413, 500} <= set(statuses.values()), statuses
    for name, answer in answers.items():
        missing = [header for header, _ in EVERYWHERE if header not in answer.headers]
        assert missing == [], name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], name
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], name
        assert "no-store" in answer.headers["Cache-Control"], name
        assert answer.headers["Server"] == "madoguchi", name
        assert "X-Powered-By" not in answer.headers, name


def test_no_header_is_sent_twice_and_no_policy_lets_scripts_of_the_page_in(app: Flask) -> None:
    for name, answer in every_answer(app):
        names = [header.lower() for header, _ in answer.headers if header.lower() != "set-cookie"]
        assert len(names) == len(set(names)), name
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, name
        assert "*" not in policy, name


def test_failure_names_nothing_of_what_failed(client: FlaskClient) -> None:
    answer = client.get("/broken-for-the-test")
    assert (answer.status_code, answer.text, answer.mimetype) == (500, "internal error\n", "text/plain")


@pytest.mark.parametrize(("address", "promised"), [("https://bot.example.jp", True), ("http://127.0.0.1:8000", False)])
def test_browsers_are_told_to_keep_to_tls_where_the_bot_is_reached_over_it(
    settings: Settings, address: str, promised: bool
) -> None:
    app = create_app(WebServices(Settings(**{**settings.model_dump(), "public_url": address})))
    for path in ("/healthz", "/nothing", "/sheet/x"):
        given = app.test_client().get(path).headers.get(OVER_TLS[0])
        assert given == (OVER_TLS[1] if promised else None)


def test_header_of_a_page_goes_before_and_a_servers_name_goes(settings: Settings) -> None:
    app = Flask("page")
    app.wsgi_app = SecureHeaders(app.wsgi_app, settings)  # type: ignore[method-assign]  # as in create_app

    @app.get("/")
    def page() -> tuple[str, dict[str, str]]:
        return "", {"content-security-policy": "default-src 'self'", "Server": "x/1.2", "X-Powered-By": "y"}

    headers = app.test_client().get("/").headers
    assert headers.getlist("Content-Security-Policy") == ["default-src 'self'"]
    assert headers.getlist("Server") == ["madoguchi"]
    assert "X-Powered-By" not in headers
    assert headers["X-Frame-Options"] == "DENY"
