"""The token goes to LINE_API_URL and nowhere else, wherever an answer points."""

import threading
from collections.abc import Iterable, Iterator
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from werkzeug import Request, Response
from werkzeug.serving import make_server

from bot.errors import BotError
from bot.line.client import LineClient
from bot.rich_menus.api import RichMenuApi
from tests.conftest import PATIENT

TOKEN = "marked-token"


class Site:
    """A server that notes what it is asked, and answers each request by pointing elsewhere if it has a place to."""

    def __init__(self, to: str = "", status: int = 302) -> None:
        self.asked: list[tuple[str, str]] = []
        self._to, self._status = to, status
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def _answer(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        self.asked.append((request.path, request.headers.get("Authorization", "")))
        answer = Response("{}", self._status if self._to else 200, {"Location": self._to} if self._to else {})
        return answer(environ, start)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def elsewhere() -> Iterator[Site]:
    site = Site()
    yield site
    site.stop()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed_and_is_no_final_word(elsewhere: Site, status: int) -> None:
    line = Site(f"{elsewhere.url}/stolen", status)
    try:
        client = LineClient(line.url, TOKEN)
        outcomes = [
            client.reply("r", []),
            client.push("U1", [], "k"),
            client.menu_aliases()[0],
            client.link_menu("U1", "m"),
            client.unlink_menu("U1"),
            client.bot_id()[0],
        ]
    finally:
        line.stop()
    assert elsewhere.asked == []
    assert {outcome.status for outcome in outcomes} == {status}
    assert {outcome.kind for outcome in outcomes} <= {"failed", "unknown"}, "tried again, as nothing final was said"
    assert len(line.asked) == 6


def test_rare_calls_of_the_sdk_follow_no_redirect_either(elsewhere: Site) -> None:
    line = Site(f"{elsewhere.url}/stolen")
    try:
        with pytest.raises(BotError):
            RichMenuApi(line.url, line.url, TOKEN, PATIENT.rich_menu_api_seconds).menus()
    finally:
        line.stop()
    assert elsewhere.asked == []


def test_id_of_a_user_cannot_lead_to_another_path(elsewhere: Site) -> None:
    LineClient(elsewhere.url, TOKEN).link_menu("../../../message/push?x=", "a/b#c")
    assert [path for path, _ in elsewhere.asked] == ["/v2/bot/user/../../../message/push?x=/richmenu/a/b#c"]
