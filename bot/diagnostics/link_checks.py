"""The addresses that the content leads to, each asked once. Only on request: they are other people's servers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson
import urllib3
from redis.exceptions import RedisError

from bot.content.knowledge import JA
from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, failed, ok, warning
from bot.errors import BotError
from bot.store.content_versions import ContentVersions

AT_ONCE = 16
SECONDS = 5.0  # four rounds of them fit into the time of all checks
GONE = (404, 410)
_ADDRESS = re.compile(r"https://[^\s<>\"'（）、。]+")
# Some of the sites refuse a client that does not name itself.
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; madoguchi-check)", "Accept": "*/*"}


def links(context: CheckContext) -> Iterator[CheckResult]:
    """Report each dead address of the release and of what is published, with the file that leads there."""
    yield from ask_links({**published_links(context), **content_links()})


def published_links(context: CheckContext) -> dict[str, str]:
    """Return the addresses that the published content names, each with its unit; none without Redis."""
    try:
        versions = ContentVersions(context.redis)
        version = versions.read(versions.current())
    except (BotError, RedisError, OSError):
        return {}
    units = {unit: orjson.dumps(value).decode() for unit, (value, _) in (version.changes if version else {}).items()}
    return {address.partition("#")[0]: unit for unit, text in units.items() for address in _ADDRESS.findall(text)}


def content_links(folder: Path = JA) -> dict[str, str]:
    """Return every address that the content names, without its fragment, with the first file that names it."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.yaml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.lstrip().startswith("#"):
                for address in _ADDRESS.findall(line):
                    found.setdefault(address.partition("#")[0], path.name)
    return {address: name for address, name in found.items() if "{" not in address}


def ask_links(addresses: Mapping[str, str], seconds: float = SECONDS) -> Iterator[CheckResult]:
    """Ask each address once, following redirects. Yield what is wrong, or one result if nothing is."""
    http = urllib3.PoolManager(AT_ONCE, timeout=seconds, headers=_HEADERS)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda address: _ask(http, address), addresses))
    http.clear()
    wrong = list(_wrong(zip(addresses.items(), answers, strict=True)))
    yield from wrong
    if not wrong:
        count = len(addresses)
        yield ok(f"{count}件のリンク先はすべて開けます", f"all {count} addresses of the content can be opened")


def _ask(http: urllib3.PoolManager, address: str) -> int | str:
    """Return the status, or the name of the error."""
    try:
        answer = http.request("GET", address, retries=urllib3.Retry(0, redirect=5), preload_content=False)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        reason = getattr(error, "reason", None) or error
        return type(reason).__name__
    answer.close()  # the page itself is not read
    return answer.status


def _wrong(asked: Iterable[tuple[tuple[str, str], int | str]]) -> Iterator[CheckResult]:
    for (address, name), answer in asked:
        if isinstance(answer, int) and answer < 400:
            continue
        if isinstance(answer, int) and answer not in GONE:
            yield warning(
                f"{address} が {answer} を返しました（{name}）",
                f"{address} answers {answer} ({name})",
                next_step=(
                    "ブラウザーで開けるか見てください（プログラムを断るサイトもあります）",
                    "open it in a browser: some sites refuse programs",
                ),
            )
            continue
        yield failed(
            f"{address} は開けません（{name}、{answer}）",
            f"{address} cannot be opened ({name}, {answer})",
            next_step=("リンクを直すか、項目から外してください", "mend the link, or take it out of the entry"),
        )
