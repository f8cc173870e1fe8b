"""A real Redis for one machine: started with the first process of the bot, stopped with the last.

Each process holds a shared lock on `users.lock` for as long as it runs. A guardian process runs the server, restarts it
if it dies, and waits for the exclusive lock, which it gets when no process is left; then it stops the server. Every
process checks that the server answers, because guardian and server may be killed.
"""

import fcntl
import hashlib
import logging
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

from bot.errors import SettingsError
from bot.store.redis.private_folder import private_folder
from bot.store.redis.server_binary import server_binary

logger = logging.getLogger(__name__)
START_SECONDS = 20
LOOK_SECONDS = 1.0
END_SECONDS = 10.0  # for the server to end after a signal
ASKED_TO_END = 3
SOCKET_PATH_LIMIT = 100  # the kernel allows 108 bytes
OWN = 0o077  # the umask of guardian and server, independent of this process's own
_locks: list[IO[str]] = []  # open for the life of the process: closing one would say that it is gone


def embedded_url(var_dir: Path) -> str:
    """Return the address of the server under `var_dir`, and start it if it does not run. Raises SettingsError."""
    folder = var_dir.resolve()
    if _join(folder):
        threading.Thread(target=_look_after, args=(folder,), name="embedded-redis", daemon=True).start()
    _start_if_away(folder)
    return f"unix://{socket_path(folder)}"


def _start_if_away(folder: Path) -> None:
    with _starting(folder) as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if not _answers(socket_path(folder)):
            _start(folder)


def _look_after(folder: Path) -> None:
    """Start both again if the guardian was killed with its server. A living guardian restarts its server itself."""
    while True:
        time.sleep(LOOK_SECONDS)
        if _answers(socket_path(folder)):
            continue
        time.sleep(LOOK_SECONDS)
        try:
            _start_if_away(folder)
        except (SettingsError, OSError) as error:
            logger.warning("embedded redis not started", extra={"error": type(error).__name__})


def _starting(folder: Path) -> IO[str]:
    private_folder(folder)
    try:
        return (folder / "start.lock").open("w")
    except OSError as error:
        raise SettingsError(f"VAR_DIR: {folder} cannot be used ({error.strerror})") from None


def socket_path(folder: Path) -> Path:
    """Return a path in the folder or, if that is too long for a socket, in a short private folder."""
    path = folder / "redis.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_LIMIT:
        return path
    return _short_folder(folder) / "redis.sock"


def _short_folder(folder: Path) -> Path:
    """Return the folder recorded in a file, so that processes with different environments agree, or a new one."""
    note = folder / "socket-folder"
    name = f"madoguchi-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"
    noted = Path(note.read_text("utf-8")) if note.is_file() else None
    if noted and noted.name == name and noted.parent.is_dir():
        return private_folder(noted)
    chosen = private_folder(_parent_of_short_folders(name) / name)
    note.write_text(str(chosen), "utf-8")
    return chosen


def _parent_of_short_folders(name: str) -> Path:
    """Return the user's own runtime folder if there is one, or else the shared /tmp."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime.startswith("/") and os.access(runtime, os.W_OK | os.X_OK):
        longest = Path(runtime) / name / "redis.sock"
        if len(os.fsencode(longest)) <= SOCKET_PATH_LIMIT:
            return Path(runtime)
    return Path(tempfile.gettempdir())


def _join(folder: Path) -> bool:
    """Take the shared lock. Return False if this process has it already."""
    if any(lock.name == str(folder / "users.lock") for lock in _locks):
        return False
    with _starting(folder) as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        lock = (folder / "users.lock").open("a")
        fcntl.flock(lock, fcntl.LOCK_SH)
        _locks.append(lock)
    return True


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(path))
            probe.sendall(b"PING\r\n")
            return probe.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def _start(folder: Path) -> None:
    log = folder / "redis.log"
    command = [sys.executable, "-m", "bot.store.redis.embedded", str(folder), server_binary()]
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True, umask=OWN)  # noqa: S603 - our own module
    deadline = time.monotonic() + START_SECONDS
    while not _answers(socket_path(folder)):
        if time.monotonic() > deadline:
            raise SettingsError(f"REDIS_URL: is not set, and the embedded Redis did not start (see {log})")
        time.sleep(0.02)


def guard(folder: Path, binary: str, end_seconds: float = END_SECONDS) -> None:
    """Run the server until no process of the bot is left. Return at once if it runs already."""
    options = {
        "port": "0",
        "unixsocket": str(socket_path(folder)),
        "unixsocketperm": "600",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "aof-use-rdb-preamble": "no",  # commands only: Redis and Valkey, older and newer, can read each other's file
        "save": "",
        "logfile": str(folder / "redis.log"),
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    flat = [part for name, value in options.items() for part in (f"--{name}", value)]
    with (folder / "users.lock").open("a") as users, (folder / "server.lock").open("a") as sole:
        if not _locked(sole):
            return  # the server of a guardian that was killed still runs; two must never write the same file
        server = subprocess.Popen([binary, *flat], pass_fds=(sole.fileno(),), umask=OWN)  # noqa: S603 - from server_binary()
        while not _locked(users):
            time.sleep(0.2)
            if server.poll() is not None:
                server = subprocess.Popen([binary, *flat], pass_fds=(sole.fileno(),), umask=OWN)  # noqa: S603 - from server_binary()
        _end(server, end_seconds)


def _end(server: subprocess.Popen[bytes], seconds: float) -> None:
    """Stop the server, which flushes its append-only file. Kill it if it does not end."""
    for _ in range(ASKED_TO_END):
        server.terminate()
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return
    server.kill()
    server.wait()


def _locked(file: IO[str]) -> bool:
    """Return True if the exclusive lock was free. It is now held by this process and the children that inherit it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


if __name__ == "__main__":
    guard(Path(sys.argv[1]), sys.argv[2])
