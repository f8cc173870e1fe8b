"""A bot of a few lines over real HTTP, and a client for LINE's API: what the emulator's tests talk with."""

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import urllib3

from line_emulator.webhooks import signature

Json = dict[str, Any]
SECRET = "a channel secret"
TOKEN = "an access token"


def text(words: str, **more: Any) -> Json:
    return {"type": "text", "text": words, **more}


def echo(event: Json) -> list[Json]:
    """Answers what it was told."""
    return [text(event["message"]["text"])] if event.get("message", {}).get("type") == "text" else []


class LineClient:
    """Calls LINE's API; each call returns the response as it came."""

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self.url = url
        self._token = token
        self._http = urllib3.PoolManager(maxsize=8, retries=False)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        key: str | None = None,
        data: bytes | None = None,
        mime: str = "application/json",
    ) -> urllib3.BaseHTTPResponse:
        headers = {"authorization": f"Bearer {token or self._token}"}
        if key:
            headers["x-line-retry-key"] = key
        if body is not None or data is not None:
            headers["content-type"] = mime
        sent = data if data is not None else json.dumps(body) if body is not None else None
        return self._http.request(method, self.url + path, body=sent, headers=headers)

    def get(self, path: str) -> urllib3.BaseHTTPResponse:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> urllib3.BaseHTTPResponse:
        return self.call("POST", path, body, key=key)

    def delete(self, path: str) -> urllib3.BaseHTTPResponse:
        return self.call("DELETE", path)

    def reply(self, token: str, *messages: Json) -> urllib3.BaseHTTPResponse:
        return self.post("/v2/bot/message/reply", {"replyToken": token, "messages": list(messages)})

    def push(self, to: str, *messages: Json, key: str | None = None) -> urllib3.BaseHTTPResponse:
        return self.post("/v2/bot/message/push", {"to": to, "messages": list(messages)}, key=key)

    def close(self) -> None:
        self._http.clear()


class SmallBot:
    """Takes signed webhooks, keeps them, and answers each event with what `answers` makes of it."""

    def __init__(self) -> None:
        self.line: LineClient | None = None
        self.answers: Callable[[Json], list[Json]] = lambda _event: []
        self.statuses: list[int] = []
        self.pause = 0.0
        self.meets = threading.Barrier(1)  # so many requests at once, before any is answered
        self.bodies: list[Json] = []
        self.forged = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/callback"

    @property
    def events(self) -> list[Json]:
        return [event for body in self.bodies for event in body["events"]]

    def take(self, raw: bytes, signed: str) -> int:
        """The status for a webhook."""
        if signed != signature(SECRET, raw):
            self.forged += 1
            return 400
        time.sleep(self.pause)
        self.meets.wait(30)
        body = json.loads(raw)
        self.bodies.append(body)
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            for event in body["events"]:
                self._answer(event)
        return status

    def _answer(self, event: Json) -> None:
        messages = self.answers(event)
        if messages and self.line:
            self.line.reply(event["replyToken"], *messages)

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        if self.line:
            self.line.close()


def _handler(bot: SmallBot) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"]))
            status = bot.take(raw, self.headers.get("x-line-signature", ""))
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
            pass

    return Handler


def page(client: LineClient, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Json]:
    """A request of the chat page: its status and its JSON."""
    pool = urllib3.PoolManager(retries=False)
    if body is not None:
        headers.setdefault("content-type", "application/json")
    sent = json.dumps(body) if body is not None else None
    answer = pool.request(method, client.url + path, body=sent, headers=headers)
    pool.clear()
    return answer.status, cast("Json", answer.json())
