"""The HTTP server: LINE's API, the page's API and the page on one port."""

import threading
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.serving import WSGIRequestHandler, make_server

from line_emulator.line_api import messages, people, rich_menu_links, rich_menus, uncovered
from line_emulator.page_api import acts, state
from line_emulator.pages import pages
from line_emulator.platform import Platform
from line_emulator.rules.counting import unpaired_surrogate

# The aliases come before the menus, whose ids would match them too.
BLUEPRINTS = (
    messages.api,
    people.api,
    rich_menu_links.api,
    rich_menus.api,
    uncovered.api,
    acts.api,
    state.api,
    pages,
)


class _Handler(WSGIRequestHandler):
    """A request handler that keeps connections open like LINE. It logs nothing: the records have the requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # otherwise small answers on open connections wait for an ACK

    def make_environ(self) -> dict[str, Any]:
        """Return the environment with the path as it was sent; Python's server makes one slash of two."""
        return {**super().make_environ(), "emulator.target": self.requestline.split()[1]}

    def version_string(self) -> str:
        """Return nothing that names a product or a version."""
        return "emulator"

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Return the `Date` of an answer by the platform's clock, which a test may have put forward."""
        platform: Platform = self.server.app.extensions["emulator"]  # type: ignore[attr-defined]  # ours: build_app
        return super().date_time_string(platform.clock.seconds() if timestamp is None else timestamp)

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's signature
        """Do nothing."""


class _Json(DefaultJSONProvider):
    """A JSON provider that keeps the order of keys and does not escape Japanese."""

    sort_keys = False
    ensure_ascii = False

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """Return JSON in UTF-8. If a bot sent half a surrogate pair, everything but ASCII is escaped."""
        readable = super().dumps(obj, **kwargs)
        return super().dumps(obj, **kwargs, ensure_ascii=True) if unpaired_surrogate(readable) else readable


def build_app(platform: Platform, *, host: str) -> Flask:
    """Build the Flask application around one platform."""
    app = Flask(__name__, static_folder=None)
    app.json = _Json(app)
    app.extensions["emulator"] = platform
    app.config["EMULATOR_HOST"] = host
    app.url_map.merge_slashes = False  # LINE does not forgive //v2/bot/…
    app.url_map.converters["not_the_page"] = uncovered.NotThePage
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


class Server:
    """The application on a port, with its own threads."""

    def __init__(self, app: Flask, *, host: str, port: int) -> None:
        self._server = make_server(host, port, app, threaded=True, request_handler=_Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self._server.server_port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
