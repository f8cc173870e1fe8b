"""Checks ports before anything starts, so that a port in use is reported in one line."""

import errno
import socket

from bot.errors import SettingsError


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def require_free(port: int, host: str = "127.0.0.1", *, name: str = "PORT", hint: str = "") -> None:
    """Raise SettingsError if the port is in use, or if the address is not one of this machine.

    `name`: where the port was given; `hint`: what to do if it is in use.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise SettingsError("BIND_ADDRESS: is no address of this machine") from None
            reason = f"is in use{hint}" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            raise SettingsError(f"{name}: {port} {reason}") from None
