"""Messages as lines of text for a terminal. Their buttons are listed apart."""

from collections.abc import Iterator, Mapping
from typing import Any

ENGLISH = {"unknown": "({kind})"}
JAPANESE = {
    "sticker": "（スタンプ）",
    "image": "（画像）",
    "video": "（動画）",
    "audio": "（音声）",
    "location": "（位置情報）",
    "coupon": "（クーポン）",
    "unknown": "（{kind}）",
}


def as_text(message: Mapping[str, Any], kinds: Mapping[str, str] = ENGLISH) -> str:
    """Return the words of a message, or its alternative text if it has none. `kinds` stands for what has neither."""
    kind = message["type"]
    if kind == "flex":
        lines = list(_flex(message["contents"]))
    elif kind == "template":
        lines = list(_template(message["template"]))
    else:
        lines = [str(message.get("text") or message.get("altText") or _kind(kind, kinds))]
    return "\n".join(lines) or str(message.get("altText", ""))


def _kind(kind: str, kinds: Mapping[str, str]) -> str:
    return kinds.get(kind, kinds["unknown"]).format(kind=kind)


def _flex(part: Mapping[str, Any]) -> Iterator[str]:
    if part["type"] == "carousel":
        for index, bubble in enumerate(part["contents"]):
            yield from ["┈" * 8] * bool(index)
            yield from _flex(bubble)
        return
    for block in ("header", "hero", "body", "footer"):
        if block in part:
            yield from _lines(part[block])


def _lines(part: Mapping[str, Any]) -> Iterator[str]:
    """Return several lines for a vertical box and one for any other box."""
    if part["type"] == "text":
        words = "".join(span["text"] for span in part["contents"]) if part.get("contents") else part["text"]
        yield words.strip()
    elif part["type"] == "separator":
        yield ""
    elif part["type"] == "box":
        inner = [line for child in part["contents"] for line in _lines(child)]
        yield from inner if part["layout"] == "vertical" else filter(None, ["  ".join(filter(None, inner))])


def _template(template: Mapping[str, Any]) -> Iterator[str]:
    for column in template.get("columns", [template]):
        yield from (column[name] for name in ("title", "text") if name in column)
