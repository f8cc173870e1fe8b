"""What the bot counts and measures of itself: the catalogue, and the tally every process keeps."""

from bot.figures.catalogue import Figure, Mark
from bot.figures.tally import Tally

__all__ = ["Figure", "Mark", "Tally"]
