"""The Flex templates, compiled once; all that is constant in them is settled then."""

from collections.abc import Callable, Iterable
from functools import cache
from string import Template as Colours

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.replies import limits
from bot.replies.action_objects import action_object, label_of
from bot.replies.actions import Button
from bot.replies.caching import cached_short
from bot.replies.palette import COLOURS
from bot.replies.views import MenuItem, Progress
from bot.runtime.paths import templates_dir
from bot.text import measure

SUFFIX = ".json.j2"
_PARTS = f"_parts{SUFFIX}"
_PLACEHOLDER = "—"
# About this many half-width columns of a button's label fit in one line on a phone 320 px wide.
_ONE_LINE = 28


def prepare() -> None:
    """Compile everything now, so that no user waits for it."""
    for name in names():
        template(name, 1.0)


@cache
def template(name: str, scale: float) -> Template:
    """The template, compiled; `scale` shortens each cut, for texts that would make a bubble too large."""
    made = _environment(scale).from_string(source(name))
    made.globals = dict(made.globals)  # else each rendering walks through a chain of mappings
    return made


@cache
def names() -> tuple[str, ...]:
    """All templates; the file of parts is none."""
    return tuple(sorted(path.name.removesuffix(SUFFIX) for path in templates_dir("flex").glob(f"[!_]*{SUFFIX}")))


@cache
def source(name: str) -> str:
    """Return the template of a message with parts and colours inserted, and layout and comments removed."""
    text = _parts_environment().get_template(f"{name}{SUFFIX}").render()
    return Colours("".join(line.strip() for line in text.splitlines())).substitute(COLOURS)


@cache
def _environment(scale: float) -> Environment:
    env = Environment(  # noqa: S701 - JSON: every value goes through a filter that quotes it
        undefined=StrictUndefined, auto_reload=False
    )
    env.filters |= {
        "text": _text_filter(scale),
        "action": _action_filter(scale),
        "is_long": _is_long,
        "percent": _percent,
        "tags": " ・ ".join,
        "widest": _widest,
    }
    return env


@cache
def _parts_environment() -> Environment:
    """Parts have delimiters of their own, so that what is read from the view stays for later."""
    env = Environment(  # noqa: S701 - makes templates, not output
        loader=FileSystemLoader(templates_dir("flex")),
        undefined=StrictUndefined,
        auto_reload=False,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
    )
    parts = vars(env.get_template(_PARTS).module)
    env.globals |= {name: part for name, part in parts.items() if not name.startswith("_")}
    return env


def _text_filter(scale: float) -> Callable[[str, int], str]:
    @cached_short
    def text(value: str, most: int) -> str:
        """The text cleaned, cut and quoted; never empty, because LINE then refuses the whole message."""
        shown = measure.cut(measure.clean(value).strip(), max(int(most * scale), 8))
        return _quoted(shown or _PLACEHOLDER)

    return text


def _action_filter(scale: float) -> Callable[[Button | MenuItem], str]:
    label, shown = int(limits.LABEL * scale), int(limits.DISPLAY_TEXT * scale)

    def action(tapped: Button | MenuItem) -> str:
        """The action object of what is tapped."""
        return _quoted(action_object(tapped.action, label=label_of(tapped.label, label), shown=shown))

    return action


def _quoted(value: object) -> str:
    return orjson.dumps(value).decode()


def _is_long(label: str) -> bool:
    return measure.columns(label) > _ONE_LINE


def _percent(progress: Progress) -> int:
    """The filled part of the bar, never quite empty."""
    return max(min(100 * progress.at // progress.of, 100), 4)


def _widest(cells: Iterable[str]) -> int:
    return max((measure.columns(cell) for cell in cells), default=0)
