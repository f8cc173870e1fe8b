"""Serves a bot that is given as a WSGI or ASGI application, so that webhooks can reach it over HTTP."""

import asyncio
import inspect
import threading
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

Scope = dict[str, Any]
AsgiApp = Callable[[Scope, Callable[[], Awaitable[Scope]], Callable[[Scope], Awaitable[None]]], Awaitable[None]]
WsgiApp = Callable[..., Iterable[bytes]]


class _Quiet(WSGIRequestHandler):
    """A handler that logs nothing."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's signature
        """Do nothing."""


class BotServer:
    """A bot on a free port of this machine, with its own threads."""

    def __init__(self, app: WsgiApp | AsgiApp) -> None:
        self._adapter = AsgiAdapter(app) if is_asgi(app) else None
        served: Any = self._adapter or app
        self._server = make_server("127.0.0.1", 0, served, threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        if self._adapter:
            self._adapter.close()


def is_asgi(app: object) -> bool:
    """Return True for an asynchronous callable such as a FastAPI, Starlette or Quart application."""
    return inspect.iscoroutinefunction(app) or inspect.iscoroutinefunction(type(app).__call__)


class AsgiAdapter:
    """An ASGI application as a WSGI one: requests and answers are whole, and the application has one event loop."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._ends = asyncio.Event()
        self._started = threading.Event()
        self._lifespan = asyncio.run_coroutine_threadsafe(self._live(), self._loop)
        self._started.wait()

    def __call__(self, environ: Scope, start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        answer = asyncio.run_coroutine_threadsafe(self._answer(_scope(environ), body), self._loop).result()
        start_response(
            f"{answer[0]['status']} ", [(name.decode(), value.decode()) for name, value in answer[0]["headers"]]
        )
        return [b"".join(message.get("body", b"") for message in answer[1:])]

    def close(self) -> None:
        """Let the application shut down, and end its event loop."""
        self._loop.call_soon_threadsafe(self._ends.set)
        self._lifespan.exception(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _answer(self, scope: Scope, body: bytes) -> list[Scope]:
        sent: list[Scope] = []
        waiting = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Scope:
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message: Scope) -> None:
            sent.append({"headers": [], **message})

        await self._app(scope, receive, send)
        return sent

    async def _live(self) -> None:
        """Run the lifespan protocol, which an application need not support."""
        steps = ["lifespan.startup"]

        async def receive() -> Scope:
            if not steps:
                await self._ends.wait()
                return {"type": "lifespan.shutdown"}
            return {"type": steps.pop()}

        async def send(_message: Scope) -> None:
            self._started.set()

        try:
            await self._app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send)
        finally:
            self._started.set()


def _scope(environ: Scope) -> Scope:
    headers = {name[5:]: value for name, value in environ.items() if name.startswith("HTTP_")}
    headers |= {name: environ[name] for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if environ.get(name)}
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": environ["REQUEST_METHOD"],
        "scheme": "http",
        "path": environ["PATH_INFO"].encode("latin-1").decode(),
        "raw_path": environ["PATH_INFO"].encode("latin-1"),
        "query_string": environ.get("QUERY_STRING", "").encode("latin-1"),
        "root_path": "",
        "headers": [
            (name.replace("_", "-").lower().encode(), value.encode("latin-1")) for name, value in headers.items()
        ],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", int(environ["SERVER_PORT"])),
    }
