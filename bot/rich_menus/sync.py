"""Makes the account's rich menus what the content says, in an order that leaves something that works at every moment.

New menus are made whole before anything points to them; aliases and default move next; then those who had switched
tabs are carried over; what is old goes last. Where it stops half-way, the next run finds by name what is there.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.errors import PermanentError, RetryableError
from bot.line.sdk import LineRefusedError
from bot.rich_menus.api import RichMenuApi
from bot.rich_menus.definition import ALIASES, WantedMenu, key_in

# LINE moves users in its own time; about two minutes, and no more questions than its limit of them leaves room for.
WAITS = (0.2, 0.5, 1, 2, 3, 5, 8, 10, 15, 20, 30, 30)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was written: `what` was done to `menu` (an alias's or a menu's key), with its id."""

    what: str
    menu: str
    id: str


@dataclass(frozen=True, slots=True)
class Found:
    """The account as it was when the run began."""

    menus: dict[str, str]
    aliases: dict[str, str]
    default: str | None

    def named(self, name: str) -> list[str]:
        return [menu_id for menu_id, given in self.menus.items() if given == name]

    def shown(self, menu_id: str) -> bool:
        """Something points to it, so it has its image: LINE lets nothing point to a menu without one."""
        return menu_id == self.default or menu_id in self.aliases.values()


class RichMenuSync:
    """One run; menus and aliases that are not ours are read and never written."""

    def __init__(
        self,
        api: RichMenuApi,
        wanted: Sequence[WantedMenu],
        *,
        keep_statistics: Callable[[Collection[str]], object] | None = None,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """Call `keep_statistics` with the ids of the menus to be deleted, because LINE's statistics go with them."""
        self._api = api
        self._wanted = wanted
        self._keep_statistics = keep_statistics
        self._wait = wait
        self._ids: dict[str, str] = {}

    def run(self) -> Iterator[Change]:
        """Each change when it is done; raises RetryableError or PermanentError where LINE does not take one."""
        found = self._look()
        self._insist_on_own_aliases(found)
        self._validate(found)
        for menu in self._wanted:
            yield from self._make(menu, found)
        yield from self._move_aliases(found)
        yield from self._move_default(found)
        old = {menu_id: key for menu_id, name in found.menus.items() if (key := key_in(name)) and self._is_old(menu_id)}
        yield from self._carry_over(old)
        yield from self._keep(old)
        yield from self._clear_away(old, found)

    def _look(self) -> Found:
        menus, aliases = self._api.menus(), self._api.aliases()
        ours = any(map(key_in, menus.values()))
        return Found(menus, aliases, self._api.default() if ours else None)  # else it cannot be one of ours

    def _is_old(self, menu_id: str) -> bool:
        return menu_id not in self._ids.values()

    def _insist_on_own_aliases(self, found: Found) -> None:
        """An alias of our name that somebody else uses is theirs to move; one whose menu is gone is nobody's."""
        for menu in self._wanted:
            menu_id = found.aliases.get(menu.alias, "")
            name = found.menus.get(menu_id)
            if name is not None and key_in(name) is None:
                raise PermanentError(
                    f"alias {menu.alias} points to {menu_id}, which is not a menu of ours; "
                    "nothing was changed: delete that alias if nobody needs it, then run this again"
                )

    def _validate(self, found: Found) -> None:
        """Before the first menu is made, so that a mistake in the last one leaves nothing behind."""
        for menu in self._wanted:
            if not found.named(menu.name):
                self._api.validate({**menu.definition, "name": menu.name})

    def _make(self, menu: WantedMenu, found: Found) -> Iterator[Change]:
        there = found.named(menu.name)
        complete = next(filter(found.shown, there), None) or next(filter(self._api.has_image, there), None)
        if complete:
            self._ids[menu.key] = complete
            return
        if there:  # a run that stopped between the two calls
            menu_id = there[0]
        else:
            menu_id = self._api.create({**menu.definition, "name": menu.name})
            yield Change("created", menu.key, menu_id)
        self._api.upload(menu_id, menu.image)
        self._ids[menu.key] = menu_id
        yield Change("uploaded", menu.key, menu_id)

    def _move_aliases(self, found: Found) -> Iterator[Change]:
        for menu in self._wanted:
            wanted, now = self._ids[menu.key], found.aliases.get(menu.alias)
            if now is None:
                self._api.create_alias(menu.alias, wanted)
                yield Change("alias_created", menu.key, wanted)
            elif now != wanted:
                self._api.move_alias(menu.alias, wanted)
                yield Change("alias_moved", menu.key, wanted)

    def _move_default(self, found: Found) -> Iterator[Change]:
        menu = next(menu for menu in self._wanted if menu.default)
        if found.default != self._ids[menu.key]:
            self._api.set_default(self._ids[menu.key])
            yield Change("default_moved", menu.key, self._ids[menu.key])

    def _carry_over(self, old: dict[str, str]) -> Iterator[Change]:
        """A tab tap links its user to that version for good: one batch links them to the new ones."""
        if not old:
            return
        request_id = self._api.start_batch([self._operation(menu_id, key) for menu_id, key in old.items()])
        for seconds in WAITS:
            phase = self._api.batch_phase(request_id)
            if phase == "succeeded":
                yield Change("carried_over", ",".join(sorted(set(old.values()))), request_id)
                return
            if phase == "failed":
                break
            self._wait(seconds)
        raise RetryableError(f"users were not carried over in time ({request_id}); the old menus stay until they are")

    def _operation(self, menu_id: str, key: str) -> dict[str, str]:
        if key in self._ids:
            return {"type": "link", "from": menu_id, "to": self._ids[key]}
        return {"type": "unlink", "from": menu_id}

    def _keep(self, old: dict[str, str]) -> Iterator[Change]:
        """Read the statistics while the menus exist. LINE's refusal is reported and keeps no menu alive."""
        if not old or self._keep_statistics is None:
            return
        keys = ",".join(sorted(set(old.values())))
        try:
            self._keep_statistics(old.keys())
        except LineRefusedError as error:
            yield Change("statistics_refused", keys, str(error))
        else:
            yield Change("statistics_kept", keys, ",".join(old))

    def _clear_away(self, old: dict[str, str], found: Found) -> Iterator[Change]:
        kept = {menu.alias for menu in self._wanted}
        for alias, menu_id in found.aliases.items():
            ours = alias.startswith(ALIASES) and key_in(found.menus.get(menu_id, "")) is not None
            if ours and alias not in kept:
                self._api.delete_alias(alias)
                yield Change("alias_deleted", alias.removeprefix(ALIASES), menu_id)
        for menu_id, key in old.items():
            self._api.delete(menu_id)
            yield Change("deleted", key, menu_id)
