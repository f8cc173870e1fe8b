"""Views as long as anyone could make them: every text replaced, every list drawn out."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from bot.replies.actions import Button, Copy, Open, PickDate, Postback, Say
from bot.replies.views import Reply

# Choices between fixed words, and what the code reads again: not texts.
FIXED = frozenset({"tone", "verdict", "mark", "who", "style", "emphasised"})

TEXTS = {
    "japanese": "窓口で承ります。" * 625,
    "emoji": "👨‍👩‍👧‍👦" * 455,
    "combining": ("が" + "\u3099" * 20 + "é" + "\u0301" * 9) * 150,
    "one endless cluster": "a" + "\u0301" * 4_999,
    "variant characters": "葛󠄀城市" * 1_000,
    "quotes and slashes": '"\\/</script>{{ view }}' * 240,
    "lines": "一行\n\n" * 1_200,
    "latin": "W" * 5_000,
}


def drawn_out(view: Reply, text: str, *, times: int = 30) -> Reply:
    """The view with that text everywhere and every list repeated up to `times`."""
    drawn: Reply = _long(view, text, times)
    return drawn


def _long(part: Any, text: str, times: int) -> Any:
    if isinstance(part, (Postback, Say, Open, Copy, PickDate)):
        return _long_action(part, text)
    changed: dict[str, Any] = {}
    for field in fields(part):
        if field.name not in FIXED:
            changed[field.name] = _long_value(getattr(part, field.name), text, times)
    return replace(part, **changed)


def _long_value(value: Any, text: str, times: int) -> Any:
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        items = tuple(_long_value(item, text, times) for item in value)
        is_row = any(isinstance(item, str) for item in value) and any(isinstance(item, tuple) for item in value)
        return items if is_row else (items * times)[:times]
    return _long(value, text, times) if is_dataclass(value) and not isinstance(value, type) else value


def _long_action(action: Any, text: str) -> Any:
    """As long as the action may be; what is longer is the caller's mistake and refused."""
    match action:
        case Postback():
            return Postback("flow=precheck&step=body&value=".ljust(300, "x"), text)
        case Say():
            return Say("窓" * 60)
        case Open():
            return replace(action, uri="https://madoguchi.example.jp/sheet/".ljust(400, "x"))
        case Copy():
            return Copy("窓" * 60)
    return action


LONG_BUTTON = Button("窓" * 300, Postback("x" * 300, "窓" * 400))
