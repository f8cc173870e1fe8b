"""The main job without a mouse, and what a screen reader is told."""

from playwright.sync_api import Page, expect

from tests.line_emulator.browser.phone_driver import PhoneDriver, comes_true

# all the words of the page are in its body, on which the focus stands when it is nowhere
FOCUSED = """() => {
    const at = document.activeElement;
    return at === document.body ? "" : (at.ariaLabel ?? at.textContent);
}"""


def press_until(page: Page, name: str, key: str = "Tab", most: int = 60) -> None:
    """Moves on until the thing of that name has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press(key)
        if name in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"{name} was not reached in {most} steps")


def test_a_question_is_asked_and_a_button_pressed_by_keys_alone(hands: PhoneDriver) -> None:
    press_until(hands.page, "メッセージを入力")
    hands.page.keyboard.type("選ぶ")
    hands.page.keyboard.press("Enter")
    expect(hands.thread.get_by_role("button", name="はい", exact=True)).to_be_visible()
    press_until(hands.page, "はい", "Shift+Tab")
    hands.page.keyboard.press("Enter")
    hands.sees("受付 step=verified&value=yes")


def test_the_rich_menu_and_the_quick_replies_are_reached_and_used_by_keys(hands: PhoneDriver) -> None:
    press_until(hands.page, "料金")
    hands.page.keyboard.press("Enter")
    expect(hands.quick).to_be_visible()
    press_until(hands.page, "申込の流れ", "Shift+Tab")
    hands.page.keyboard.press("Space")
    hands.sees("「申込の流れ」ですね。")


def test_a_dialog_takes_the_focus_closes_on_escape_and_gives_it_back(hands: PhoneDriver) -> None:
    hands.say("選ぶ")
    link = hands.thread.get_by_role("link", name="フォーム")
    link.focus()
    hands.page.keyboard.press("Enter")
    expect(hands.dialog).to_be_visible()
    comes_true(hands.dialog, "(dialog) => dialog.contains(document.activeElement)")
    hands.page.keyboard.press("Escape")
    expect(hands.dialog).to_have_count(0)
    expect(link).to_be_focused()


REDRAWN_ABOVE = """async () => {
    const { arrange } = await import("/static/js/dom.js");
    const [list, above, anew, held] = ["div", "p", "p", "button"].map((name) => document.createElement(name));
    document.body.append(list);
    arrange(list, [above, held]);
    held.focus();
    arrange(list, [anew, held]);
    return [list.firstChild === anew, list.childNodes.length, document.activeElement === held];
}"""


def test_what_is_drawn_anew_above_takes_no_focus_away(hands: PhoneDriver) -> None:
    assert hands.page.evaluate(REDRAWN_ABOVE) == [True, 2, True]


def test_shift_enter_breaks_the_line_and_enter_sends(hands: PhoneDriver) -> None:
    hands.box.focus()
    hands.page.keyboard.type("一行目")
    hands.page.keyboard.press("Shift+Enter")
    hands.page.keyboard.type("二行目")
    expect(hands.box).to_have_value("一行目\n二行目")
    for ends in ("isComposing: true", "keyCode: 229"):  # of a conversion; Safari's key is no longer "composing"
        press = f"new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true, cancelable: true, {ends}}})"
        assert hands.box.evaluate(f"box => box.dispatchEvent({press})"), "left to the box"
    expect(hands.box).to_have_value("一行目\n二行目")
    hands.page.keyboard.press("Enter")
    expect(hands.box).to_have_value("")
    expect(hands.thread.get_by_text("「一行目\n二行目」ですね。")).to_be_visible()


def test_the_tabs_of_the_panel_move_by_arrow_keys(hands: PhoneDriver) -> None:
    first = hands.panel.get_by_role("tab", name="Webhook")
    first.focus()
    hands.page.keyboard.press("ArrowRight")
    expect(hands.panel.get_by_role("tab", name="API")).to_be_focused()
    expect(hands.panel.get_by_role("tabpanel", name="API")).to_be_visible()
    hands.page.keyboard.press("ArrowLeft")
    hands.page.keyboard.press("ArrowLeft")
    expect(hands.panel.get_by_role("tab", name="スイッチ")).to_have_attribute("aria-selected", "true")


def test_new_messages_are_in_a_live_region(hands: PhoneDriver) -> None:
    assert hands.thread.get_attribute("aria-live") == "polite"
    hands.say("読み上げ")
    expect(hands.thread.get_by_role("article").last).to_contain_text("「読み上げ」ですね。")


NAMELESS = """() => [...document.querySelectorAll(
    "button, a[href], input, select, textarea, [role=button], [tabindex='0']")]
    .filter((node) => node.checkVisibility())
    .filter((node) => !(node.ariaLabel || node.textContent.trim() || node.labels?.length || node.title
        || node.querySelector("img[alt]:not([alt=''])")))
    .map((node) => node.outerHTML.slice(0, 120))"""


def test_everything_that_can_be_focused_has_a_name(hands: PhoneDriver) -> None:
    hands.say("選ぶ")
    hands.sees("どうしますか")
    hands.phone.get_by_role("button", name="写真や位置情報などを送る").click()
    for name in ("Webhook", "API", "セッション", "スイッチ"):
        hands.tab(name)
        assert hands.page.evaluate(NAMELESS) == []


def test_the_focused_thing_is_always_outlined(hands: PhoneDriver) -> None:
    hands.page.keyboard.press("Tab")
    hands.page.keyboard.press("Tab")
    width = hands.page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert width >= 2
