"""`madoguchi web`: the process that takes webhooks in and serves the pages."""

from typing import Any

import click

from bot.commands.failing import one_line
from bot.commands.ports import require_free
from bot.stopping import Flag, follow_parent

THREADS = 16  # requests that may wait for Redis at the same time, per process
EVERYWHERE = "0.0.0.0"  # noqa: S104 - behind the platform's router or a reverse proxy


@click.command("web")
@one_line
def command() -> None:
    """Webを起動します / start the web process."""
    from granian import Granian  # noqa: PLC0415 - loaded only by the process that serves
    from granian.constants import Interfaces  # noqa: PLC0415 - likewise

    from bot.settings import load_settings  # noqa: PLC0415 - likewise
    from bot.store.connection import reachable  # noqa: PLC0415 - likewise

    follow_parent()
    settings = load_settings()
    reachable(settings)
    require_free(settings.port, EVERYWHERE)
    server = Granian(
        "bot.app:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=EVERYWHERE,
        port=settings.port,
        workers=settings.web_processes,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
        log_enabled=False,
        backlog=1024,
    )
    _serve(server)


def _serve(server: Any) -> None:
    """Until a signal; the server's own event would lock up where two signals come together."""
    server.main_loop_interrupt = Flag()
    try:
        server.serve()
    except SystemExit:
        if not server.interrupt_signal:
            raise
        # Ctrl+C reached its children before it did: they ended as they should, only not at its word
