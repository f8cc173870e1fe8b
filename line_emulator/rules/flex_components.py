"""Flex components: the properties of each, and the boxes in which each is allowed."""

import re
from collections.abc import Iterator
from typing import Any

from line_emulator.rules import values
from line_emulator.rules.actions import in_flex, in_flex_button, in_flex_video
from line_emulator.rules.checks import Check, Problem, flag, items, one_of, record, shaped, tagged, text, whole

_ANY_LENGTH = 100_000  # a Flex text has no limit of its own; the bubble's bytes bound it
_OFFSETS = dict.fromkeys(("offsetTop", "offsetBottom", "offsetStart", "offsetEnd"), values.offset)
_PLACED: dict[str, Check] = {"margin": values.space, "position": one_of("relative", "absolute"), **_OFFSETS}
_FLEX: dict[str, Check] = {"flex": whole(least=0)}
_GRAVITY: dict[str, Check] = {"gravity": one_of("top", "bottom", "center")}
_SHRINK: dict[str, Check] = {"adjustMode": one_of("shrink-to-fit"), "scaling": flag}
_FONT: dict[str, Check] = {
    "size": values.font_size,
    "color": values.colour,
    "weight": one_of("regular", "bold"),
    "style": one_of("normal", "italic"),
    "decoration": one_of("none", "underline", "line-through"),
}
_ALIGN: dict[str, Check] = {"align": one_of("start", "end", "center")}

span = record(required={"text": text(most=_ANY_LENGTH, blank=True)}, optional=_FONT)


def _text_or_spans(value: Any, at: str) -> Iterator[Problem]:
    if "text" not in value and "contents" not in value:
        yield Problem(f"{at}/text", "must be non-empty text, or contents must be given")
    if value.get("contents") == []:
        yield Problem(f"{at}/contents", "has 0 items, must have 1 or more", tolerated="text" in value)


flex_text = record(
    optional={
        "text": text(most=_ANY_LENGTH),
        "contents": items(tagged({"span": span}, "component")),
        "wrap": flag,
        "lineSpacing": values.line_spacing,
        "maxLines": whole(least=0),
        "action": in_flex,
        **_FONT,
        **_ALIGN,
        **_GRAVITY,
        **_FLEX,
        **_PLACED,
        **_SHRINK,
    },
    rules=(_text_or_spans,),
)
button = record(
    required={"action": in_flex_button},
    optional={
        "style": one_of("primary", "secondary", "link"),
        "height": one_of("sm", "md"),
        "color": values.colour,
        **_GRAVITY,
        **_FLEX,
        **_PLACED,
        **_SHRINK,
    },
)
image = record(
    required={"url": values.media},
    optional={
        "size": values.image_size,
        "aspectRatio": values.aspect_ratio,
        "aspectMode": one_of("fit", "cover"),
        "backgroundColor": values.colour,
        "animated": flag,
        "action": in_flex,
        **_ALIGN,
        **_GRAVITY,
        **_FLEX,
        **_PLACED,
    },
)
icon = record(
    required={"url": values.media},
    optional={"size": values.font_size, "aspectRatio": values.aspect_ratio, "scaling": flag, **_PLACED},
)
separator = record(optional={"margin": values.space, "color": values.colour})
filler = record(optional=_FLEX)


def _angle(value: Any, at: str) -> Iterator[Problem]:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)deg", value, re.ASCII) if isinstance(value, str) else None
    if not match or float(match[1]) >= 360:
        yield Problem(at, "must be an angle from 0deg to below 360deg")


def _centre_has_colour(value: Any, at: str) -> Iterator[Problem]:
    if "centerPosition" in value and "centerColor" not in value:
        yield Problem(f"{at}/centerColor", "is required with centerPosition")


_gradient = record(
    required={"angle": _angle, "startColor": values.colour, "endColor": values.colour},
    optional={
        "centerColor": values.colour,
        "centerPosition": shaped(r"(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)%", "from 0% to 100%"),
    },
    rules=(_centre_has_colour,),
)
_box_style: dict[str, Check] = {
    "spacing": values.space,
    "backgroundColor": values.colour,
    "borderColor": values.colour,
    "borderWidth": values.border,
    "cornerRadius": values.radius,
    **dict.fromkeys(("width", "maxWidth", "height", "maxHeight"), values.length),
    **dict.fromkeys(("paddingAll", "paddingTop", "paddingBottom", "paddingStart", "paddingEnd"), values.padding),
    "justifyContent": one_of("center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"),
    "alignItems": one_of("center", "flex-start", "flex-end"),
    "background": tagged({"linearGradient": _gradient}, "background"),
    "action": in_flex,
    **_FLEX,
    **_PLACED,
}


def box(value: Any, at: str) -> Iterator[Problem]:
    """Check a box whose children are of kinds that its layout allows."""
    yield from (_baseline if value.get("layout") == "baseline" else _block)(value, at)


def _no_block_alignment(value: Any, at: str) -> Iterator[Problem]:
    for index, child in enumerate(value["contents"]):
        for name in ("gravity", "offsetBottom"):
            if name in child:
                # LINE's showcases carry `gravity`, which has no effect there.
                ignored = name == "gravity"
                yield Problem(f"{at}/contents/{index}/{name}", "cannot be used in a baseline box", tolerated=ignored)


_block_child = tagged(
    {
        "box": box,
        "button": button,
        "image": image,
        "text": flex_text,
        "separator": separator,
        "filler": filler,
    },
    "component",
)
_baseline_child = tagged({"icon": icon, "text": flex_text, "filler": filler}, "component")
_block = record(
    required={"layout": one_of("horizontal", "vertical", "baseline"), "contents": items(_block_child)},
    optional=_box_style,
)
_baseline = record(
    required={"layout": one_of("baseline"), "contents": items(_baseline_child)},
    optional=_box_style,
    rules=(_no_block_alignment,),
)
video = record(
    required={
        "url": values.media,
        "previewUrl": values.media,
        "altContent": tagged({"box": box, "image": image}, "component"),
    },
    optional={"aspectRatio": values.aspect_ratio, "action": in_flex_video},
)
