"""Rendering and serialising: a question, and a carousel of six cards, beside the SDK's models."""

import json
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import process_time

import orjson
from linebot.v3.messaging import FlexContainer, FlexMessage

from bot.replies.render import render
from bot.replies.samples import samples
from bot.replies.views import Cards

ROUNDS, TIMES = 15, 100


def microseconds(work: Callable[[], object]) -> float:
    """CPU time of one call, the median of several rounds."""
    work()
    found = []
    for _ in range(ROUNDS):
        start = process_time()
        for _ in range(TIMES):
            work()
        found.append((process_time() - start) / TIMES * 1e6)
    return median(found)


def with_sdk(message: dict[str, object]) -> str:
    """The same message through the SDK's models, from objects to the request's JSON."""
    contents = FlexContainer.from_dict(message["contents"])
    made = FlexMessage(altText=str(message["altText"]), contents=contents)
    return json.dumps(made.to_dict())


def measure() -> dict[str, float]:
    """Microseconds by what was measured."""
    question = samples()["question"]
    partners = samples()["cards_partners"]
    assert isinstance(partners, Cards)
    carousel = replace(partners, cards=(partners.cards * 2)[:6])
    drawn = {"bubble": render(question), "carousel": render(carousel)}
    return {
        "one bubble": microseconds(lambda: orjson.dumps(render(question))),
        "six-bubble carousel": microseconds(lambda: orjson.dumps(render(carousel))),
        "one bubble, SDK models": microseconds(lambda: with_sdk(drawn["bubble"])),
        "six-bubble carousel, SDK models": microseconds(lambda: with_sdk(drawn["carousel"])),
    }


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:34}{value:10.0f} µs")
