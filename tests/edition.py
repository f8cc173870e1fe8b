"""The edition that answers name: tests take it from the content, which names it in one file."""

from bot.content.knowledge import JA
from bot.content.loader import load_yaml
from bot.content.models import Source

SOURCE = load_yaml(JA / "source.yaml", Source)
EDITION = SOURCE.edition
CITED = f"{SOURCE.title} {SOURCE.edition}"
