"""Action objects, and the places in which each is allowed."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Any

from line_emulator.rules.checks import Check, Problem, one_of, record, shaped, tagged, text
from line_emulator.rules.values import web

_DATA = text(most=300, blank=True)
_SHOWN = text(most=300, by_graphemes=True)
_PARTS = re.compile(r"(?:(\d{4})-(\d{2})-(\d{2}))?[Tt]?(?:(\d{2}):(\d{2}))?", re.ASCII)
_FORMATS = {
    "date": re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII),
    "time": re.compile(r"\d{2}:\d{2}", re.ASCII),
    "datetime": re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}", re.ASCII),
}
alias_id = shaped(r"[a-z0-9_-]{1,32}", "a rich menu alias ID ([a-z0-9_-]{1,32})")


def _postback_parts(value: Any, at: str) -> Iterator[Problem]:
    if "displayText" in value and "text" in value:
        yield Problem(f"{at}/displayText", "cannot be used together with text")
    if "fillInText" in value and value.get("inputOption") != "openKeyboard":
        yield Problem(f"{at}/fillInText", "is valid only with inputOption openKeyboard")


def parse_moment(mode: str, value: object) -> tuple[int, ...] | None:
    """Return date and time as comparable numbers, or None if the text is not valid for this mode."""
    if not isinstance(value, str) or not _FORMATS[mode].fullmatch(value):
        return None
    match = _PARTS.fullmatch(value)
    parts = tuple(int(part) for part in match.groups() if part is not None) if match else ()
    try:
        if mode != "time" and not date(1900, 1, 1) <= date(*parts[:3]) <= date(2100, 12, 31):
            return None
        if mode != "date":
            time(parts[-2], parts[-1])
    except ValueError:
        return None
    return parts


def _picker_parts(value: Any, at: str) -> Iterator[Problem]:
    names = [name for name in ("min", "initial", "max") if name in value]
    moments = {name: parse_moment(value["mode"], value[name]) for name in names}
    for name in names:
        if moments[name] is None:
            yield Problem(f"{at}/{name}", f"must be a {value['mode']} from 1900 to 2100 in its format")
    if None in moments.values():
        return
    low, first, high = (moments.get(name) for name in ("min", "initial", "max"))
    if low and high and low >= high:
        yield Problem(f"{at}/min", "must be less than max")
    elif first and ((low and first < low) or (high and first > high)):
        yield Problem(f"{at}/initial", "must be from min to max", tolerated=True)


def _variants(label: Mapping[str, Check], *, wanted: bool, alternative: bool, texts: bool) -> dict[str, Check]:
    """Return all kinds of actions, with a required label or without."""

    def action(must: Mapping[str, Check] | None = None, may: Mapping[str, Check] | None = None, *rules: Check) -> Check:
        required = {**(must or {}), **(label if wanted else {})}
        return record(required=required, optional={**(may or {}), **label}, rules=rules)

    moment = text(most=20)
    desktop = {"altUri": record(required={"desktop": web})} if alternative else {}
    spoken = {"text": _SHOWN} if texts else {}
    inputs = one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")
    postback = {"displayText": _SHOWN, "inputOption": inputs, "fillInText": _SHOWN, **spoken}
    modes = one_of("date", "time", "datetime")
    picker = {"initial": moment, "min": moment, "max": moment}
    return {
        "postback": action({"data": _DATA}, postback, _postback_parts),
        "message": action({"text": _SHOWN}),
        "uri": action({"uri": web}, desktop),
        "datetimepicker": action({"data": _DATA, "mode": modes}, picker, _picker_parts),
        "clipboard": action({"clipboardText": text(most=1000, blank=True)}),
        "camera": action(),
        "cameraRoll": action(),
        "location": action(),
        "richmenuswitch": action({"richMenuAliasId": alias_id, "data": _DATA}),
    }


_EVERYWHERE = ("postback", "message", "uri", "datetimepicker", "clipboard")


def _place(
    *extra: str,
    label: int,
    wanted: bool,
    alternative: bool = True,
    texts: bool = True,
    only: tuple[str, ...] = _EVERYWHERE,
) -> Check:
    labels = {"label": text(most=label, by_graphemes=True)}
    kinds = _variants(labels, wanted=wanted, alternative=alternative, texts=texts)
    return tagged(MappingProxyType({name: kinds[name] for name in (*only, *extra)}), "action")


in_template = _place(label=20, wanted=True)
in_image_carousel = _place(label=12, wanted=False)
# `text` in a quick reply's postback is deprecated and "shouldn't be used"; altUri does not work there.
in_quick_reply = _place("camera", "cameraRoll", "location", label=20, wanted=True, alternative=False, texts=False)
in_flex_button = _place(label=40, wanted=True)
in_flex = _place(label=40, wanted=False)
in_flex_video = _place(label=40, wanted=False, only=("uri",))
in_rich_menu = _place("richmenuswitch", label=20, wanted=False)
