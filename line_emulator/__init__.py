"""A LINE Platform in a box: for the demo, for the tests, and for other bots."""

from line_emulator.emulator import Emulator
from line_emulator.world import ImpossibleError, UnknownError

__all__ = ["Emulator", "ImpossibleError", "UnknownError"]
