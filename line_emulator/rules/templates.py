"""Template messages: buttons, confirm, carousel and image carousel."""

from collections.abc import Iterator, Mapping
from typing import Any

from line_emulator.rules import values
from line_emulator.rules.actions import in_image_carousel, in_template
from line_emulator.rules.checks import Check, Problem, items, one_of, record, tagged, text
from line_emulator.rules.counting import graphemes

_PICTURE: Mapping[str, Check] = {"thumbnailImageUrl": values.media, "imageBackgroundColor": values.rgb}
_FRAME: Mapping[str, Check] = {
    "imageAspectRatio": one_of("rectangle", "square"),
    "imageSize": one_of("cover", "contain"),
}
_TITLE: Mapping[str, Check] = {"title": text(most=40, by_graphemes=True), "defaultAction": in_template}


def _short_beside(value: Any, at: str) -> Iterator[Problem]:
    if ("title" in value or "thumbnailImageUrl" in value) and graphemes(value["text"]) > 60:
        yield Problem(f"{at}/text", "at most 60 grapheme clusters with an image or a title")


_buttons = record(
    required={"text": text(most=160, by_graphemes=True), "actions": items(in_template, least=1, most=4)},
    optional={**_PICTURE, **_FRAME, **_TITLE},
    rules=(_short_beside,),
)
_confirm = record(required={"text": text(most=240, by_graphemes=True), "actions": items(in_template, least=2, most=2)})
_column = record(
    required={"text": text(most=120, by_graphemes=True), "actions": items(in_template, least=1, most=3)},
    optional={**_PICTURE, **_TITLE},
    rules=(_short_beside,),
)


def _same_shape(value: Any, at: str) -> Iterator[Problem]:
    shapes = [("thumbnailImageUrl" in column, "title" in column, len(column["actions"])) for column in value["columns"]]
    for index, shape in enumerate(shapes):
        if shape != shapes[0]:
            yield Problem(f"{at}/columns/{index}", "all columns need the same image, title and number of actions")


_carousel = record(required={"columns": items(_column, least=1, most=10)}, optional=_FRAME, rules=(_same_shape,))
_picture_column = record(required={"imageUrl": values.media, "action": in_image_carousel})
_image_carousel = record(required={"columns": items(_picture_column, least=1, most=10)})

template = tagged(
    {"buttons": _buttons, "confirm": _confirm, "carousel": _carousel, "image_carousel": _image_carousel},
    "template",
)
