"""`madoguchi web`: the process that takes webhooks in and serves the pages."""

import errno
import socket

import click

from bot.commands.failing import one_line


@click.command("web")
@one_line
def command() -> None:
    """Webを起動します / start the web process."""
    from granian import Granian  # noqa: PLC0415 - loaded only by the process that serves
    from granian.constants import Interfaces  # noqa: PLC0415 - likewise

    from bot.settings import load_settings  # noqa: PLC0415 - likewise
    from bot.store.connection import reachable  # noqa: PLC0415 - likewise

    settings = load_settings()
    reachable(settings)
    _free(settings.port)
    Granian(
        "bot.app:application",
        factory=True,
        interface=Interfaces.WSGI,
        address="0.0.0.0",  # noqa: S104 - behind the platform's router or a reverse proxy
        port=settings.port,
        workers=settings.web_processes,
        respawn_failed_workers=True,
        log_enabled=False,
        backlog=1024,
    ).serve()


def _free(port: int) -> None:
    """Raises OSError with a line that names the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104 - the address that is served
        except OSError as error:
            reason = "is in use" if error.errno == errno.EADDRINUSE else "cannot be used"
            raise click.ClickException(f"PORT: {port} {reason}") from None
