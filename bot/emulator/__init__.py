"""A LINE Platform in a box: for the demo, for the tests, and for other bots."""

from bot.emulator.emulator import Emulator
from bot.emulator.world import ImpossibleError, UnknownError

__all__ = ["Emulator", "ImpossibleError", "UnknownError"]
