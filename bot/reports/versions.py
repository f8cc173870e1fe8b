"""The versions of the source document and of the content."""

import hashlib
from functools import cache

from bot.content.knowledge import JA
from bot.content.loader import load_yaml
from bot.content.models import Source


@cache
def edition() -> str:
    """Return the edition of the document that every answer cites."""
    return load_yaml(JA / "source.yaml", Source).edition


@cache
def content_digest() -> str:
    """Return twelve hex digits that change with any file of the content."""
    digest = hashlib.sha256()
    for path in sorted(JA.rglob("*.yaml")):
        digest.update(path.relative_to(JA).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
