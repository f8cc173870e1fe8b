"""Rendering of a view as a Flex container within LINE's size limits, even for long texts."""

from collections.abc import Mapping
from typing import Any

import msgspec
import orjson

from bot.replies import limits
from bot.replies.templates import template
from bot.text import measure

# Tried in this order until the container fits; smaller scales are needed only for abnormally long input.
_SCALES = (1.0, 0.5, 0.1)
_read_through = msgspec.json.Decoder(msgspec.Raw).decode  # builds nothing: a fifth of reading it in


class OversizedError(ValueError):
    """No cut made the container small enough; what it says can still be sent as plain text."""

    def __init__(self, name: str, made: dict[str, Any]) -> None:
        super().__init__(name)
        self.made = made


def render_container(name: str, view: object) -> str:
    """Render the view as JSON within LINE's sizes. Raise ValueError if the template does not yield JSON."""
    for scale in _SCALES:
        text = template(name, scale).render(view=view)
        if measure.sent_bytes(text) <= limits.BUBBLE_BYTES:
            _read_through(text)  # an error here becomes an apology, an error later loses the reply
            return text
        made: dict[str, Any] = orjson.loads(text)
        if fits(made):
            return _dense(made)
    raise OversizedError(name, made)


def fits(made: Mapping[str, Any]) -> bool:
    """Return True if the container, and each bubble of a carousel, is within LINE's size in any encoding of JSON."""
    if made["type"] == "bubble":
        return _sent(made) <= limits.BUBBLE_BYTES
    return _sent(made) <= limits.CAROUSEL_BYTES and all(
        _sent(bubble) <= limits.BUBBLE_BYTES for bubble in made["contents"]
    )


def _sent(made: Mapping[str, Any]) -> int:
    return measure.sent_bytes(_dense(made))


def _dense(made: Mapping[str, Any]) -> str:
    return orjson.dumps(made).decode()
