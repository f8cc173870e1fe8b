"""The figures and addresses of the source, read from `source_facts.yaml`."""

from pathlib import Path

from bot.content.loader import ContentModel, load_yaml


class Page(ContentModel):
    figures: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()


class Facts(ContentModel):
    pages: dict[int, Page]


FACTS = load_yaml(Path(__file__).parent / "source_facts.yaml", Facts)
