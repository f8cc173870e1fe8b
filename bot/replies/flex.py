"""Flex templates, compiled once, and their rendering to containers that LINE takes."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from string import Template as Colours
from typing import Any

import orjson
from jinja2 import DictLoader, Environment, StrictUndefined, Template

from bot.paths import templates_dir
from bot.replies import limits
from bot.replies.action_objects import action_object, button_action, label_of
from bot.replies.actions import Button
from bot.replies.palette import COLOURS
from bot.replies.views import MenuItem, Progress

SUFFIX = ".json.j2"
_MACROS = f"_macros{SUFFIX}"
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
    """The names of all templates, without suffix; macros are none."""
    return frozenset(name.removesuffix(SUFFIX) for name in _sources() if name != _MACROS)


def _sent(made: Mapping[str, Any]) -> int:
    return limits.sent_bytes(orjson.dumps(made).decode())


@cache
def _sources() -> dict[str, str]:
    folder = templates_dir("flex")
    return {path.name: _prepared(path.read_text("utf-8")) for path in sorted(folder.glob(f"*{SUFFIX}"))}


def _prepared(source: str) -> str:
    """The template without comments, layout and colour names: nothing that is constant is left to do per message."""
    bare = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    one_line = "".join(line.strip() for line in bare.splitlines())
    return Colours(one_line).substitute(COLOURS)


@cache
def _templates(scale: float) -> dict[str, Template]:
    env = Environment(  # noqa: S701 - JSON: every value goes through a filter that quotes it
        loader=DictLoader(_sources()), undefined=StrictUndefined, auto_reload=False
    )
    env.filters |= {
        "text": _text_filter(scale),
        "action": _action,
        "item_action": _item_action,
        "is_long": _is_long,
        "percent": _percent,
        "tags": " ・ ".join,
    }
    macros = env.get_template(_MACROS).module
    env.globals |= {name: macro for name, macro in vars(macros).items() if not name.startswith("_")}
    return {name: env.get_template(f"{name}{SUFFIX}") for name in template_names()}


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
