"""Views to LINE message objects: the one way from what a flow says to what is sent."""

import re
from collections.abc import Sequence
from typing import Any, get_args

import orjson

from bot.replies import flex, limits
from bot.replies.action_objects import quick_reply
from bot.replies.alt_text import alt_text
from bot.replies.plain_text import fallback_text
from bot.replies.views import Cards, Reply, Text, View
from bot.text import measure


def render(view: Reply) -> dict[str, Any]:
    """The message object, within every limit of LINE; of what is too long the end is cut."""
    return render_all((view,))[0]


def render_all(replies: Sequence[Reply]) -> list[dict[str, Any]]:
    """The message objects as LINE reads them."""
    messages: list[dict[str, Any]] = orjson.loads(orjson.dumps(to_send(replies)))
    return messages


def to_send(replies: Sequence[Reply]) -> list[dict[str, Any]]:
    """The message objects for orjson to write: a container stands in them as the JSON that was drawn.

    Quick replies show on the last message only, so the others go without:
    https://developers.line.biz/en/docs/messaging-api/using-quick-reply/
    """
    messages = [_message(reply) for reply in replies]
    if replies and replies[-1].quick:
        shown = replies[-1].quick[: limits.QUICK_REPLIES]
        messages[-1]["quickReply"] = {"items": [quick_reply(button) for button in shown]}
    return messages


def template_of(view: type[View]) -> str:
    """Return the name of the template that draws this kind of view: FlexThing and FlexThingView are flex_thing."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", view.__name__.removesuffix("View")).lower()


def _message(view: Reply) -> dict[str, Any]:
    if isinstance(view, Text) or (isinstance(view, Cards) and not view.cards):
        shown = text_message(view.text if isinstance(view, Text) else view.title)
        quote = view.quote if isinstance(view, Text) else ""
        is_token = quote.strip() and quote.isascii() and quote.isprintable() and len(quote) <= limits.QUOTE_TOKEN
        return {**shown, "quoteToken": quote} if is_token else shown
    try:
        contents = orjson.Fragment(flex.render_container(_NAMES[type(view)], view))
    except flex.OversizedError as error:
        return text_message(fallback_text({"type": "flex", "contents": error.made}))
    return {"type": "flex", "altText": alt_text(view), "contents": contents}


def text_message(text: str) -> dict[str, Any]:
    """A plain text message."""
    shown = measure.cut_units(measure.clean(text).strip(), limits.MESSAGE_TEXT)
    return {"type": "text", "text": shown or measure.ELLIPSIS}


_NAMES = {view: template_of(view) for view in get_args(Reply)}
