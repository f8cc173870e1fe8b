"""Rendering and serialising: a question, and a carousel of six cards, beside the SDK's models."""

import json
from collections.abc import Iterator
from dataclasses import replace

import orjson
from linebot.v3.messaging import FlexContainer, FlexMessage

from bench.figures import Figure
from bench.timing import side_by_side
from bot.diagnostics.samples import samples
from bot.replies.render import render, to_send
from bot.replies.views import Cards

PART = "rendering and serialising"


def with_sdk(message: dict[str, object]) -> str:
    """The same message through the SDK's models, from objects to the request's JSON."""
    contents = FlexContainer.from_dict(message["contents"])
    made = FlexMessage(altText=str(message["altText"]), contents=contents)
    return json.dumps(made.to_dict())


def measure() -> Iterator[Figure]:
    question = samples()["question"]
    partners = samples()["cards_partners"]
    assert isinstance(partners, Cards)
    carousel = replace(partners, cards=(partners.cards * 2)[:6])
    drawn = {"bubble": render(question), "carousel": render(carousel)}
    spreads = side_by_side(
        {
            "one bubble": lambda: orjson.dumps(to_send((question,))),
            "six-bubble carousel": lambda: orjson.dumps(to_send((carousel,))),
            "one bubble, SDK models": lambda: with_sdk(drawn["bubble"]),
            "six-bubble carousel, SDK models": lambda: with_sdk(drawn["carousel"]),
        }
    )
    for name, spread in spreads.items():
        yield Figure.of(PART, name, "CPU µs", spread)
