"""The pages for a reader whose browser does not ask for Japanese."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from line_emulator import Emulator
from tests.eventually import PATIENCE
from tests.line_emulator.browser.conftest import Watched
from tests.line_emulator.small_bot import SECRET, TOKEN, LineClient, SmallBot, echo

JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")

# Everything that a page says: its texts, seen or not, and what it says of a control.
WORDS = """() => {
  const named = ["aria-label", "title", "placeholder", "alt", "value"];
  const of = (node) => named.map((name) => node.getAttribute(name) ?? "");
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  const said = [...document.querySelectorAll("*")].flatMap(of);
  while (texts.nextNode()) said.push(texts.currentNode.data);
  return said;
}"""


@pytest.fixture
def english(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-US", viewport={"width": 1360, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    watched, page = Watched(), context.new_page()
    watched.watch(page)
    yield page
    context.close()
    assert watched.troubles == []


@pytest.fixture
def url() -> Iterator[str]:
    bot = SmallBot()
    bot.answers = echo
    platform = Emulator(bot.url, SECRET, token=TOKEN, bot_name="Desk", answers_within=PATIENCE, gallery=list)
    bot.line = LineClient(platform.start())
    platform.new_user("Yamada")
    yield platform.url
    platform.stop()
    bot.close()


def is_english(page: Page) -> None:
    assert [words for words in page.evaluate(WORDS) if JAPANESE.search(words)] == []
    assert page.locator("html").get_attribute("lang") == "en"


def test_no_japanese_is_left_on_the_phones_and_in_the_panel(english: Page, url: str) -> None:
    english.goto(url)
    expect(english.get_by_role("status").filter(has_text="Connected")).to_be_visible()
    phone = english.get_by_role("region", name="Yamada's phone")
    phone.get_by_role("textbox", name="Write a message").fill("hello")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.get_by_role("log").get_by_text("hello", exact=True)).to_have_count(2)
    english.get_by_role("tab", name="API").click()
    expect(english.get_by_role("list", name="API calls").get_by_text("accepted")).to_have_count(1)
    phone.get_by_role("button", name="Message actions").last.click()
    is_english(english)
    english.get_by_role("dialog").get_by_role("button", name="Close", exact=True).click()
    phone.get_by_role("button", name="Settings of this phone").click()
    is_english(english)
    english.get_by_role("dialog").get_by_role("button", name="Close", exact=True).click()
    phone.get_by_role("button", name="To the chats").click()
    english.get_by_role("button", name="Add phone").click()
    is_english(english)


def test_no_japanese_is_left_for_staff_and_in_the_gallery(english: Page, url: str) -> None:
    english.goto(f"{url}/manager")
    expect(english.get_by_role("status")).to_have_text("Connected")
    english.get_by_role("navigation", name="Users").get_by_role("button").first.click()
    is_english(english)
    english.goto(f"{url}/gallery")
    expect(english.get_by_text("0 shown")).to_be_visible()
    is_english(english)
