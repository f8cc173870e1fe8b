"""Reads the committed tables: every body and ward, and the names that are gone."""

from pathlib import Path

from bot.errors import RegisterError
from bot.register.body import Body, Kind

BODIES = Path(__file__).with_name("bodies.tsv")
FORMER = Path(__file__).with_name("former.tsv")
