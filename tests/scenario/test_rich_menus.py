"""The rich menu on a phone, through the real processes: taps, tabs, and the menu that goes on with a pre-check."""

import time
from collections.abc import Iterator

import pytest

from bot.rich_menus.api import RichMenuApi
from bot.rich_menus.definition import wanted_menus
from bot.rich_menus.sync import RichMenuSync
from tests.scenario.person import Person
from tests.scenario.processes import TOKEN, RunningBot

TO_APPLY, TO_ASK = "申込むタブに切り替え", "調べるタブに切り替え"
ON_ASK = ["よくある質問", "プラン・料金", "プレミアムID", "申込の流れ", "パートナー", "お問い合わせ"]


@pytest.fixture(scope="module")
def menus(shared_bot: RunningBot) -> Iterator[RunningBot]:
    """The running bot on an account that has its menus."""
    url = shared_bot.emulator.url
    list(RichMenuSync(RichMenuApi(url, url, TOKEN), wanted_menus()).run())
    yield shared_bot
    assert [call.path for call in shared_bot.emulator.refusals if call.method != "GET"] == []


class Phone(Person):
    """A member of staff who uses the menu at the foot of the chat."""

    @property
    def menu(self) -> list[str]:
        shown = self._line.platform.menus.shown_to(self.id)[0]
        return [area["action"]["label"] for area in shown["areas"]] if shown else []

    def switches(self, label: str) -> None:
        """The bot says nothing to it: the phone has shown it already."""
        self._line.taps(self.id, label)

    def sees(self, label: str) -> bool:
        """Whether the menu has that area, now or in a moment: it changes after the answer."""
        deadline = time.monotonic() + 60
        while label not in self.menu:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True


@pytest.fixture
def staff(menus: RunningBot) -> Phone:
    return Phone(menus)


def test_every_area_of_both_tabs_opens_its_function(staff: Phone) -> None:
    assert staff.menu == [TO_APPLY, *ON_ASK]
    opened = {label: staff.taps(label) for label in ON_ASK}
    assert all(opened.values())
    assert "分野をお選びください" in opened["よくある質問"]
    staff.switches(TO_APPLY)
    assert staff.menu == [TO_ASK, "申込前チェック", "アカウント名チェック", "日程"]
    assert staff.taps("アカウント名チェック")
    assert staff.taps("日程")
    assert "どちらの団体" in staff.taps("申込前チェック")


def test_pre_check_is_left_found_again_on_the_menu_and_brought_to_its_end(staff: Phone) -> None:
    staff.switches(TO_APPLY)
    staff.taps("申込前チェック")
    assert staff.sees("続きから")
    staff.says("箱根町")
    staff.says("やめる")
    staff.switches(TO_ASK)
    assert staff.taps("お問い合わせ")
    staff.switches(TO_APPLY)
    assert staff.sees("続きから"), "the tab is the plain one for a moment only"
    assert "お持ちですか" in staff.taps("続きから")
    staff.says("最初から")
    assert "プランの対象外です" in staff.says("横浜市西区")
    assert staff.sees(TO_APPLY)
    assert "続きから" not in staff.menu


def test_erased_data_take_the_menu_with_them(staff: Phone) -> None:
    staff.says("申込前チェック")
    staff.says("箱根町")
    assert staff.sees("続きから")
    staff.says("データ削除")
    assert staff.sees("よくある質問")
