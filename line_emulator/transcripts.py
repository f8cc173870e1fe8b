"""A conversation as text for people: what a snapshot keeps, and what a failed test shows."""

import json
import re
from collections.abc import Iterable, Iterator

from line_emulator.chats import Entry, Json
from line_emulator.plain_text import as_text
from line_emulator.records import Call, Delivery
from line_emulator.visible import Button, actions_in

# What differs at every run, and by what it is replaced.
_STRUCK_OUT = (
    (re.compile(r"\b[UCR][0-9a-f]{32}\b"), "<id>"),
    (re.compile(r"\brichmenu-[0-9a-f]{32}\b"), "<rich menu>"),
    (re.compile(r"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?"), "<time>"),
    (re.compile(r"\b[0-9A-HJKMNP-TV-Z]{26}\b"), "<event>"),
    (re.compile(r"\b\d{18}\b"), "<message>"),
    (re.compile(r"\b1\d{12}\b"), "<time>"),
)


def conversation(entries: Iterable[Entry], tokens: Iterable[str] = ()) -> str:
    """Return the entries as text, one paragraph each, without the ids, tokens and times of this run."""
    text = "\n\n".join("\n".join(_paragraph(entry)) for entry in entries) + "\n"
    for token in tokens:
        text = text.replace(token, "<token>")
    for pattern, word in _STRUCK_OUT:
        text = pattern.sub(word, text)
    return _printable(text)


def _printable(text: str) -> str:
    """Return the text with half an emoji, which a bot that cuts texts sends, as an escape: nothing can print it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _paragraph(entry: Entry) -> Iterator[str]:
    if entry.by == "notice":
        yield f"-- {entry.via} {entry.name}".rstrip()
        return
    kind = entry.message["type"]
    heading = f"{entry.name}" if kind == "text" else f"{entry.name} ({kind})"
    if entry.unsent:
        yield f"{heading}: unsent"
        return
    first, *more = as_text(dict(entry.message)).split("\n")
    yield f"{heading}: {first}"
    yield from (f"  {line}".rstrip() for line in more)
    yield from (f"  [{_button(action)}]" for action in actions_in(entry.message))
    replies = entry.message.get("quickReply", {}).get("items", [])
    yield from (f"  ({_button(item['action'])})" for item in replies)


def _button(action: Json) -> str:
    """Return the label of a button and what it does."""
    label, kind = Button(action, "message").label, action["type"]
    does = action.get("data") or action.get("uri") or action.get("clipboardText") or ""
    return f"{label} -> {kind} {does}".rstrip() if kind != "message" else label


def story(deliveries: Iterable[Delivery], calls: Iterable[Call]) -> str:
    """Return webhooks and calls in the order in which they began, with the reasons of each refusal."""
    told = [(one.at, 0, _webhook(one)) for one in deliveries] + [(one.at, 1, _call(one)) for one in calls]
    return _printable("\n".join(text for _, _, text in sorted(told, key=lambda part: part[:2])))


def _webhook(delivery: Delivery) -> str:
    events = ", ".join(_event(event) for event in delivery.body["events"]) or "no events"
    return f"webhook  {events}\n         {delivery.outcome} {delivery.status or ''} {delivery.detail}".rstrip()


def _event(event: Json) -> str:
    content = event.get("message", {}).get("text") or event.get("postback", {}).get("data")
    return f"{event.get('type')} {content!r}" if content else str(event.get("type"))


def _call(call: Call) -> str:
    lines = [f"call     {call.method} {call.path}", f"         {call.status} {call.verdict}"]
    lines += [f"         {reason.property}: {reason.message}" for reason in call.reasons]
    lines += [f"         hint: {hint.property}: {hint.message}" for hint in call.hints]
    if call.verdict != "accepted" and call.request is not None:
        lines.append(f"         sent: {json.dumps(call.request, ensure_ascii=False, default=str)[:2000]}")
    return "\n".join(lines)
