"""The web process: webhook, probes and pages."""

import logging
import multiprocessing
from multiprocessing.util import Finalize

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from bot.handlers.webhook import BODY_LIMIT
from bot.handlers.webhook import blueprint as webhook
from bot.logs import set_up_logs
from bot.settings import Settings, load_settings
from bot.stopping import follow
from bot.web.console.routes import blueprint as console
from bot.web.headers import SecureHeaders
from bot.web.metrics import blueprint as metrics
from bot.web.probes import blueprint as probes
from bot.web.probes import readiness_of
from bot.web.sheet import blueprint as sheet
from bot.web.slow_clients import SlowClients
from bot.wiring import Front

logger = logging.getLogger(__name__)
ARRIVES_WITHIN = 4.0  # seconds from the first byte of a request to its answer; then the connection is ended
REQUEST_SECONDS = 2.0  # no request takes longer: LINE waits no longer for its answer


def create_app(front: Front) -> Flask:
    """The application over these parts; every answer is short and names no internals."""
    app = Flask("bot", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT + 1  # a body without a length is cut off there, unseen
    app.extensions["front"] = front
    app.extensions["readiness"] = readiness_of(front)
    app.register_blueprint(webhook)
    app.register_blueprint(probes)
    app.register_blueprint(sheet)
    app.register_blueprint(console)
    app.register_blueprint(metrics)
    app.register_error_handler(HTTPException, _say)
    app.register_error_handler(Exception, _failed)
    app.wsgi_app = SecureHeaders(app.wsgi_app, front.settings)  # type: ignore[method-assign]  # Flask's own way to wrap
    return app


def _say(error: HTTPException) -> Response:
    return Response(f"{error.description or error.name}\n", error.code or 500, mimetype="text/plain")


def _failed(error: Exception) -> Response:
    logger.error("request failed", exc_info=error)
    return Response("internal error\n", 500, mimetype="text/plain")


def application() -> Flask:
    """What the web server loads in each of its processes."""
    parent = multiprocessing.parent_process()
    if parent and parent.pid:
        # its workers would keep the port of a server that was killed; one still starting misses the signal
        follow(parent.pid, grace=REQUEST_SECONDS)
    settings: Settings = load_settings()
    set_up_logs(settings.log_level)
    SlowClients(settings.port, seconds=ARRIVES_WITHIN).watch()
    front = Front(settings)
    front.destination.begin()
    front.figures.start()
    Finalize(None, front.figures.stop, exitpriority=0)  # a server's child ends without `atexit`
    return create_app(front)
