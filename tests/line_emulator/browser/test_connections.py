"""What the page does with the few connections that a browser has for all its tabs."""

from playwright.sync_api import BrowserContext, Page, expect

from line_emulator import Emulator
from tests.line_emulator.browser.phone_driver import PhoneDriver

# Nothing brings a page of a headless browser out of view, so the page is told that it is.
SHOW = """(shown) => {
  Object.defineProperty(document, "hidden", { value: !shown, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
COUNT_STREAMS = """
window.streams = [];
window.EventSource = class extends EventSource {
  constructor(url) { super(url); window.streams.push(this); }
};
"""
STATES = "() => window.streams.map((stream) => stream.readyState)"
OPEN, CLOSED = 1, 2
SHORT_PATIENCE = """
const limit = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (ms) => limit(Math.min(ms, window.patience ?? ms));
"""


def test_a_page_out_of_view_lets_go_of_its_stream_and_catches_up_later(page: Page, emulator: Emulator) -> None:
    page.add_init_script(COUNT_STREAMS)
    hands = PhoneDriver(page).open(emulator.url)
    user = next(iter(emulator.platform.world.users))
    page.wait_for_function("() => window.streams[0]?.readyState === 1")
    page.evaluate(SHOW, False)
    assert page.evaluate(STATES) == [CLOSED]
    emulator.says(user, "見ていない間")
    expect(hands.thread.get_by_text("見ていない間", exact=True)).to_have_count(0)
    page.evaluate(SHOW, True)
    hands.sees("見ていない間")
    page.wait_for_function("() => window.streams[1]?.readyState === 1")
    emulator.says(user, "見ている間")
    hands.sees("見ている間")
    assert page.evaluate(STATES) == [CLOSED, OPEN]
    page.close()


def test_a_line_that_is_back_takes_nobody_away_from_what_is_read(page: Page, emulator: Emulator) -> None:
    page.add_init_script(COUNT_STREAMS)
    user = next(iter(emulator.platform.world.users))
    for number in range(12):
        emulator.says(user, f"{number}番目の質問")
    hands = PhoneDriver(page).open(emulator.url)
    hands.sees("「11番目の質問」ですね。")
    page.wait_for_function("() => window.streams[0]?.readyState === 1")
    hands.thread.evaluate("(node) => { node.scrollTop = 0; }")
    page.evaluate(SHOW, False)
    page.evaluate(SHOW, True)
    page.wait_for_function("() => window.streams[1]?.readyState === 1")
    emulator.says(user, "もう一つ")
    expect(hands.thread.get_by_text("「もう一つ」ですね。", exact=True)).to_be_attached()
    expect(hands.phone.get_by_role("button", name="新しいメッセージ")).to_be_visible()
    assert hands.thread.evaluate("(node) => node.scrollTop") == 0
    page.close()


def test_eight_tabs_can_be_used_one_after_another(context: BrowserContext, emulator: Emulator) -> None:
    for number in range(8):
        hands = PhoneDriver(context.new_page()).open(emulator.url)
        hands.say(f"{number}枚目")
        hands.sees(f"{number}枚目")
        hands.page.evaluate(SHOW, False)
    context.close()


def test_a_request_without_an_answer_ends_with_a_notice(page: Page, emulator: Emulator) -> None:
    page.add_init_script(SHORT_PATIENCE)
    hands = PhoneDriver(page).open(emulator.url)
    page.route("**/_/send", lambda _route: None)  # never answered, as with no connection left
    page.evaluate("() => { window.patience = 300; }")
    hands.say("届かない")
    hands.is_told("エミュレーターから時間内に応答がありません。")
    expect(hands.box).to_have_value("届かない")
    page.close()
