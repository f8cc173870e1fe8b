"""Every local government of Japan and every ward of a designated city."""

from bot.register.body import Body, Kind
from bot.register.lookup import Level, Lookup
from bot.register.register import Register, load

__all__ = ["Body", "Kind", "Level", "Lookup", "Register", "load"]
