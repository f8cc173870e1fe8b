"""A turn's wish for another rich menu, apart from the calls that fulfil it, so that pure code can return one."""

from dataclasses import dataclass
from typing import Literal

MenuKind = Literal["resume", "waiting", "default"]


@dataclass(frozen=True, slots=True)
class MenuChange:
    """The menu that this user is to see from now on. It names the user, so it is held in memory only."""

    user: str
    menu: MenuKind
