"""The web process: webhook, probes and pages."""

import logging
import multiprocessing
from multiprocessing.util import Finalize

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from bot.runtime.build import bot_version
from bot.runtime.logs import set_up_logs
from bot.runtime.signals import follow
from bot.settings import Settings, load_settings
from bot.web.checklist import blueprint as checklist
from bot.web.console.routes import blueprint as console
from bot.web.console.routes import message_response
from bot.web.content_version import speak_newest
from bot.web.headers import SecureHeaders
from bot.web.metrics import blueprint as metrics
from bot.web.probes import blueprint as probes
from bot.web.probes import readiness_of
from bot.web.services import WebServices, current_services
from bot.web.sheet import blueprint as sheet
from bot.web.sheet import refused_page
from bot.web.slow_requests import CONNECTIONS, SlowRequestReaper, connections_at_most
from bot.web.webhook import BODY_LIMIT
from bot.web.webhook import blueprint as webhook

logger = logging.getLogger(__name__)
ARRIVES_WITHIN = 4.0  # seconds from the first byte of a request to its answer; then the connection is ended
REQUEST_SECONDS = 2.0  # no request takes longer, because LINE waits no longer


def create_app(services: WebServices) -> Flask:
    """Build the Flask application. Its answers are short and reveal no internals."""
    app = Flask("bot", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT + 1  # cuts off a body without Content-Length
    app.url_map.merge_slashes = False  # the redirect would repeat the client's Host header
    app.extensions["services"] = services
    app.extensions["readiness"] = readiness_of(services)
    speak_newest(app, services.content)
    app.register_blueprint(webhook)
    app.register_blueprint(probes)
    app.register_blueprint(sheet)
    app.register_blueprint(checklist)
    app.register_blueprint(console)
    app.register_blueprint(metrics)
    app.register_error_handler(HTTPException, _say)
    app.register_error_handler(Exception, _failed)
    app.wsgi_app = SecureHeaders(app.wsgi_app, services.settings)  # type: ignore[method-assign]  # Flask documents this way to wrap
    return app


def _say(error: HTTPException) -> Response:
    """Return a page for paths that people open, and one line of text elsewhere.

    Werkzeug's own texts are English and long.
    """
    status = error.code or 500
    if request.path == "/sheet" or request.path.startswith("/sheet/"):
        return refused_page(status)
    if (request.path + "/").startswith("/console/") and current_services().settings.operators:
        return message_response("missing", status)
    ours = type(error).__module__.startswith("bot.") or error.description != type(error).description
    return Response(f"{(error.description if ours else '') or error.name.lower()}\n", status, mimetype="text/plain")


def _failed(error: Exception) -> Response:
    logger.error("request failed", exc_info=error)
    return Response("internal error\n", 500, mimetype="text/plain")


def application() -> Flask:
    """Build the application in each process of the web server, and start the threads beside it."""
    parent = multiprocessing.parent_process()
    if parent and parent.pid:
        # Otherwise workers would keep the port of a killed server. One that still starts misses its signal.
        follow(parent.pid, grace=REQUEST_SECONDS)
    settings: Settings = load_settings()
    set_up_logs(settings.log_level)
    connections = connections_at_most()
    if connections < CONNECTIONS:
        logger.warning("few open files allowed (ulimit -n): connections are bounded", extra={"count": connections})
    SlowRequestReaper(settings.port, seconds=ARRIVES_WITHIN, connections=connections).watch()
    services = WebServices(settings)
    services.key_guard.begin()
    services.destination.begin()
    services.metrics.start()
    services.heartbeat.start()
    services.trail.start()
    logger.info("web started", extra={"version": bot_version()})
    Finalize(None, services.trail.stop, exitpriority=2)
    Finalize(None, services.heartbeat.stop, exitpriority=1)
    Finalize(None, services.metrics.stop, exitpriority=0)  # child processes of the server skip `atexit`
    return create_app(services)
