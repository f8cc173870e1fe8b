"""The last result of asking the content's links, as the page of the content shows it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.runtime.clock import JAPAN
from bot.store.link_results import LinkResults

_ADDRESS = re.compile(r"https?://[^\s（）]+")


@dataclass(frozen=True, slots=True)
class Link:
    """The result of asking an address, in words, and the address, by which its entries are found."""

    says: str
    address: str


@dataclass(frozen=True, slots=True)
class Links:
    """The time at which the links were asked, those that cannot be opened, and those that refuse programs."""

    when: str
    dead: list[Link]
    doubtful: list[Link]


def links_of(found: LinkResults | None) -> Links | None:
    """Return the stored result for the page, None if there is none."""
    if found is None:
        return None
    when = datetime.fromtimestamp(found.seconds, JAPAN).strftime("%Y/%m/%d %H:%M")
    return Links(when, _links(found.dead), _links(found.doubtful))


def _links(lines: Iterable[str]) -> list[Link]:
    named = ((line, _ADDRESS.search(line)) for line in lines)
    return [Link(line, address[0] if address else "") for line, address in named]
