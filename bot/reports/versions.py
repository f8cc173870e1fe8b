"""The versions of the source document and of the content."""

import hashlib

from bot.content.knowledge import JA
from bot.content.loader import load_yaml
from bot.content.models import Source
from bot.content.version import current, once_a_version


@once_a_version
def edition() -> str:
    """Return the edition of the document that every answer cites."""
    return load_yaml(JA / "source.yaml", Source).edition


@once_a_version
def content_digest() -> str:
    """Return twelve hex digits that change with any file of the content, and the number of the published version."""
    digest = hashlib.sha256()
    for path in sorted(JA.rglob("*.yaml")):
        digest.update(path.relative_to(JA).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    number = current().number
    return digest.hexdigest()[:12] + (f"+{number}" if number else "")
