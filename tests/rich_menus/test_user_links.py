"""Linking one user's menu: when it changes, with as few calls as can be, and never in the way."""

import logging
from collections.abc import Iterator

import pytest

from bot.line.client import LineClient
from bot.rich_menus.definition import wanted_menus
from bot.rich_menus.menu_change import MenuChange
from bot.rich_menus.user_links import KNOWN_SECONDS, REST_SECONDS, MenuLinks
from line_emulator import Emulator

TOKEN = "token-of-the-tests"
ALIAS = "madoguchi-resume"
WAITING = "madoguchi-waiting"


class Account:
    def __init__(self) -> None:
        self.line = Emulator("http://127.0.0.1:9/callback", "secret", token=TOKEN, strict=True)
        self.now = 0.0
        self.links = MenuLinks(
            LineClient(self.line.start(), TOKEN), {"resume": ALIAS, "waiting": WAITING}, clock=lambda: self.now
        )
        self.user = self.line.new_user("山田")

    def has_menu(self) -> str:
        menus, menu = self.line.platform.menus, wanted_menus()[2]
        menu_id = menus.create({**menu.definition, "name": menu.name})
        menus.set_image(menu_id, "image/png", menu.image)
        menus.aliases[ALIAS] = menu_id
        return menu_id

    def resumes(self) -> bool:
        return self.links.show(MenuChange(self.user, "resume"))

    def ends(self) -> bool:
        return self.links.show(MenuChange(self.user, "default"))

    def linked(self) -> str | None:
        return self.line.platform.world.user(self.user).rich_menu

    def calls(self) -> list[str]:
        return [f"{call.method} {call.path.split('/')[3]}" for call in self.line.calls]


@pytest.fixture
def account() -> Iterator[Account]:
    account = Account()
    yield account
    account.line.stop()


def test_menu_is_linked_and_unlinked_and_its_alias_asked_for_once(account: Account) -> None:
    menu_id = account.has_menu()
    assert account.resumes()
    assert account.linked() == menu_id
    assert account.ends()
    assert account.linked() is None
    assert account.calls() == ["GET richmenu", "POST user", "DELETE user"]


def test_account_without_our_menus_is_left_alone(account: Account) -> None:
    assert not account.resumes()
    assert not account.ends()
    assert account.calls() == ["GET richmenu"]
    assert account.line.refusals == []


def test_menu_that_is_made_later_is_found(account: Account) -> None:
    account.resumes()
    account.has_menu()
    account.now += KNOWN_SECONDS
    assert account.resumes()


def test_menu_that_was_replaced_a_moment_ago_is_looked_up_again(account: Account) -> None:
    old = account.has_menu()
    account.resumes()
    account.line.platform.menus.delete(old)
    new = account.has_menu()
    assert account.resumes()
    assert account.linked() == new


@pytest.mark.parametrize("fault", [{"failing": 500}, {"failing": 429}, {"failing": 401}, {"drop": "before"}], ids=str)
def test_line_that_fails_is_left_alone_for_a_while_and_then_asked_again(
    account: Account, fault: dict[str, object]
) -> None:
    account.has_menu()
    account.line.control(**fault)
    assert not account.resumes()
    made = len(account.calls())
    assert made <= 2
    for _ in range(50):
        assert not account.resumes()
    assert len(account.calls()) == made
    account.line.platform.control.reset()
    account.now += REST_SECONDS
    assert account.resumes()


def test_link_that_is_refused_again_and_again_makes_no_storm(account: Account) -> None:
    menu_id = account.has_menu()
    account.line.platform.menus.images.pop(menu_id)
    for _ in range(10):
        assert not account.resumes()
    assert account.calls() == ["GET richmenu", "POST user", "GET richmenu", "POST user"]


def test_log_holds_no_line_id(account: Account, caplog: pytest.LogCaptureFixture) -> None:
    account.has_menu()
    with caplog.at_level(logging.INFO):
        account.resumes()
        account.ends()
    assert [getattr(record, "path", "") for record in caplog.records][1:] == ["/v2/bot/user/{user}/richmenu"] * 2
    assert account.user not in str([vars(record) for record in caplog.records])
