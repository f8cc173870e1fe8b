"""The Flask application: LINE's API, the page's API and the page on one port."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from line_emulator.line_api import (
    account_link,
    channel_tokens,
    menu_insight,
    messages,
    people,
    rich_menu_links,
    rich_menus,
    stubs,
    uncovered,
)
from line_emulator.page_api import actions, manager, pictures, state, testing
from line_emulator.pages import pages
from line_emulator.platform import Platform
from line_emulator.rules.counting import unpaired_surrogate

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# The aliases come before the menus, whose ids would match them too.
BLUEPRINTS = (
    messages.api,
    people.api,
    channel_tokens.api,
    account_link.api,
    account_link.dialog,
    rich_menu_links.api,
    rich_menus.api,
    menu_insight.api,
    stubs.api,
    uncovered.api,
    actions.api,
    state.api,
    testing.api,
    manager.api,
    pictures.api,
    pages,
)


class _Json(DefaultJSONProvider):
    """A JSON provider that keeps the order of keys and does not escape Japanese."""

    sort_keys = False
    ensure_ascii = False

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """Return JSON in UTF-8. If a bot sent half a surrogate pair, everything but ASCII is escaped."""
        readable = super().dumps(obj, **kwargs)
        return super().dumps(obj, **kwargs, ensure_ascii=True) if unpaired_surrogate(readable) else readable


def build_app(platform: Platform, *, host: str) -> "WSGIApplication":
    """Build the application around one platform."""
    app = routes()

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ["emulator.platform"], environ["emulator.host"] = platform, host
        return app(environ, start_response)

    return answer


@cache
def routes() -> Flask:
    """Return the Flask application that all platforms of this process share, because its rules are slow to compile."""
    app = Flask(__name__, static_folder=None)
    app.json = _Json(app)
    app.url_map.merge_slashes = False  # LINE does not forgive //v2/bot/…
    app.url_map.converters["not_the_page"] = uncovered.NotThePage
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
