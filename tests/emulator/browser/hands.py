"""A person at the page: finds things by what they are called, as a user or a screen reader would."""

from playwright.sync_api import Locator, Page, expect


class Hands:
    """One phone on the page, and the panel beside it."""

    def __init__(self, page: Page, place: int = 0) -> None:
        self.page = page
        self.phone = page.locator(".phone").nth(place)

    def open(self, url: str) -> "Hands":
        self.page.goto(url)
        expect(self.page.get_by_role("status").filter(has_text="接続中")).to_be_visible()
        expect(self.phone.get_by_role("textbox", name="メッセージを入力")).to_be_visible()
        return self

    @property
    def thread(self) -> Locator:
        return self.phone.get_by_role("log")

    @property
    def box(self) -> Locator:
        return self.phone.get_by_role("textbox", name="メッセージを入力")

    @property
    def menu(self) -> Locator:
        return self.phone.get_by_role("group", name="リッチメニュー")

    @property
    def quick(self) -> Locator:
        return self.phone.get_by_role("group", name="クイックリプライ")

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("complementary", name="プラットフォーム")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def say(self, words: str) -> None:
        self.box.fill(words)
        self.phone.get_by_role("button", name="送信", exact=True).click()

    def sees(self, words: str) -> None:
        expect(self.thread.get_by_text(words, exact=True).last).to_be_visible()

    def press(self, label: str) -> None:
        """A button in the newest message that has one of that name."""
        self.thread.get_by_role("button", name=label, exact=True).last.click()

    def answer(self, label: str) -> None:
        self.dialog.get_by_role("button", name=label, exact=True).click()

    def tab(self, name: str) -> Locator:
        self.panel.get_by_role("tab", name=name).click()
        return self.panel.get_by_role("tabpanel", name=name)
