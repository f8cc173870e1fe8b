"""Creates folders that only this user can enter, and refuses others."""

import os
import stat
from pathlib import Path

from bot.errors import SettingsError


def private_folder(path: Path, setting: str = "VAR_DIR") -> Path:
    """Create the folder, or close an existing one to other users. Raise SettingsError if another user owns it."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) or not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise SettingsError(f"{setting}: {path} belongs to another user or is a link")
        if stat.S_IMODE(found.st_mode) != 0o700:
            _close(path, setting)
    except OSError as error:
        raise SettingsError(f"{setting}: {path} cannot be used ({error.strerror})") from None
    return path


def _close(path: Path, setting: str) -> None:
    """Change the mode by a file descriptor, so that a folder put in its place meanwhile is not changed."""
    opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(opened).st_uid != os.geteuid():
            raise SettingsError(f"{setting}: {path} belongs to another user or is a link")
        os.fchmod(opened, 0o700)
    finally:
        os.close(opened)
