"""How a command fails: one clear line on stderr and an exit status, never a traceback for a known cause."""

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from bot.commands.showing import show
from bot.errors import BotError, SettingsError

P = ParamSpec("P")
R = TypeVar("R")


def one_line(command: Callable[P, R]) -> Callable[P, R]:
    """2 for a wrong setting, 1 for anything else that is known to go wrong."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SettingsError as error:
            show(f"madoguchi: {error}", err=True)
            sys.exit(2)
        except BotError as error:
            show(f"madoguchi: {error}", err=True)
            sys.exit(1)

    return wrapped
