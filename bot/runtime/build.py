"""The version of the running code: the release's number and the commit it was built from, such as `0.1.0+1a2b3c4`.

The wheel carries the commit in `build.txt`, written by `hatch_build.py`. A checkout asks git once per process.
"""

import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
BUILD_FILE = "build.txt"
_DESCRIBE = ("git", "describe", "--always", "--dirty", "--abbrev=7", "--exclude=*")


@cache
def bot_version() -> str:
    """Return number and commit, the number alone if the commit is not known, `unknown` if nothing is installed.

    `.dirty` at the end: the checkout held changes that were not committed.
    """
    try:
        number = version("madoguchi")
    except PackageNotFoundError:
        return "unknown"
    commit = _stored_commit() or described_commit(CHECKOUT)
    return f"{number}+{commit}" if commit else number


def _stored_commit() -> str:
    stored = files("bot").joinpath(BUILD_FILE)
    return stored.read_text("utf-8").strip() if stored.is_file() else ""


def described_commit(checkout: Path) -> str:
    """Return the commit of a checkout, empty if this is none or git is not there."""
    if not (checkout / ".git").exists():
        return ""
    try:
        done = subprocess.run(_DESCRIBE, cwd=checkout, capture_output=True, text=True, timeout=5, check=True)  # noqa: S603 - fixed words
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip().replace("-", ".")
