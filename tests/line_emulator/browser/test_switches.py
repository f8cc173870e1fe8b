"""Each switch of the panel, worked by hand, and what it does to the bot."""

import time

import pytest
from playwright.sync_api import Locator, expect

from line_emulator import Emulator
from tests.eventually import PATIENCE
from tests.line_emulator.browser.phone_driver import PhoneDriver
from tests.line_emulator.browser.scripted_bot import ScriptedBot


@pytest.fixture
def sheet(hands: PhoneDriver) -> Locator:
    return hands.tab("スイッチ")


def choose(sheet: Locator, label: str, choice: str) -> None:
    sheet.get_by_label(label, exact=True).select_option(label=choice)


def settled(emulator: Emulator, hands: PhoneDriver, **wanted: object) -> None:
    """The platform has taken the switch, soon."""
    name, value = next(iter(wanted.items()))
    until = time.monotonic() + PATIENCE
    while getattr(emulator.platform.control.now, name) != value:
        assert time.monotonic() < until, emulator.platform.control.now
        hands.page.wait_for_timeout(20)


ON_OFF = {
    "失敗したイベントを再送する": "redelivery",
    "すべて同時に2通届ける": "twice",
    "スタンバイ（応答権なし）": "standby",
    "Webhookを送らない": "webhook_off",
    "回数制限（429）": "rate_limited",
    "統計などに仮の値で応じる": "stubs",
}
CHOICES: dict[str, tuple[str, str, object]] = {
    "順序の入れ替え": ("3件ごと", "reorder", 3),
    "応答を遅らせる": ("3秒", "slow", 3),
    "エラーを返す": ("503", "failing", 503),
    "エラーの回数": ("3回", "failing_count", 3),
    "接続を切る": ("処理の後", "drop", "after"),
    "切断の回数": ("1回", "drop_count", 1),
    "送信を400で断る": ("2回目", "refuse_message", 2),
    "何回かに1回、400で断る": ("5回に1回", "refuse_every", 5),
    "月間の上限（プッシュ）": ("5通", "monthly_limit", 5),
    "応答トークンの寿命": ("10秒", "token_life", 10),
}


def test_each_switch_goes_on_and_off(hands: PhoneDriver, emulator: Emulator, sheet: Locator) -> None:
    for label, name in ON_OFF.items():
        switch = sheet.get_by_role("switch", name=label)
        expect(switch).not_to_be_checked()
        switch.check()
        settled(emulator, hands, **{name: True})
        switch.uncheck()
        settled(emulator, hands, **{name: False})


def test_each_choice_reaches_the_platform_and_stays_shown(
    hands: PhoneDriver, emulator: Emulator, sheet: Locator
) -> None:
    for label, (choice, name, value) in CHOICES.items():
        choose(sheet, label, choice)
        settled(emulator, hands, **{name: value})
    hands.page.reload()
    hands.tab("スイッチ")
    for label, (choice, _name, _value) in CHOICES.items():
        expect(sheet.get_by_label(label, exact=True).locator("option:checked")).to_have_text(choice)


LISTS = {"slow_for"}  # ids of people, for tests: nobody types them by hand


def test_every_switch_of_the_platform_is_on_the_panel(emulator: Emulator) -> None:
    worked = {*ON_OFF.values(), *(name for _choice, name, _value in CHOICES.values())}
    assert worked | LISTS == set(type(emulator.platform.control.now).model_fields)


def test_a_switch_set_elsewhere_is_shown_here(bot: ScriptedBot, sheet: Locator) -> None:
    bot.call("/_/control", {"slow": 7})
    expect(sheet.get_by_label("応答を遅らせる")).to_have_value("7")


def test_tab_counts_the_switches_that_are_not_as_usual(hands: PhoneDriver, bot: ScriptedBot, sheet: Locator) -> None:
    tab = hands.panel.get_by_role("tab", name="スイッチ")
    expect(sheet.get_by_label("応答を遅らせる")).to_have_value("0")
    expect(tab).to_have_text("スイッチ")  # an empty list of people is no switch
    bot.call("/_/control", {"slow": 7, "slow_for": ["U" + "0" * 32]})
    expect(tab).to_have_text("スイッチ2")
    bot.call("/_/control", {"slow": 0, "slow_for": []})
    expect(tab).to_have_text("スイッチ")


def test_the_last_event_is_redelivered(hands: PhoneDriver, bot: ScriptedBot, sheet: Locator) -> None:
    hands.say("もう一度")
    hands.sees("「もう一度」ですね。")
    sheet.get_by_role("button", name="最後のイベントを再送").click()
    hands.is_told("届けました")
    first, again = bot.heard(2)
    assert again["deliveryContext"] == {"isRedelivery": True}
    assert again["webhookEventId"] == first["webhookEventId"]
    expect(hands.tab("Webhook").get_by_text("再送", exact=True)).to_be_visible()


def test_the_last_event_is_delivered_twice_at_once(hands: PhoneDriver, bot: ScriptedBot, sheet: Locator) -> None:
    hands.say("二度")
    hands.sees("「二度」ですね。")
    sheet.get_by_role("button", name="同時に2通届ける").click()
    hands.is_told("届けました")
    assert [event["message"]["text"] for event in bot.heard(3)] == ["二度"] * 3


def test_every_event_comes_twice_while_that_switch_is_on(
    hands: PhoneDriver, emulator: Emulator, bot: ScriptedBot, sheet: Locator
) -> None:
    sheet.get_by_role("switch", name="すべて同時に2通届ける").check()
    settled(emulator, hands, twice=True)
    hands.say("重ねて")
    hands.sees("「重ねて」ですね。")
    assert [event["message"]["text"] for event in bot.heard(2)] == ["重ねて"] * 2


def test_events_arrive_in_reverse_order(
    hands: PhoneDriver, emulator: Emulator, bot: ScriptedBot, sheet: Locator
) -> None:
    choose(sheet, "順序の入れ替え", "2件ごと")
    settled(emulator, hands, reorder=2)
    hands.say("先")
    expect(sheet.get_by_role("button", name="保留分を届ける")).to_contain_text("1件")
    assert len(bot.events) == 1
    hands.say("後")
    hands.sees("「先」ですね。")
    assert [event["message"]["text"] for event in bot.heard(2)] == ["後", "先"]


def test_held_events_can_be_released(hands: PhoneDriver, emulator: Emulator, sheet: Locator) -> None:
    choose(sheet, "順序の入れ替え", "5件ごと")
    settled(emulator, hands, reorder=5)
    hands.say("待つ")
    expect(sheet.get_by_role("button", name="保留分を届ける")).to_contain_text("1件")
    sheet.get_by_role("button", name="保留分を届ける").click()
    hands.sees("「待つ」ですね。")


def test_a_failed_event_is_delivered_again(
    hands: PhoneDriver, emulator: Emulator, bot: ScriptedBot, sheet: Locator
) -> None:
    sheet.get_by_role("switch", name="失敗したイベントを再送する").check()
    settled(emulator, hands, redelivery=True)
    bot.status = 503
    hands.say("届くまで")
    expect(hands.tab("Webhook").get_by_text("エラー応答").first).to_be_visible()
    bot.status = 200
    hands.sees("「届くまで」ですね。")


def test_in_standby_the_bot_has_no_reply_token(
    hands: PhoneDriver, emulator: Emulator, bot: ScriptedBot, sheet: Locator
) -> None:
    sheet.get_by_role("switch", name="スタンバイ（応答権なし）").check()
    settled(emulator, hands, standby=True)
    hands.say("控え")
    event = bot.heard(1)[-1]
    assert event["mode"] == "standby"
    assert "replyToken" not in event


def test_blocking_silences_the_phone_and_unblocking_brings_it_back(
    hands: PhoneDriver, bot: ScriptedBot, sheet: Locator
) -> None:
    sheet.get_by_role("button", name="ブロック", exact=True).click()
    expect(hands.phone.get_by_text("このアカウントをブロックしています。")).to_be_visible()
    expect(hands.box).to_be_disabled()
    assert bot.heard(1)[-1]["type"] == "unfollow"
    sheet.get_by_role("button", name="ブロックを解除").click()
    expect(hands.box).to_be_enabled()
    assert bot.heard(2)[-1]["type"] == "follow"


def test_the_phone_itself_can_block_and_unblock(hands: PhoneDriver) -> None:
    hands.phone.get_by_role("button", name="この電話の設定").click()
    hands.answer("ブロックする")
    hands.phone.get_by_role("button", name="ブロックを解除").click()
    expect(hands.box).to_be_enabled()


def test_the_last_message_is_unsent(hands: PhoneDriver, bot: ScriptedBot, sheet: Locator) -> None:
    hands.say("取り消したい")
    hands.sees("「取り消したい」ですね。")
    sheet.get_by_role("button", name="直前の送信を取り消す").click()
    hands.sees("メッセージの送信を取り消しました")
    assert bot.heard(2)[-1]["type"] == "unsend"


def test_the_bot_leaves_a_group_and_joins_again(hands: PhoneDriver, bot: ScriptedBot, sheet: Locator) -> None:
    sheet.get_by_role("button", name="グループを作る").click()
    hands.answer("作る")
    expect(hands.phone.get_by_role("heading", name="情報政策課")).to_be_visible()
    sheet.get_by_role("button", name="アカウントを招待・退出").click()
    expect(hands.thread.get_by_text("アカウントがトークから退出しました")).to_be_visible()
    assert bot.heard(2)[-1]["type"] == "leave"  # shown before it is told
    sheet.get_by_role("button", name="アカウントを招待・退出").click()
    expect(hands.thread.get_by_text("アカウントがトークに参加しました")).to_have_count(2)
    assert [event["type"] for event in bot.heard(3)] == ["join", "leave", "join"]


def test_an_expired_token_is_refused(hands: PhoneDriver, bot: ScriptedBot, sheet: Locator) -> None:
    hands.say("待って")
    expect(hands.thread.locator(".typing")).to_be_visible()
    with hands.page.expect_response("**/_/do"):
        sheet.get_by_role("button", name="応答トークンを失効させる").click()
    bot.gate.set()
    newest = hands.tab("API").get_by_role("listitem").first
    expect(newest).to_contain_text("拒否")
    expect(newest).to_contain_text("/v2/bot/message/reply")


def test_a_slow_api_makes_the_answer_wait(hands: PhoneDriver, emulator: Emulator, sheet: Locator) -> None:
    choose(sheet, "応答を遅らせる", "1秒")
    settled(emulator, hands, slow=1)
    hands.say("のんびり")
    hands.sees("「のんびり」ですね。")
    expect(hands.record("API", "「のんびり」ですね。")).to_be_visible()  # shown in the chat before it is recorded
    assert emulator.calls[-1].ms >= 990


@pytest.mark.parametrize(("label", "choice"), [("エラーを返す", "500"), ("接続を切る", "処理の前")])
def test_a_failing_api_gives_no_answer_and_says_it_was_a_switch(
    hands: PhoneDriver, sheet: Locator, label: str, choice: str
) -> None:
    with hands.page.expect_response("**/_/control"):
        choose(sheet, label, choice)
    hands.say("届かない")
    expect(hands.tab("API").get_by_role("listitem").first).to_contain_text("障害")
    expect(hands.thread.get_by_text("「届かない」ですね。")).to_have_count(0)


def test_a_connection_cut_after_acting_still_shows_the_message(
    hands: PhoneDriver, emulator: Emulator, sheet: Locator
) -> None:
    choose(sheet, "接続を切る", "処理の後")
    settled(emulator, hands, drop="after")
    hands.say("届いた")
    hands.sees("「届いた」ですね。")
    expect(hands.tab("API").get_by_role("listitem").first).to_contain_text("障害")


def test_a_monthly_limit_of_nothing_stops_a_push(
    hands: PhoneDriver, emulator: Emulator, bot: ScriptedBot, sheet: Locator
) -> None:
    choose(sheet, "月間の上限（プッシュ）", "0通")
    settled(emulator, hands, monthly_limit=0)
    bot.gate.set()
    hands.say("あとで")
    expect(hands.tab("API").get_by_role("listitem").first).to_contain_text("429")


def test_records_and_chats_are_cleared(hands: PhoneDriver, sheet: Locator) -> None:
    hands.say("忘れて")
    hands.sees("「忘れて」ですね。")
    expect(hands.record("Webhook", "忘れて")).to_be_visible()  # what is recorded later would not be cleared
    hands.tab("スイッチ")
    sheet.get_by_role("button", name="記録", exact=True).click()
    expect(hands.tab("Webhook").get_by_text("まだ何も届けていません。")).to_be_visible()
    hands.tab("スイッチ").get_by_role("button", name="トーク", exact=True).click()
    expect(hands.thread.get_by_role("article")).to_have_count(0)


def test_clearing_everything_resets_the_switches(hands: PhoneDriver, emulator: Emulator, sheet: Locator) -> None:
    choose(sheet, "応答を遅らせる", "3秒")
    settled(emulator, hands, slow=3)
    sheet.get_by_role("button", name="すべて", exact=True).click()
    settled(emulator, hands, slow=0)
    expect(sheet.get_by_label("応答を遅らせる").locator("option:checked")).to_have_text("しない")


def test_time_moves_on_by_hand(emulator: Emulator, sheet: Locator) -> None:
    told: list[int] = []
    emulator.platform.on_advance = told.append
    before = emulator.platform.clock.ms()
    sheet.get_by_role("button", name="1日進める").click()
    expect(sheet.get_by_text("LINEの時刻")).not_to_contain_text("今日")
    assert told[0] >= before + 86_400_000
    sheet.get_by_role("button", name="次の朝9時31分まで").click()
    expect(sheet.get_by_text("LINEの時刻")).to_contain_text("09:31:")
    assert len(told) == 2
