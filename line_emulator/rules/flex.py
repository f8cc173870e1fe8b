"""Flex containers: bubbles, carousels, their blocks and their sizes in bytes."""

from collections.abc import Iterator
from typing import Any

from line_emulator.rules.actions import in_flex
from line_emulator.rules.checks import (
    Check,
    Problem,
    flag,
    hardened,
    items,
    one_of,
    record,
    refuse,
    softened,
    tagged,
)
from line_emulator.rules.counting import json_bytes
from line_emulator.rules.flex_components import box, image, video
from line_emulator.rules.flex_walk import box_depth, components, levels
from line_emulator.rules.values import colour

BUBBLE_BYTES = 30_000
CAROUSEL_BYTES = 50_000
# LINE documents no depth; no layout needs more, and a parser that recurses must end somewhere.
DEEPEST = 10
# LINE says 30 KB and 50 KB; if these are binary, this much more passes.
_BINARY = 1024 / 1000
BLOCKS = ("header", "hero", "body", "footer")

_block_style = record(optional={"backgroundColor": colour, "separator": flag, "separatorColor": colour})
_sizes = one_of("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")


def _at_most(limit: int) -> Check:
    def check(value: Any, at: str) -> Iterator[Problem]:
        if (size := json_bytes(value)) > limit:
            yield Problem(at, f"{size} bytes of JSON, at most {limit}")

    return check


def _has_a_block(value: Any, at: str) -> Iterator[Problem]:
    if not any(block in value for block in BLOCKS):
        yield Problem(at, "at least one block must be specified")


def _video_has_room(value: Any, at: str) -> Iterator[Problem]:
    if value.get("hero", {}).get("type") == "video" and value.get("size", "mega") not in (
        "kilo",
        "mega",
        "giga",
    ):
        yield Problem(f"{at}/hero", "a video needs a bubble of size kilo, mega or giga")


def _first_is_not_absolute(value: Any, at: str) -> Iterator[Problem]:
    for block in BLOCKS:
        children = value.get(block, {}).get("contents", [])
        if children and children[0].get("position") == "absolute":
            yield Problem(f"{at}/{block}/contents/0/position", "the first component of a block cannot be absolute")


def _not_too_deep(check: Check) -> Check:
    def guarded(value: Any, at: str) -> Iterator[Problem]:
        depth = box_depth(value)
        if depth > DEEPEST:
            yield Problem(at, f"boxes are nested deeper than {DEEPEST}", tolerated=depth <= 2 * DEEPEST)
        if depth <= 2 * DEEPEST:
            yield from check(value, at)

    return guarded


def _bubble(hero: Check) -> Check:
    fields = record(
        optional={
            "size": _sizes,
            "direction": one_of("ltr", "rtl"),
            "header": tagged({"box": box}, "component"),
            "hero": hero,
            "body": tagged({"box": box}, "component"),
            "footer": tagged({"box": box}, "component"),
            "styles": record(optional=dict.fromkeys(BLOCKS, _block_style)),
            "action": in_flex,
        },
        rules=(_has_a_block, _video_has_room, _first_is_not_absolute),
    )
    return _not_too_deep(fields)


def _with_size(check: Check, limit: int) -> Check:
    measured = softened(_at_most(limit), _at_most(int(limit * _BINARY)))

    def both(value: Any, at: str) -> Iterator[Problem]:
        yield from measured(value, at)
        yield from check(value, at)

    return both


def _same_size(value: Any, at: str) -> Iterator[Problem]:
    sizes = [bubble.get("size", "mega") for bubble in value["contents"]]
    for index, size in enumerate(sizes):
        if size != sizes[0]:
            yield Problem(f"{at}/contents/{index}/size", f"all bubbles of a carousel need the same size ({sizes[0]})")


_alone = _bubble(tagged({"box": box, "image": image, "video": video}, "component"))
_no_video = refuse("a video cannot be in a carousel")
_member = _bubble(tagged({"box": box, "image": image, "video": _no_video}, "component"))
# The size is that of the whole object, so it is measured around `tagged`, which takes the type off.
_members = items(_with_size(tagged({"bubble": _member}, "container"), BUBBLE_BYTES), least=1, most=12)
_carousel = record(required={"contents": _members}, rules=(_same_size,))
_any = tagged({"bubble": _alone, "carousel": _carousel}, "container")
_limits = {"bubble": _with_size(_any, BUBBLE_BYTES), "carousel": _with_size(_any, CAROUSEL_BYTES)}


def container(value: Any, at: str) -> Iterator[Problem]:
    """Check a whole Flex container, with at most ten animated images."""
    if levels(value) > 8 * DEEPEST:
        yield Problem(at, "is nested too deep to be a Flex container")
        return
    kind = value.get("type") if isinstance(value, dict) else None
    yield from hardened(_limits[kind] if kind in ("bubble", "carousel") else _any)(value, at)
    if sum(1 for part in components(value) if part.get("animated") is True) > 10:
        yield Problem(at, "at most 10 animated images in a message")
