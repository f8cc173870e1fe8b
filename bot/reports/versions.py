"""Which bot, which edition of its source and which content is running."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from bot.content.knowledge import JA
from bot.content.loader import load_yaml
from bot.content.models import Source


@cache
def bot_version() -> str:
    try:
        return version("madoguchi")
    except PackageNotFoundError:
        return "unknown"  # run from a folder that was never installed


@cache
def edition() -> str:
    """The edition of the document that every answer cites."""
    return load_yaml(JA / "source.yaml", Source).edition


@cache
def content_digest() -> str:
    """Twelve hex digits that change with any file of the content."""
    digest = hashlib.sha256()
    for path in sorted(JA.rglob("*.yaml")):
        digest.update(path.relative_to(JA).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
