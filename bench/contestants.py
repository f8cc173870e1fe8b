"""Peers that live in an environment of their own: each a process that runs a round when asked."""

import json
import subprocess
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from bench.our_bot import PEER_PYTHON, PEERS


class Peer:
    """`rounds(name)` runs one round of that name in the peer's process and gives what it found."""

    def __init__(self, script: str, *words: str, env: Mapping[str, str] | None = None) -> None:
        command = [str(PEER_PYTHON), str(PEERS / script), *words]
        self._process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def round(self, name: str) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        found: dict[str, Any] = json.loads(self._process.stdout.readline())
        return found

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)
