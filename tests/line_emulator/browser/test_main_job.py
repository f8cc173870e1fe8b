"""The main job of the real bot, web and worker running, held entirely by clicks and typing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.line_emulator.browser.phone_driver import PhoneDriver
from tests.scenario.processes import running_bot
from tests.servers import RedisServer

FORM = "https://linegov.com/application/plan-form.php"


@pytest.fixture
def staff(page: Page, redis_server: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PhoneDriver]:
    """A member of staff who has not added the account yet."""
    with running_bot(redis_server.url, tmp_path_factory.mktemp("bot")) as bot:
        bot.emulator.new_user("山田", friend=False)
        yield PhoneDriver(page).open(bot.emulator.url)
        page.close()  # before the platform ends, which the page would rightly complain about


def reads(staff: PhoneDriver, words: str) -> None:
    expect(staff.thread.get_by_text(words).last).to_be_visible()


def test_from_adding_the_account_to_the_application_form(staff: PhoneDriver) -> None:
    staff.phone.get_by_role("button", name="友だちに追加").click()
    reads(staff, "友だち追加ありがとうございます。")
    staff.say("料金はいくらですか")
    reads(staff, "上限なく無料")
    staff.press("申込前チェック")
    reads(staff, "どちらの団体")
    staff.say("ふちゅう")
    staff.press("広島県府中市")
    reads(staff, "お持ちですか")
    staff.say("はい")
    reads(staff, "すでに使っていますか")
    staff.press("使っていない")
    reads(staff, "お申込みになるのは")
    staff.press("団体の職員")
    reads(staff, "アカウント名を教えて")
    staff.say("府中市公式LINE")
    reads(staff, "使えない名前")
    staff.press("府中市")
    reads(staff, "認証済アカウント")
    staff.press("認証済み")
    reads(staff, "料金プランはどれ")
    staff.say("コミュニケーションプランです")
    reads(staff, "メールアドレス")
    staff.say("kouhou@city.fuchu.hiroshima.jp")
    reads(staff, "いつごろ")
    staff.press("日付を選ぶ")
    staff.answer("決定")
    reads(staff, "回答をご確認ください")
    staff.press("この内容で判定する")
    reads(staff, "条件がそろっています")
    link = staff.thread.get_by_role("link", name="申込フォームを開く").last
    link.click()
    expect(staff.dialog).to_contain_text(FORM)
