"""`madoguchi web`: the process that accepts webhooks and serves the pages."""

import gc
import multiprocessing
import resource
from typing import Any

import click

from bot.commands.ports import require_free
from bot.commands.terminal import report_errors
from bot.runtime.signals import SignalFlag, exit_with_parent
from bot.web.slow_requests import CONNECTIONS, THREADS, connections_at_most

HEADERS_WITHIN_MS = 10_000  # also the time after which an idle connection is closed
HEADERS_AT_MOST = 64 * 1024


@click.command("web")
@report_errors
def command() -> None:
    """Webを起動します / start the web process."""
    from granian import Granian  # noqa: PLC0415 - not for `--help`
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415 - not for `--help`
    from granian.http import HTTP1Settings  # noqa: PLC0415 - not for `--help`

    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import require_reachable  # noqa: PLC0415 - not for `--help`

    exit_with_parent()
    settings = load_settings()
    require_reachable(settings)
    require_free(settings.port, settings.bind_address)
    _allow_files(CONNECTIONS * 2)
    _load_application()
    server = Granian(
        "bot.web.app:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.bind_address,
        port=settings.port,
        workers=settings.web_processes,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN_MS, max_buffer_size=HEADERS_AT_MOST),
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
        log_enabled=False,
        backlog=1024,
        backpressure=connections_at_most(),
    )
    _serve(server)


def _load_application() -> None:
    """Import the application before the server forks, so that its processes share the memory.

    This only imports: `bot.web.app.application` makes threads and connections in each process. If the system does not
    fork, each process has to import everything by itself.
    """
    if multiprocessing.get_start_method() != "fork":
        return
    import bot.web.app  # noqa: F401, PLC0415 - not for `--help`

    gc.freeze()  # garbage collection writes to shared pages, which would give each process its own copy


def _allow_files(count: int) -> None:
    """Raise the limit of open files: each connection is one, and many systems allow 1,024 by default."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _serve(server: Any) -> None:
    """Serve until a signal. The server's own event would deadlock if two signals come together."""
    server.main_loop_interrupt = SignalFlag()
    try:
        server.serve()
    except SystemExit:
        if not server.interrupt_signal:
            raise
        # Ctrl+C reached the children first: they ended correctly, although the server did not stop them
