"""`madoguchi web`: the process that takes webhooks in and serves the pages."""

import gc
import multiprocessing
import resource
from typing import Any

import click

from bot.commands.failing import one_line
from bot.commands.ports import require_free
from bot.runtime.signals import SignalFlag, exit_with_parent
from bot.web.slow_requests import CONNECTIONS, THREADS, connections_at_most

HEADERS_WITHIN_MS = 10_000  # also how long a connection without a request is kept
HEADERS_AT_MOST = 64 * 1024


@click.command("web")
@one_line
def command() -> None:
    """Webを起動します / start the web process."""
    from granian import Granian  # noqa: PLC0415 - loaded only by the process that serves
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415 - likewise
    from granian.http import HTTP1Settings  # noqa: PLC0415 - likewise

    from bot.settings import load_settings  # noqa: PLC0415 - likewise
    from bot.store.redis.connection import require_reachable  # noqa: PLC0415 - likewise

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
    """Once, before the server divides into its processes: they share what they would else each read in.

    It only loads; threads and connections are made by `bot.web.app.application`, in each process for itself. Where the
    system starts processes anew rather than dividing one, each has to read everything in for itself.
    """
    if multiprocessing.get_start_method() != "fork":
        return
    import bot.web.app  # noqa: F401, PLC0415 - only by the process that serves

    gc.freeze()  # a collector that looks at shared pages would make each process its own copy of them


def _allow_files(count: int) -> None:
    """Every connection is an open file; many systems allow 1,024 to who does not ask for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _serve(server: Any) -> None:
    """Until a signal; the server's own event would lock up where two signals come together."""
    server.main_loop_interrupt = SignalFlag()
    try:
        server.serve()
    except SystemExit:
        if not server.interrupt_signal:
            raise
        # Ctrl+C reached its children before it did: they ended as they should, only not at its word
