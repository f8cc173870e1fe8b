"""Synchronising the rich menus: nothing to do, a change, a fault at every single call, and other people's menus."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from redis import Redis

from bot.errors import BotError, PermanentError, RetryableError
from bot.rich_menus.api import RichMenuApi
from bot.rich_menus.definition import WantedMenu, wanted_menus
from bot.rich_menus.statistics import StatisticsKeeper, StatisticsReader
from bot.rich_menus.sync import Change, RichMenuSync
from bot.runtime.clock import today_in_japan
from bot.store.menu_statistics import MenuStatisticsStore
from line_emulator import Emulator
from tests.conftest import PATIENT

TOKEN = "token-of-the-tests"
TAB = "申込むタブに切り替え"
FAULTS: list[dict[str, Any]] = [
    {"failing": 500, "failing_count": 1},
    {"drop": "before", "drop_count": 1},
    {"drop": "after", "drop_count": 1},
]


class Account:
    """A LINE account with someone who sees the default, someone who switched tabs, and menus of other makers."""

    def __init__(self, store: MenuStatisticsStore) -> None:
        self.store = store
        self.line = Emulator("http://127.0.0.1:9/callback", "secret", token=TOKEN, strict=True)
        self.url = self.line.start()
        self.menus = self.line.platform.menus
        self.begin()

    def begin(self) -> None:
        """As on the first day; cheaper than another emulator."""
        menus = self.menus
        for held in (menus.menus, menus.images, menus.aliases, menus.batches):
            held.clear()
        menus.set_default(None)
        self.line.platform.rates.reset()
        self.newcomer = self.line.new_user("新しい人")
        self.switched = self.line.new_user("タブを切り替えた人")
        self.foreign = self.menus.create({**wanted_menus()[0].definition, "name": "madoguchi/other"})
        self.menus.set_image(self.foreign, "image/png", b"theirs")
        self.menus.aliases["madoguchi-other"] = self.menus.aliases["campaign"] = self.foreign
        self.guest = self.line.new_user("ほかのメニューの人")
        self.menus.link(self.guest, self.foreign)

    def sync(self, wanted: tuple[WantedMenu, ...], api: RichMenuApi | None = None) -> list[Change]:
        api = api or RichMenuApi(self.url, self.url, TOKEN, PATIENT.rich_menu_api_seconds)
        keep = StatisticsKeeper(StatisticsReader(api, today_in_japan), self.store).keep
        return list(RichMenuSync(api, wanted, keep_statistics=keep, wait=float).run())

    def switch_tabs(self) -> None:
        self.line.taps(self.switched, TAB)

    def writes(self) -> list[str]:
        return [f"{call.method} {call.path}" for call in self.line.calls if call.method != "GET"]

    def names(self) -> list[str]:
        return sorted(menu["name"] for menu in self.menus.menus.values() if menu["name"] != "madoguchi/other")

    def sees(self, user: str) -> str | None:
        """The name of the menu that this user has before the eyes."""
        menu = self.menus.shown_to(user)[0]
        return menu["name"] if menu else None


class FaultyApi(RichMenuApi):
    """The real one, against an emulator that misbehaves at the call of that number."""

    def __init__(self, account: Account, fault: dict[str, Any], at: int) -> None:
        super().__init__(account.url, account.url, TOKEN)
        self._line, self._fault, self._left = account.line, fault, at

    @property
    def met(self) -> bool:
        """Whether there was a call of that number."""
        return self._left < 0

    def _call(self, *args: Any, **options: Any) -> Any:
        if self._left == 0:
            self._line.control(**self._fault)
        self._left -= 1
        return super()._call(*args, **options)


@pytest.fixture
def account(redis: Redis) -> Iterator[Account]:
    account = Account(MenuStatisticsStore(redis))
    yield account
    account.line.stop()


@pytest.fixture(scope="module")
def first() -> tuple[WantedMenu, ...]:
    return wanted_menus()


@pytest.fixture(scope="module")
def second(first: tuple[WantedMenu, ...]) -> tuple[WantedMenu, ...]:
    """The next release: other words on the bar of every menu."""
    return tuple(replace(menu, definition={**menu.definition, "chatBarText": "ご案内"}) for menu in first)


def assert_complete(account: Account, wanted: tuple[WantedMenu, ...]) -> None:
    names = {menu.key: menu.name for menu in wanted}
    menus = account.menus
    assert account.names() == sorted(names.values())
    assert {alias: menus.menus[menu_id]["name"] for alias, menu_id in menus.aliases.items()} == {
        "campaign": "madoguchi/other",
        "madoguchi-other": "madoguchi/other",
        **{f"madoguchi-{key}": name for key, name in names.items()},
    }
    assert account.sees(account.newcomer) == names["ask"]
    assert_foreign_untouched(account)


def assert_foreign_untouched(account: Account) -> None:
    menus = account.menus
    assert menus.images[account.foreign] == ("image/png", b"theirs")
    assert menus.aliases["campaign"] == menus.aliases["madoguchi-other"] == account.foreign
    assert account.sees(account.guest) == "madoguchi/other"


def assert_usable(account: Account) -> None:
    """Everyone sees a menu, and its tabs lead somewhere."""
    menus = account.menus
    assert account.sees(account.newcomer)
    assert account.sees(account.switched)
    assert all(menus.showable(menu_id) for menu_id in menus.aliases.values())
    visitor = account.line.new_user("押してみる人")
    for label in (TAB, "調べるタブに切り替え"):
        account.line.taps(visitor, label)
    assert account.sees(visitor)


def test_first_run_makes_menus_pictures_aliases_and_the_default(
    account: Account, first: tuple[WantedMenu, ...]
) -> None:
    changes = account.sync(first)
    assert [change.what for change in changes] == [
        *["created", "uploaded"] * 4,
        *["alias_created"] * 4,
        "default_moved",
    ]
    assert_complete(account, first)
    assert [account.menus.images[account.menus.aliases[menu.alias]][1] for menu in first] == [
        menu.image for menu in first
    ]


def test_same_content_makes_no_writing_call(account: Account, first: tuple[WantedMenu, ...]) -> None:
    account.sync(first)
    before = account.writes()
    assert account.sync(first) == []
    assert account.writes() == before


def test_changed_content_replaces_the_menus_and_carries_over_who_had_switched_tabs(
    account: Account, first: tuple[WantedMenu, ...], second: tuple[WantedMenu, ...]
) -> None:
    account.sync(first)
    account.switch_tabs()
    assert account.sees(account.switched) == first[1].name
    before = len(account.writes())
    account.sync(second)
    assert_complete(account, second)
    assert account.sees(account.switched) == second[1].name
    written = account.writes()[before:]
    assert [path for path in written if "batch" in path] == ["POST /v2/bot/richmenu/batch"]
    assert [path.split("/")[0] for path in written[-3:]] == ["DELETE "] * 3, "the old ones go last"


def test_only_the_menu_that_changed_is_replaced(account: Account, first: tuple[WantedMenu, ...]) -> None:
    account.sync(first)
    changed = (first[0], replace(first[1], definition={**first[1].definition, "chatBarText": "申込"}), *first[2:])
    assert [(change.what, change.menu) for change in account.sync(changed)] == [
        (what, "apply") for what in ("created", "uploaded", "alias_moved", "carried_over", "statistics_kept", "deleted")
    ]
    assert_complete(account, changed)


def test_new_picture_alone_makes_a_new_menu(first: tuple[WantedMenu, ...]) -> None:
    assert replace(first[0], image=first[1].image).name != first[0].name


def test_menu_that_is_no_longer_wanted_goes_with_its_alias_and_its_users_see_the_default(
    account: Account, first: tuple[WantedMenu, ...]
) -> None:
    account.sync(first)
    account.menus.link(account.switched, account.menus.aliases["madoguchi-resume"])
    kept = (*first[:2], *first[3:])
    changes = account.sync(kept)
    assert [(change.what, change.menu) for change in changes] == [
        (what, "resume") for what in ("carried_over", "statistics_kept", "alias_deleted", "deleted")
    ]
    assert account.sees(account.switched) == first[0].name
    assert_complete(account, kept)


def test_default_of_someone_else_gives_way_but_stays(account: Account, first: tuple[WantedMenu, ...]) -> None:
    account.menus.set_default(account.foreign)
    account.sync(first)
    assert_complete(account, first)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: " ".join(map(str, next(iter(fault.items())))))
@pytest.mark.parametrize(("released", "calls"), [(False, 19), (True, 31)], ids=["first release", "next release"])
def test_fault_at_any_call_leaves_what_works_and_the_next_run_completes_it(
    account: Account,
    first: tuple[WantedMenu, ...],
    second: tuple[WantedMenu, ...],
    fault: dict[str, Any],
    *,
    released: bool,
    calls: int,
) -> None:
    for at in range(calls):
        account.begin()
        if released:
            account.sync(first)
            account.switch_tabs()
        stop_at(account, second, fault, at)
        if released:
            assert_usable(account)
        assert_foreign_untouched(account)
        account.sync(second)
        assert_complete(account, second)
        assert not released or account.sees(account.switched) == second[1].name
        assert_nothing_left_to_do(account, second)


def stop_at(account: Account, wanted: tuple[WantedMenu, ...], fault: dict[str, Any], at: int) -> None:
    """A run that meets the fault at that call."""
    api = FaultyApi(account, fault, at)
    with pytest.raises(BotError):
        account.sync(wanted, api)
    assert api.met
    account.line.platform.control.reset()


def assert_nothing_left_to_do(account: Account, wanted: tuple[WantedMenu, ...]) -> None:
    before = list(account.line.calls)
    assert account.sync(wanted) == []
    known = {call.id for call in before}  # not counted: the emulator forgets the oldest calls
    assert [call.method for call in account.line.calls if call.id not in known and call.method != "GET"] == []


def test_faults_were_tried_at_every_call(
    account: Account, first: tuple[WantedMenu, ...], second: tuple[WantedMenu, ...]
) -> None:
    account.sync(first)
    assert len(account.line.calls) == 19
    account.sync(second)
    assert len(account.line.calls) == 19 + 31


def test_batch_that_line_refuses_for_now_keeps_the_old_menus_until_it_is_taken(
    account: Account, first: tuple[WantedMenu, ...], second: tuple[WantedMenu, ...]
) -> None:
    account.sync(first)
    account.switch_tabs()
    for wanted in (second, first, second):  # three batches are what LINE takes in an hour
        account.sync(wanted)
    with pytest.raises(RetryableError, match=r"429.*try again later"):
        account.sync(first)
    assert account.sees(account.newcomer) == first[0].name
    assert account.sees(account.switched) == second[1].name
    assert_usable(account)
    account.line.advance(20 * 60 + 1)
    account.sync(first)
    assert_complete(account, first)
    assert account.sees(account.switched) == first[1].name


def test_users_are_waited_for_before_the_old_menus_go(
    account: Account,
    first: tuple[WantedMenu, ...],
    second: tuple[WantedMenu, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account.sync(first)
    phases = ["ongoing", "ongoing", "succeeded"]
    waited: list[float] = []
    there: list[int] = []

    def phase(*_: object) -> str:
        there.append(len(account.names()))
        return phases.pop(0)

    monkeypatch.setattr(RichMenuApi, "batch_phase", phase)
    api = RichMenuApi(account.url, account.url, TOKEN, PATIENT.rich_menu_api_seconds)
    list(RichMenuSync(api, second, wait=waited.append).run())
    assert (len(waited), there) == (2, [8, 8, 8])
    assert_complete(account, second)


@pytest.mark.parametrize("phase", ["failed", "ongoing"])
def test_users_that_are_not_carried_over_keep_their_menu(
    account: Account,
    first: tuple[WantedMenu, ...],
    second: tuple[WantedMenu, ...],
    monkeypatch: pytest.MonkeyPatch,
    phase: str,
) -> None:
    account.sync(first)
    monkeypatch.setattr(RichMenuApi, "batch_phase", lambda *_: phase)
    with pytest.raises(RetryableError, match="not carried over"):
        account.sync(second)
    assert len(account.names()) == 8
    assert_foreign_untouched(account)


@pytest.mark.parametrize("released", [False, True], ids=["first release", "next release"])
def test_alias_of_our_name_on_a_menu_of_someone_else_stops_the_run_before_anything_is_written(
    account: Account, first: tuple[WantedMenu, ...], second: tuple[WantedMenu, ...], *, released: bool
) -> None:
    if released:
        account.sync(first)
    account.menus.aliases[first[2].alias] = account.foreign
    before = account.writes()
    with pytest.raises(PermanentError) as caught:
        account.sync(second)
    assert str(caught.value).startswith(f"alias {first[2].alias} points to {account.foreign}, which is not a menu of")
    assert "\n" not in str(caught.value)
    assert account.writes() == before
    assert account.menus.aliases[first[2].alias] == account.foreign


def test_alias_whose_menu_is_gone_is_moved(account: Account, first: tuple[WantedMenu, ...]) -> None:
    account.menus.aliases[first[1].alias] = "richmenu-" + "0" * 32
    assert ("alias_moved", first[1].key) in [(change.what, change.menu) for change in account.sync(first)]
    assert_complete(account, first)


def test_menu_that_line_would_refuse_is_found_out_before_anything_is_made(
    account: Account, first: tuple[WantedMenu, ...]
) -> None:
    wrong = replace(first[2], definition={**first[2].definition, "chatBarText": "あ" * 14 + "い"})
    with pytest.raises((BotError, ValueError)):
        account.sync((*first[:2], wrong))
    assert account.names() == []


def test_batch_that_failed_is_resumed_under_its_key_and_another_has_its_own(
    account: Account,
    first: tuple[WantedMenu, ...],
    second: tuple[WantedMenu, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account.sync(first)
    account.switch_tabs()
    with monkeypatch.context() as failing:
        failing.setattr(RichMenuApi, "batch_phase", lambda *_: "failed")
        api = RichMenuApi(account.url, account.url, TOKEN, PATIENT.rich_menu_api_seconds)
        with pytest.raises(RetryableError):
            list(RichMenuSync(api, second, wait=lambda _: None).run())
    account.sync(second)
    account.sync(first)
    keys = [call.request["resumeRequestKey"] for call in account.line.calls if call.path.endswith("/richmenu/batch")]
    assert len(keys) == 3
    assert keys[0] == keys[1] != keys[2]
