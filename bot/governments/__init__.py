"""Every local government of Japan and every ward of a designated city."""

from bot.governments.local_government import Kind, LocalGovernment
from bot.governments.lookup import Level, Lookup
from bot.governments.registry import Registry, load

__all__ = ["Kind", "Level", "LocalGovernment", "Lookup", "Registry", "load"]
