"""Imagemap messages."""

from collections.abc import Iterator
from typing import Any

from line_emulator.rules import values
from line_emulator.rules.checks import Problem, items, record, tagged, text, whole

_AREA = record(required={"x": whole(least=0), "y": whole(least=0), "width": whole(least=1), "height": whole(least=1)})
_LABEL = {"label": text(most=100, by_graphemes=True)}
_action = tagged(
    {
        "uri": record(required={"linkUri": values.short_web, "area": _AREA}, optional=_LABEL),
        "message": record(required={"text": text(most=400), "area": _AREA}, optional=_LABEL),
        "clipboard": record(required={"clipboardText": text(most=1000, blank=True), "area": _AREA}, optional=_LABEL),
    },
    "imagemap action",
)
_video = record(
    required={"originalContentUrl": values.media, "previewImageUrl": values.media, "area": _AREA},
    optional={"externalLink": record(required={"linkUri": values.short_web, "label": text(most=30)})},
)


def _areas_inside(value: Any, at: str) -> Iterator[Problem]:
    areas = [(f"{at}/actions/{number}/area", action["area"]) for number, action in enumerate(value["actions"])]
    if "video" in value:
        areas.append((f"{at}/video/area", value["video"]["area"]))
    size = value["baseSize"]
    for place, area in areas:
        if area["x"] + area["width"] > size["width"] or area["y"] + area["height"] > size["height"]:
            yield Problem(place, "lies outside the image")


imagemap: dict[str, Any] = {
    "required": {
        "baseUrl": values.media,
        "altText": values.alternative_text,
        "baseSize": record(required={"width": whole(least=1040, most=1040), "height": whole(least=1)}),
        "actions": items(_action, least=1, most=50),
    },
    "optional": {"video": _video},
    "rules": (_areas_inside,),
}
