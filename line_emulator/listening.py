"""A probe of whether a server listens."""

import socket
from urllib.parse import urlsplit


def takes_connections(url: str) -> bool:
    """Return True if a server takes connections at the host and port of that URL now."""
    parts = urlsplit(url)
    address = (str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80))
    try:
        socket.create_connection(address, timeout=1).close()
    except OSError:
        return False
    return True
