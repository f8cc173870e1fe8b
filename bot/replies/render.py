"""Views to LINE message objects: the one way from what a flow says to what is sent."""

import re
from typing import Any, get_args

from bot.replies import flex, limits
from bot.replies.action_objects import quick_reply
from bot.replies.gist import gist
from bot.replies.plain import fallback_text
from bot.replies.views import Cards, Reply, Text, View


def render(view: Reply) -> dict[str, Any]:
    """The message object, within every limit of LINE; of what is too long the end is cut."""
    message = _message(view)
    if view.quick:
        message["quickReply"] = {"items": [quick_reply(button) for button in view.quick[: limits.QUICK_REPLIES]]}
    return message


def template_of(view: type[View]) -> str:
    """The name of the template that draws this kind of view: FlexThing is flex_thing."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", view.__name__).lower()


def _message(view: Reply) -> dict[str, Any]:
    if isinstance(view, Text) or (isinstance(view, Cards) and not view.cards):
        return text_message(view.text if isinstance(view, Text) else view.title)
    try:
        contents = flex.container(_NAMES[type(view)], view)
    except flex.OversizedError as error:
        return text_message(fallback_text({"type": "flex", "contents": error.made}))
    return {"type": "flex", "altText": gist(view), "contents": contents}


def text_message(text: str) -> dict[str, Any]:
    """A plain text message."""
    shown = limits.cut_units(limits.clean(text).strip(), limits.MESSAGE_TEXT)
    return {"type": "text", "text": shown or limits.ELLIPSIS}


_NAMES = {view: template_of(view) for view in get_args(Reply)}
