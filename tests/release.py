"""The content of the release, loaded once a test process: it is the same for all, and nobody changes it."""

from functools import cache

from bot.flows.context import Resources
from bot.flows.resources import load_resources
from bot.understanding.encoder import BUNDLED


@cache
def release_resources(encoder: str = BUNDLED) -> Resources:
    return load_resources(encoder)
