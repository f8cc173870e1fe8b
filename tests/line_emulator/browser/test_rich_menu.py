"""The rich menu: tabs, areas, open and shut."""

from playwright.sync_api import expect

from tests.line_emulator.browser.phone_driver import PhoneDriver


def test_a_selected_menu_is_open_from_the_start_and_its_area_speaks(hands: PhoneDriver) -> None:
    hands.menu.get_by_role("button", name="料金").click()
    hands.sees("月額0円です。くわしくは https://example.jp/fee へ。")


# both at one moment, in which nothing moves
BOXES = """(sheet, name) => [sheet, sheet.querySelector(`[aria-label="${name}"]`)]
    .map((node) => node.getBoundingClientRect().toJSON())"""


def test_areas_lie_where_their_bounds_say(hands: PhoneDriver) -> None:
    expect(hands.menu.get_by_role("button", name="料金")).to_be_visible()
    sheet, area = hands.menu.evaluate(BOXES, "料金")
    scale = sheet["width"] / 1200
    assert abs(area["y"] - sheet["y"] - 160 * scale) < 2
    assert abs(area["height"] - 650 * scale) < 2


def test_the_picture_of_the_menu_is_shown(hands: PhoneDriver) -> None:
    expect(hands.menu.locator("img")).to_have_js_property("naturalWidth", 1200)


def test_a_tab_switches_the_menu_and_back(hands: PhoneDriver) -> None:
    hands.menu.get_by_role("button", name="もう一方のタブ").click()
    expect(hands.phone.get_by_role("button", name="メニュー tab-b")).to_be_visible()
    expect(hands.menu.get_by_role("button", name="選ぶ")).to_be_visible()
    hands.menu.get_by_role("button", name="もう一方のタブ").click()
    expect(hands.menu.get_by_role("button", name="料金")).to_be_visible()


def test_the_bar_closes_and_opens_the_menu(hands: PhoneDriver) -> None:
    bar = hands.phone.get_by_role("button", name="メニュー tab-a")
    expect(bar).to_have_attribute("aria-expanded", "true")
    bar.click()
    expect(hands.menu).to_be_hidden()
    bar.click()
    expect(hands.menu).to_be_visible()


def test_typing_closes_the_menu_as_a_keyboard_would(hands: PhoneDriver) -> None:
    expect(hands.menu).to_be_visible()
    hands.box.fill("あ")
    expect(hands.menu).to_be_hidden()


def test_a_desktop_has_neither_rich_menu_nor_quick_replies(hands: PhoneDriver) -> None:
    hands.say("料金")
    expect(hands.quick).to_be_visible()
    hands.page.get_by_role("button", name="PC版").click()
    expect(hands.quick).to_be_hidden()
    expect(hands.phone.get_by_role("button", name="メニュー tab-a")).to_be_hidden()
    hands.say("選ぶ")
    hands.press("はい")
    hands.sees("受付 step=verified&value=yes")
