"""The values that many objects share: links, colours, lengths, IDs."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from line_emulator.rules.checks import EMPTY, WRONG_TYPE, Check, Problem, shaped, softened, text
from line_emulator.rules.counting import utf16_units

# Percent-encoded means that only the characters of RFC 3986 are left; a bare % or a Japanese character is not.
_URI = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+", re.ASCII)
_TEL = re.compile(r"tel:\+?[0-9\-.()*#,;]+", re.ASCII)
_FONT = ("xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl")
_STEPS = ("none", "xs", "sm", "md", "lg", "xl", "xxl")
_PX = r"\d+(?:\.\d+)?px"
_PERCENT = r"\d+(?:\.\d+)?%"
_ABOVE_ZERO = r"(?=[\d.]*[1-9])\d+(?:\.\d+)?"

colour = shaped(r"#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?", "a colour #RRGGBB or #RRGGBBAA")
rgb = shaped(r"#[0-9A-Fa-f]{6}", "a colour #RRGGBB")
font_size = shaped(_ABOVE_ZERO + "px", "a font size (xxs … 5xl or Npx)", words=_FONT)
image_size = shaped(f"{_ABOVE_ZERO}(?:px|%)", "an image size (xxs … 5xl, full, Npx or N%)", words=(*_FONT, "full"))
space = shaped(_PX, "a space (none, xs … xxl or Npx)", words=_STEPS)
padding = shaped(f"{_PX}|{_PERCENT}", "a padding (none, xs … xxl, Npx or N%)", words=_STEPS)
_OFFSET = "an offset (none, xs … xxl, Npx or N%)"
offset = softened(
    shaped(f"{_PX}|{_PERCENT}", _OFFSET, words=_STEPS), shaped(f"-?(?:{_PX}|{_PERCENT})", _OFFSET, words=_STEPS)
)
length = shaped(f"{_PX}|{_PERCENT}", "Npx or N%")
border = shaped(
    _PX,
    "a border width (none … bold or Npx)",
    words=("none", "light", "normal", "medium", "semi-bold", "bold"),
)
radius = shaped(_PX, "a corner radius (none, xs … xxl or Npx)", words=_STEPS)
line_spacing = shaped(_ABOVE_ZERO + "px", "a positive Npx")

user_id = shaped(r"U[0-9a-f]{32}", "a user ID", sentence=WRONG_TYPE)
group_id = shaped(r"C[0-9a-f]{32}", "a group ID", sentence=WRONG_TYPE)
room_id = shaped(r"R[0-9a-f]{32}", "a room ID", sentence=WRONG_TYPE)
chat_id = shaped(r"[UCR][0-9a-f]{32}", "a user, group or room ID", sentence=WRONG_TYPE)
digits = shaped(r"[0-9]{1,20}", "a number written as a string")
# LINE gives no length of its tokens and ids; they only must not be empty.
token = text(most=1000)
alternative_text = text(most=1500)


def aspect_ratio(value: Any, at: str) -> Iterator[Problem]:
    """Check `w:h`: both from 1 to 100,000, and at most three times as high as wide."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)", value, re.ASCII) if isinstance(value, str) else None
    if not match:
        yield Problem(at, "must be an aspect ratio w:h")
        return
    width, height = float(match[1]), float(match[2])
    if not (1 <= width <= 100_000 and 1 <= height <= 100_000):
        yield Problem(at, "width and height must be from 1 to 100000")
    elif height > 3 * width:
        yield Problem(at, "must not be more than three times as high as wide")


def link(*schemes: str, most: int) -> Check:
    """Check a percent-encoded URI with one of the schemes."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must be a string", sentence=WRONG_TYPE)
        elif not value.strip():
            yield Problem(at, "must be non-empty", sentence=EMPTY)
        elif (units := utf16_units(value)) > most:
            limit = f"Length must be between 1 and {most}"
            yield Problem(at, f"{units} UTF-16 units, at most {most}", sentence=limit)
        elif value.partition(":")[0] not in schemes:
            yield Problem(at, f"invalid uri scheme, must be {', '.join(schemes)}", sentence="invalid uri scheme")
        elif not _URI.fullmatch(value) or not _leads_somewhere(value):
            yield Problem(at, "invalid uri: must be complete and percent-encoded", sentence="invalid uri")

    return check


def _leads_somewhere(uri: str) -> bool:
    """Return True if the part that the scheme requires is there."""
    scheme = uri.partition(":")[0]
    if scheme == "tel":
        return _TEL.fullmatch(uri) is not None
    if scheme == "line":
        return uri.startswith("line://") and len(uri) > len("line://")
    try:
        return bool(urlsplit(uri).hostname)
    except ValueError:
        return False


media = link("https", most=2000)
web = link("http", "https", "line", "tel", most=10_000)
short_web = link("http", "https", "line", "tel", most=1000)
