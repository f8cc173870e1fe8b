"""The media types under which stored bytes may be served to a browser."""

import re

_SAFE_MIME = re.compile(
    r"(?:image/(?:png|jpeg|gif|webp)|video/mp4|audio/(?:x-m4a|mpeg|mp4)|application/(?:pdf|octet-stream))"
)


def served_mime(mime: str) -> str:
    """Return the media type for a stored content; anything that a browser could run is served as plain bytes."""
    return mime if _SAFE_MIME.fullmatch(mime) else "application/octet-stream"
