"""Flex templates, compiled once, and their rendering to containers that LINE takes."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from string import Template as Colours
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.paths import templates_dir
from bot.replies import limits
from bot.replies.action_objects import action_object, button_action, label_of
from bot.replies.actions import Button
from bot.replies.palette import COLOURS
from bot.replies.views import MenuItem, Progress

SUFFIX = ".json.j2"
_PARTS_FILE = f"_macros{SUFFIX}"
# Parts are put into the templates when these are loaded, so they have delimiters of their own.
_PARTS = {
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "block_start_string": "<%",
    "block_end_string": "%>",
    "comment_start_string": "<#",
    "comment_end_string": "#>",
}
# A button's label has one line; about this many columns fit on a phone 320 px wide.
_ONE_LINE = 28
_PLACEHOLDER = "—"
# Tried in this order until the container fits: the second and third only meet texts nobody writes in earnest.
_SCALES = (1.0, 0.5, 0.2)


class OversizedError(ValueError):
    """No cut made the container small enough; the plain text can still be sent."""


def container(name: str, view: object) -> dict[str, Any]:
    """The template's container for that view, within LINE's sizes."""
    for scale in _SCALES:
        text = _templates(scale)[name].render(view=view)
        made: dict[str, Any] = orjson.loads(text)
        if fits(made, text):
            return made
    raise OversizedError(name)


def fits(made: Mapping[str, Any], text: str) -> bool:
    """Whether container (and each bubble of a carousel) is small enough in UTF-8 and as `\\uXXXX`."""
    # `text` is the container as rendered, which is never shorter than what is sent.
    if limits.sent_bytes(text) <= limits.BUBBLE_BYTES:
        return True
    if made["type"] == "bubble":
        return _sent(made) <= limits.BUBBLE_BYTES
    return _sent(made) <= limits.CAROUSEL_BYTES and all(
        _sent(bubble) <= limits.BUBBLE_BYTES for bubble in made["contents"]
    )


def template_names() -> frozenset[str]:
    """The names of all templates, without suffix; the file of parts is none."""
    return frozenset(_sources())


def _sent(made: Mapping[str, Any]) -> int:
    return limits.sent_bytes(orjson.dumps(made).decode())


@cache
def _sources() -> dict[str, str]:
    """What is left to do per message: parts put in, colours named, comments and layout gone."""
    folder = templates_dir("flex")
    env = Environment(  # noqa: S701 - makes templates, not output
        loader=FileSystemLoader(folder), undefined=StrictUndefined, auto_reload=False, **_PARTS
    )
    parts = vars(env.get_template(_PARTS_FILE).module)
    env.globals |= {name: part for name, part in parts.items() if not name.startswith("_")}
    names = sorted(path.name for path in folder.glob(f"[!_]*{SUFFIX}"))
    return {name.removesuffix(SUFFIX): _one_line(env.get_template(name).render()) for name in names}


def _one_line(source: str) -> str:
    return Colours("".join(line.strip() for line in source.splitlines())).substitute(COLOURS)


@cache
def _templates(scale: float) -> dict[str, Template]:
    env = Environment(  # noqa: S701 - JSON: every value goes through a filter that quotes it
        undefined=StrictUndefined, auto_reload=False
    )
    env.filters |= {
        "text": _text_filter(scale),
        "action": _action,
        "item_action": _item_action,
        "is_long": _is_long,
        "percent": _percent,
        "tags": " ・ ".join,
        "widest": _widest,
    }
    return {name: env.from_string(source) for name, source in _sources().items()}


def _text_filter(scale: float) -> Callable[[str, int], str]:
    def text(value: str, most: int) -> str:
        """The text cleaned, cut and quoted; never empty, because LINE then refuses the whole message."""
        shown = limits.cut(limits.clean(value).strip(), max(int(most * scale), 8))
        return _dumps(shown or _PLACEHOLDER)

    return text


def _dumps(value: object) -> str:
    return orjson.dumps(value).decode()


def _action(button: Button) -> str:
    return _dumps(button_action(button))


def _is_long(label: str) -> bool:
    return limits.columns(label) > _ONE_LINE


def _item_action(item: MenuItem) -> str:
    return _dumps(action_object(item.action, label=label_of(item.label, limits.LABEL)))


def _percent(progress: Progress) -> int:
    """The filled part of the bar; the last question still leaves nothing out."""
    return max(min(100 * progress.at // progress.of, 100), 4)


def _widest(cells: Iterable[str]) -> int:
    return max((limits.columns(cell) for cell in cells), default=0)
