"""Every local government of Japan and every ward of a designated city."""

from bot.governments.local_government import Kind, LocalGovernment
from bot.governments.match import Match, MatchLevel
from bot.governments.registry import Registry, load

__all__ = ["Kind", "LocalGovernment", "Match", "MatchLevel", "Registry", "load"]
