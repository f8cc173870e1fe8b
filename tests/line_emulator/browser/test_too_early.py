"""The page opened before the platform has anybody to show, or while it does not answer yet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from line_emulator import Emulator
from tests.line_emulator.browser.phone_driver import PhoneDriver
from tests.line_emulator.browser.scripted_bot import SECRET, TOKEN, ScriptedBot

NOBODY = "まだ利用者がいません"


@pytest.fixture
def deserted(bot: ScriptedBot) -> Iterator[Emulator]:
    """A platform without users, as it stands while the demo's bot is being started."""
    platform = Emulator(bot.url, SECRET, token=TOKEN, strict=True)
    bot.api = platform.start()
    yield platform
    platform.stop()


def test_a_page_without_users_says_so_and_shows_the_first_one_who_comes(page: Page, deserted: Emulator) -> None:
    page.goto(deserted.url)
    expect(page.get_by_role("status").filter(has_text="接続中")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(NOBODY)
    page.get_by_role("tab", name="スイッチ").click()
    page.get_by_role("button", name="グループを作る").click()
    expect(page.locator("#toasts")).to_contain_text("まだ電話がありません。")
    deserted.new_user("山田", follows=True)
    deserted.new_user("佐藤")
    PhoneDriver(page).sees("友だち追加ありがとうございます。")
    expect(page.get_by_role("region", name="山田さんの電話")).to_be_visible()
    expect(page.locator(".phone")).to_have_count(1)
    expect(page.get_by_role("main")).not_to_contain_text(NOBODY)
    page.close()


def test_the_first_user_can_be_made_on_the_page_and_has_one_phone(page: Page, deserted: Emulator) -> None:
    def answer_once_the_phone_is_there(route: Route) -> None:
        answer = route.fetch()
        if route.request.method == "POST":
            expect(page.locator(".phone")).to_have_count(1)
        route.fulfill(response=answer)

    page.goto(deserted.url)
    expect(page.get_by_role("main")).to_contain_text(NOBODY)
    page.get_by_role("button", name="電話を追加").click()
    page.get_by_role("dialog").get_by_label("新しい利用者の名前").fill("鈴木")
    page.route("**/_/users", answer_once_the_phone_is_there)
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith("/_/users")):
        PhoneDriver(page).answer("追加")
    PhoneDriver(page).sees("友だち追加ありがとうございます。")
    page.evaluate("() => fetch('/_/users').then((answer) => answer.json())")  # what came before it has been worked off
    expect(page.locator(".phone")).to_have_count(1)
    page.close()


@pytest.mark.parametrize("request_of_the_start", ["/", "/_/users", "/_/events"])
def test_a_request_that_does_not_get_through_is_tried_again(
    browser: Browser, emulator: Emulator, request_of_the_start: str
) -> None:
    page = browser.new_page(locale="ja-JP")  # not watched: a lost request is an error, here a wanted one
    lost = [0]

    def lose_two(route: Route) -> None:
        if route.request.is_navigation_request() or lost[0] == 2:
            return route.continue_()
        lost[0] += 1
        return route.abort()

    page.route(f"{emulator.url}{request_of_the_start}", lose_two)
    hands = PhoneDriver(page).open(emulator.url)
    hands.sees("友だち追加ありがとうございます。")
    assert lost == [2]
    page.close()
