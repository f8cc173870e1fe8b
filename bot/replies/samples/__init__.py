"""Ordinary views of every kind, for the gallery and the tests: what a user may really see."""

from bot.replies.samples import counters, knowledge, precheck, talk
from bot.replies.views import Reply


def samples() -> dict[str, Reply]:
    """Each view under the name its picture gets; every kind of view is among them."""
    return talk.SAMPLES | precheck.SAMPLES | knowledge.SAMPLES | counters.SAMPLES
