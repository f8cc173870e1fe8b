"""The page alone on its machine: pictures of other hosts, links, and a server that goes away."""

import socket

import pytest
from playwright.sync_api import Browser, Page, expect

from line_emulator import Emulator
from tests.line_emulator.browser.phone_driver import PhoneDriver
from tests.line_emulator.browser.scripted_bot import SECRET, TOKEN, ScriptedBot


def test_a_picture_of_another_host_is_not_fetched_but_named(hands: PhoneDriver) -> None:
    hands.say("写真")
    expect(hands.thread.get_by_text("pictures.example")).to_be_visible()
    assert hands.thread.locator("img[src^='https']").count() == 0


@pytest.mark.parametrize(
    ("url", "alone", "online"),
    [
        ("/_/richmenu/r1/image", True, True),
        ("data:image/png;base64,AAAA", True, True),
        ("https://pictures.example/a.png", False, True),
        ("http://pictures.example/a.png", False, False),
        ("javascript:alert(1)", False, False),
    ],
)
def test_only_its_own_pictures_are_loaded_unless_the_server_allows_more(
    page: Page, static_url: str, url: str, alone: bool, online: bool
) -> None:
    page.goto(f"{static_url}/empty")
    loaded = page.evaluate(
        """async (url) => { const { ownPictures } = await import("/static/js/pictures.js");
        const loads = (othersToo) => ownPictures({ othersToo, hosts: ["bot.example"] })(url) !== null;
        return [loads(false), loads(true)]; }""",
        url,
    )
    assert loaded == [alone, online]


def test_pictures_of_the_bot_are_loaded_through_the_page(page: Page, static_url: str) -> None:
    page.goto(f"{static_url}/empty")
    source = page.evaluate(
        """async () => { const { ownPictures } = await import("/static/js/pictures.js");
        return ownPictures({ othersToo: false, hosts: ["bot.example"] })("https://bot.example/a.png?v=1"); }"""
    )
    assert source == "/_/picture?url=https%3A%2F%2Fbot.example%2Fa.png%3Fv%3D1"


def test_the_desktop_opens_the_address_meant_for_it(hands: PhoneDriver) -> None:
    hands.say("選ぶ")
    hands.page.get_by_role("button", name="PC版").click()
    hands.thread.get_by_role("link", name="フォーム").click()
    expect(hands.dialog).to_contain_text("https://example.jp/desktop")


def test_the_page_says_when_the_platform_is_gone_and_starts_over_with_a_new_one(
    browser: Browser, emulator: Emulator, bot: ScriptedBot
) -> None:
    page = browser.new_page(locale="ja-JP")  # not watched: that the server is gone is an error, here a wanted one
    hands = PhoneDriver(page).open(emulator.url)
    port = int(emulator.url.rsplit(":", 1)[1])
    emulator.stop()
    kept = socket.socket()  # the port, from whoever else takes one meanwhile
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    kept.bind(("127.0.0.1", port))
    expect(page.get_by_text("接続が切れました。つなぎ直しています…")).to_be_visible()
    hands.say("届かない")
    hands.is_told("エミュレーターにつながりません。")
    expect(hands.box).to_have_value("届かない")
    successor = Emulator(bot.url, SECRET, token=TOKEN, strict=True)
    successor.start(port)
    kept.close()
    expect(page.get_by_text("接続中")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("まだ利用者がいません")
    successor.new_user("佐藤")
    expect(page.get_by_role("region", name="佐藤さんの電話")).to_be_visible()
    page.close()
    successor.stop()
