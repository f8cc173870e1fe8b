"""A console with two operators, over HTTP without a network, and the hands of somebody who logs in."""

import re

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from redis import Redis
from werkzeug.test import TestResponse

from bot.settings import Settings
from bot.store.content_versions import ContentVersions
from bot.web.app import create_app
from bot.web.console.passwords import digest_of
from bot.web.services import WebServices

PASSWORD = "correct horse battery"
OPERATORS = f"hanako={digest_of(PASSWORD)} taro={digest_of('another pass phrase')}"


@pytest.fixture
def console_settings(settings: Settings) -> Settings:
    return Settings(**{**settings.model_dump(), "console_users": SecretStr(OPERATORS)})


class Operator:
    """A browser without scripts: it keeps cookies and sends the forms it was given."""

    def __init__(self, settings: Settings) -> None:
        self.client: FlaskClient = create_app(WebServices(settings)).test_client()

    def form_token(self, path: str = "/console/login") -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get(path).text)
        assert found
        return found[1]

    def logs_in(self, name: str = "hanako", password: str = PASSWORD) -> TestResponse:
        form = {"name": name, "password": password, "csrf": self.form_token()}
        return self.client.post("/console/login", data=form)

    def reads(self, page: str = "") -> str:
        answer = self.client.get(f"/console/{page}")
        assert answer.status_code == 200
        return answer.text

    def sends(self, path: str) -> TestResponse:
        """A form of a page that needs no more than its token."""
        return self.client.post(f"/console/{path}", data={"csrf": self.form_token("/console/delivery")})


@pytest.fixture
def operator(console_settings: Settings) -> Operator:
    return Operator(console_settings)


@pytest.fixture
def hanako(console_settings: Settings) -> Operator:
    operator = Operator(console_settings)
    operator.logs_in()
    return operator


@pytest.fixture
def taro(console_settings: Settings, hanako: Operator) -> Operator:
    del hanako  # logs in first: logins are counted
    operator = Operator(console_settings)
    operator.logs_in("taro", "another pass phrase")
    return operator


@pytest.fixture
def versions(redis: Redis) -> ContentVersions:
    return ContentVersions(redis)
