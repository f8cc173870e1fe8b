"""Looks for marked words in everything a running bot leaves behind, in plain and in the usual disguises."""

import base64
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from redis import Redis

from tests.scenario.processes import RunningBot


def spellings(word: str) -> Iterator[bytes]:
    """The word as it would stand in plain text, hex, base64 at each of its three places, URLs and JSON."""
    raw = word.encode()
    yield from (raw, word.encode("utf-16-le"), word.encode("utf-16-be"), word[::-1].encode())
    yield from (raw.hex().encode(), raw.hex().upper().encode())
    for skip in range(3):
        whole = base64.b64encode(b"\0" * skip + raw)
        core = whole[-(-skip * 8 // 6) : (skip + len(raw)) * 8 // 6]
        yield from (core, core.replace(b"+", b"-").replace(b"/", b"_"))
    escaped = "".join(f"\\u{ord(char):04x}" if ord(char) < 0x10000 else char for char in word)
    yield from (escaped.encode(), escaped.upper().replace("\\U", "\\u").encode())
    partly = word.encode("ascii", "backslashreplace")
    yield from (partly, repr(raw)[2:-1].encode(), quote(word, safe="").encode(), quote_plus(word).lower().encode())


def found(words: Iterable[str], places: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Which word stands in which place, however it is spelled."""
    wanted = [(word, {spelling for spelling in spellings(word) if len(spelling) >= 6}) for word in words]
    return [
        (word, place)
        for word, disguises in wanted
        for place, content in places.items()
        if any(disguise in content for disguise in disguises)
    ]


def in_redis(redis: Redis) -> dict[str, bytes]:
    """Every key, its name and its content, whatever its type; the slow log, too, as it quotes commands."""
    places = {f"key {name!r}": name + b"\n" + content(redis, name) for name in names(redis)}
    slow: Any = redis.slowlog_get(128)
    return {**places, "slow log": repr(slow).encode()}


def names(redis: Redis) -> list[bytes]:
    listed: Any = redis.keys("*")
    return sorted(listed)


def content(redis: Redis, name: bytes) -> bytes:
    """All that the key holds; KeyError for a type that this cannot read."""
    kind: Any = redis.type(name)
    client: Any = redis  # its annotations promise both kinds of client
    readers: dict[bytes, Callable[[], Any]] = {
        b"string": lambda: client.get(name),
        b"list": lambda: client.lrange(name, 0, -1),
        b"hash": lambda: client.hgetall(name),
        b"set": lambda: client.smembers(name),
        b"zset": lambda: client.zrange(name, 0, -1, withscores=True),
        b"stream": lambda: client.xrange(name),
        b"none": bytes,  # expired since it was listed
    }
    return b"\n".join(_bytes(readers[kind]()))


def _bytes(part: Any) -> Iterator[bytes]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield from (*_bytes(key), *_bytes(value))
    elif isinstance(part, list | tuple | set):
        for item in part:
            yield from _bytes(item)
    elif part is not None:
        yield part if isinstance(part, bytes) else str(part).encode()


def on_disk(folder: Path) -> dict[str, bytes]:
    """Every file below: the append-only file of Redis, its log, the logs of the processes."""
    contents = {path: _read(path) for path in folder.rglob("*") if path.is_file()}
    return {f"file {path.relative_to(folder)}": content for path, content in contents.items() if content is not None}


def on_the_web(bot: RunningBot) -> dict[str, bytes]:
    """What anybody can ask the web process for."""
    return {path: _page(f"{bot.url}{path}") for path in ("/metrics", "/healthz", "/readyz", "/nothing")}


def _page(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        return error.read()


def in_processes(pids: Iterable[int]) -> dict[str, bytes]:
    """The command lines that every user of the machine can read."""
    lines = {pid: _read(Path(f"/proc/{pid}/cmdline")) for pid in pids}
    return {f"arguments of {pid}": line for pid, line in lines.items() if line is not None}


def _read(path: Path) -> bytes | None:
    """None where it has gone since it was listed."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return None


def said_in(part: Any, *names: str) -> Iterator[str]:
    """Every text under one of these names, however deep."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in names and isinstance(value, str):
                yield value
            yield from said_in(value, *names)
    elif isinstance(part, list):
        for item in part:
            yield from said_in(item, *names)
