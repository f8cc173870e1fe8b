"""What the panel shows of the platform."""

import re

import pytest
from playwright.sync_api import expect

from line_emulator import Emulator
from tests.line_emulator.browser.phone_driver import PhoneDriver
from tests.line_emulator.browser.scripted_bot import ScriptedBot


def test_the_last_webhook_is_shown_with_its_body_and_signature(hands: PhoneDriver, emulator: Emulator) -> None:
    hands.say("料金")
    newest = hands.tab("Webhook").get_by_role("listitem").first
    expect(newest).to_contain_text("message / text")
    expect(newest.get_by_role("region", name="Webhook の本文")).to_contain_text('"text": "料金"')
    expect(newest).to_contain_text(emulator.deliveries[-1].signature)
    expect(newest.get_by_text("受理")).to_be_visible()


def test_only_the_newest_webhook_stands_open(hands: PhoneDriver) -> None:
    hands.say("一つ目")
    hands.sees("「一つ目」ですね。")
    expect(hands.record("Webhook", "一つ目")).to_be_visible()
    hands.say("二つ目")
    sheet = hands.tab("Webhook")
    expect(sheet.get_by_role("listitem").first.get_by_role("region")).to_contain_text("二つ目")
    expect(sheet.locator("details[open]")).to_have_count(1)


def test_an_api_call_is_shown_with_what_was_asked_and_answered(hands: PhoneDriver) -> None:
    hands.say("こんにちは")
    record = hands.record("API", "「こんにちは」ですね。")
    expect(record).to_contain_text("POST /v2/bot/message/reply")
    record.locator("summary").click()
    expect(record.get_by_text("受理")).to_be_visible()
    expect(record.get_by_role("region", name="要求の本文")).to_contain_text("「こんにちは」ですね。")
    expect(record.get_by_role("region", name="応答の本文")).to_contain_text("sentMessages")


def test_a_refused_call_says_why(hands: PhoneDriver) -> None:
    hands.say("悪い")
    expect(hands.panel.get_by_role("tab", name=re.compile("API.*1"))).to_be_visible()
    record = hands.record("API", "拒否")
    record.locator("summary").click()
    expect(record.get_by_text("拒否")).to_be_visible()
    expect(record.get_by_role("list", name="理由")).to_contain_text("text")


def test_a_webhook_that_failed_is_marked(hands: PhoneDriver) -> None:
    hands.tab("スイッチ").get_by_role("button", name="検証（Verify）").click()
    newest = hands.tab("Webhook").get_by_role("listitem").first
    expect(newest).to_contain_text("空の通知（Verify）")


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ({"type": None}, "種類のないイベント"),
        ({"type": "message", "message": {"type": ["a"]}}, "message"),
        ({"type": "message", "message": 5}, "message"),
    ],
    ids=str,
)
def test_an_odd_event_is_not_taken_for_the_verify_button(
    hands: PhoneDriver, emulator: Emulator, event: dict[str, object], name: str
) -> None:
    emulator.raw(next(iter(emulator.platform.world.users)), {**event, "replyToken": None})
    newest = hands.tab("Webhook").get_by_role("listitem").first
    expect(newest.locator(".record-name")).to_have_text(name)


def test_the_session_is_what_the_bot_tells_of_the_phone_in_use(hands: PhoneDriver) -> None:
    hands.say("こんにちは")
    hands.sees("「こんにちは」ですね。")
    expect(hands.tab("セッション")).to_contain_text('"turns": 2')


def test_the_panel_can_be_put_away(hands: PhoneDriver) -> None:
    button = hands.page.get_by_role("button", name="プラットフォーム")
    button.click()
    expect(hands.panel).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(hands.panel).to_be_visible()


def test_what_one_reads_in_the_panel_keeps_its_place_while_more_arrives(hands: PhoneDriver, bot: ScriptedBot) -> None:
    hands.say("一つ目")
    hands.sees("「一つ目」ですね。")
    record = hands.record("API", "「一つ目」ですね。")
    records = hands.tab("API").get_by_role("listitem")
    record.locator("summary").click()
    record.locator("summary").evaluate("(node) => { node.id = 'mine'; }")
    before = records.count()
    bot.call("/v2/bot/message/validate/push", {"messages": [{"type": "text", "text": "試し"}]})
    expect(records).to_have_count(before + 1)
    expect(hands.page.locator("#mine")).to_be_focused()
    expect(hands.panel.locator("details[open] #mine")).to_be_visible()
