"""The printable checklist: what was ticked in the chat is ticked on paper, and nothing else is taken from the link."""

import pytest
from flask.testing import FlaskClient

from bot.settings import Settings
from bot.sheet.checklist import checklist_address
from bot.web.app import create_app
from bot.web.services import WebServices


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(WebServices(settings)).test_client()


def test_ticked_items_are_ticked_on_the_page(client: FlaskClient) -> None:
    path = checklist_address("", ("mail", "rights"))
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text.count("☑") == 2
    assert answer.text.count("☐") == 3
    assert "媒体資料" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("ticks", ["-", "unknown", "mail%3Cscript%3E", "あ"])
def test_what_the_list_does_not_have_is_ignored(client: FlaskClient, ticks: str) -> None:
    answer = client.get(f"/sheet/checklist/{ticks}")
    assert answer.status_code == 200
    assert "☑" not in answer.text
    assert "script" not in answer.text
