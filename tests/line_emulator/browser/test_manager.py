"""A conversation handed to a person and back: the real bot, two phones and the manager's view."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.line_emulator.browser.phone_driver import PhoneDriver
from tests.line_emulator.browser.test_phones import add_phone
from tests.scenario.processes import running_bot
from tests.servers import RedisServer


@pytest.fixture
def phone(page: Page, redis_server: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PhoneDriver]:
    folder = tmp_path_factory.mktemp("bot")
    with running_bot(redis_server.url, folder, environment={"DESK_CHAT": "1"}) as bot:
        bot.emulator.new_user("山田", follows=True)
        yield PhoneDriver(page).open(bot.emulator.url)
        page.context.close()  # before the platform ends, which the pages would rightly complain about


class Manager:
    """The staff at the manager's view."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(f"{url}/manager")
        expect(page.get_by_role("status")).to_have_text("接続中")

    def person(self, name: str) -> Locator:
        return self.page.get_by_role("navigation", name="利用者").get_by_role("button", name=name)

    @property
    def writers(self) -> Locator:
        return self.page.get_by_role("log").locator("b")

    def mark_of(self, words: str) -> Locator:
        return self.page.get_by_role("log").get_by_role("paragraph").filter(has_text=words).locator("small")

    def answers(self, words: str) -> None:
        self.page.get_by_label("担当者として返信").fill(words)
        self.page.get_by_role("button", name="返信する").click()


def test_handed_to_a_person_and_back(phone: PhoneDriver, context: BrowserContext) -> None:
    other = add_phone(phone.page, "佐藤")
    staff = Manager(context.new_page(), phone.page.url.partition("/?")[0])
    phone.say("担当者に聞く")
    expect(phone.thread.get_by_text("担当者がお答えします").last).to_be_visible()
    phone.say("窓口で相談できますか")
    other.say("料金はいくらですか")
    expect(other.thread.get_by_text("上限なく無料").last).to_be_visible()

    expect(staff.person("佐藤")).to_contain_text("未読なし")  # the bot has settled it
    expect(staff.person("山田")).to_contain_text("未読2件")
    staff.person("山田").click()
    expect(staff.mark_of("窓口で相談できますか")).to_have_text("未読")
    staff.answers("担当の田中です。明日お越しください。")
    phone.sees("担当の田中です。明日お越しください。")
    expect(staff.mark_of("窓口で相談できますか")).to_have_text("既読")
    expect(staff.person("山田")).to_contain_text("未読なし")
    expect(other.thread.get_by_text("担当の田中です")).to_have_count(0)

    phone.say("ありがとうございます")
    expect(staff.mark_of("ありがとうございます")).to_have_text("未読")
    phone.say("ボットに戻る")
    expect(phone.thread.get_by_text("ボットがお答えします").last).to_be_visible()
    expect(staff.writers.last).to_have_text("ボット")
    assert staff.writers.all_inner_texts()[-4:] == ["担当者", "利用者", "利用者", "ボット"], "the bot was silent"
    phone.say("料金はいくらですか")
    expect(phone.thread.get_by_text("上限なく無料").last).to_be_visible()
