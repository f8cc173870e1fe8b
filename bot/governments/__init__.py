"""Every local government of Japan and every ward of a designated city."""

from bot.governments.local_government import Body, Kind
from bot.governments.lookup import Level, Lookup
from bot.governments.registry import Register, load

__all__ = ["Body", "Kind", "Level", "Lookup", "Register", "load"]
