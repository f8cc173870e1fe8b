"""A person at the page: finds things by what they are called, as a user or a screen reader would."""

from playwright.sync_api import Locator, Page, expect

# Notices pass by themselves after some seconds, of which a stalled machine may show none to who looks for them.
NOTE_NOTICES = """() => addEventListener("DOMContentLoaded", () => {
  window.notices = [];
  const note = (node) => { if (node.checkVisibility()) window.notices.push(node.textContent); };
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(note)))
    .observe(document.getElementById("toasts"), { childList: true });
})"""


def comes_true(element: Locator, script: str, given: object = None) -> None:
    """Waits until the script says so of the element."""
    element.page.wait_for_function(f"([node, given]) => ({script})(node, given)", arg=[element.element_handle(), given])


class PhoneDriver:
    """One phone on the page, and the panel beside it."""

    def __init__(self, page: Page, place: int = 0) -> None:
        self.page = page
        self.phone = page.locator(".phone").nth(place)

    def open(self, url: str) -> "PhoneDriver":
        self.page.add_init_script(f"({NOTE_NOTICES})()")
        self.page.goto(url)
        expect(self.page.get_by_role("status").filter(has_text="接続中")).to_be_visible()
        expect(self.box).to_be_visible()
        # The frame stands before what the platform tells is in it.
        expect(self.thread).to_have_attribute("aria-busy", "false")
        expect(self.page.locator(".panel-foot")).not_to_be_empty()
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

    def is_told(self, words: str) -> None:
        """By a notice, which may have gone again."""
        self.page.wait_for_function("(words) => window.notices.some((notice) => notice.includes(words))", arg=words)

    def press(self, label: str) -> None:
        """A button in the newest message that has one of that name."""
        self.thread.get_by_role("button", name=label, exact=True).last.click()

    def answer(self, label: str) -> None:
        self.dialog.get_by_role("button", name=label, exact=True).click()

    def tab(self, name: str) -> Locator:
        self.panel.get_by_role("tab", name=name).click()
        return self.panel.get_by_role("tabpanel", name=name)

    def record(self, tab: str, words: str) -> Locator:
        """The webhook or call with these words in it, wherever in the list it stands or will stand."""
        return self.tab(tab).get_by_role("listitem").filter(has_text=words)
