"""The chat held by clicks and typing."""

import re

from playwright.sync_api import Page, expect

from tests.line_emulator.browser.phone_driver import PhoneDriver, comes_true
from tests.line_emulator.browser.scripted_bot import ScriptedBot


def test_a_typed_question_is_answered_and_marked_as_read(hands: PhoneDriver) -> None:
    hands.say("こんにちは")
    hands.sees("「こんにちは」ですね。")
    own = hands.thread.get_by_role("article").filter(has_text="こんにちは").first
    expect(own.get_by_text("既読")).to_be_visible()
    expect(own.locator("time")).to_have_text(re.compile(r"^\d{1,2}:\d\d$"))


def test_the_day_stands_over_the_first_message(hands: PhoneDriver) -> None:
    hands.say("おはよう")
    hands.sees("「おはよう」ですね。")
    expect(hands.thread.get_by_text("今日", exact=True)).to_have_count(1)


def test_following_the_account_greets(hands: PhoneDriver) -> None:
    hands.sees("友だち追加ありがとうございます。")


def test_what_a_user_writes_is_never_markup(hands: PhoneDriver) -> None:
    hands.say("記号")
    hands.sees("<b>太字</b> & <script>alert(1)</script>")
    assert hands.thread.locator("b, script").count() == 0


def test_five_thousand_characters_are_sent_whole_and_stay_inside_the_phone(
    hands: PhoneDriver, bot: ScriptedBot
) -> None:
    words = "窓口" * 2500
    hands.say(words)
    hands.sees(f"「{words[:40]}」ですね。")
    assert len(bot.heard(1)[-1]["message"]["text"]) == 5000
    assert hands.thread.evaluate("(node) => node.scrollWidth <= node.clientWidth")


def test_quick_replies_vanish_after_one_is_used(hands: PhoneDriver) -> None:
    hands.say("料金")
    hands.quick.get_by_role("button", name="申込の流れ").click()
    hands.sees("「申込の流れ」ですね。")
    expect(hands.quick).to_be_hidden()


def test_quick_replies_vanish_when_something_else_is_written(hands: PhoneDriver) -> None:
    hands.say("料金")
    expect(hands.quick).to_be_visible()
    hands.say("別のこと")
    expect(hands.quick).to_be_hidden()


def test_a_postback_leaves_its_display_text_and_reaches_the_bot(hands: PhoneDriver) -> None:
    hands.say("選ぶ")
    hands.press("はい")
    hands.sees("はい、認証済みです")
    hands.sees("受付 step=verified&value=yes")


def test_a_message_action_speaks_for_the_user(hands: PhoneDriver) -> None:
    hands.say("選ぶ")
    hands.press("やめる")
    hands.sees("「やめる」ですね。")


def test_a_button_can_open_the_keyboard_with_words_in_it(hands: PhoneDriver) -> None:
    hands.say("選ぶ")
    hands.press("書いて答える")
    expect(hands.box).to_have_value("団体名：")
    expect(hands.box).to_be_focused()


def test_a_date_is_picked_within_its_bounds(hands: PhoneDriver) -> None:
    hands.say("選ぶ")
    hands.press("日付")
    picker = hands.dialog.get_by_label("日付を選択")
    assert [picker.get_attribute(name) for name in ("min", "max")] == ["2026-11-01", "2026-12-31"]
    expect(picker).to_have_value("2026-12-01")
    picker.fill("2026-12-24")
    hands.answer("決定")
    hands.sees('受付 step=date {"date": "2026-12-24"}')


def test_a_date_out_of_bounds_is_not_sent(hands: PhoneDriver, bot: ScriptedBot) -> None:
    hands.say("選ぶ")
    hands.press("日付")
    hands.dialog.get_by_label("日付を選択").fill("2027-01-01")
    hands.answer("決定")
    expect(hands.dialog.get_by_role("alert")).not_to_be_empty()
    hands.answer("キャンセル")
    hands.say("それでは")  # a postback would have gone before it
    hands.sees("「それでは」ですね。")
    assert [event["type"] for event in bot.heard(2)] == ["message", "message"]


def test_a_date_picker_among_the_quick_replies_works_too(hands: PhoneDriver) -> None:
    hands.say("料金")
    hands.quick.get_by_role("button", name="日付").click()
    hands.answer("決定")
    hands.sees('受付 step=date {"date": "2026-12-01"}')


def test_a_copy_button_fills_the_clipboard(hands: PhoneDriver) -> None:
    hands.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hands.say("選ぶ")
    hands.press("コピー")
    hands.is_told("コピーしました")
    assert hands.page.evaluate("navigator.clipboard.readText()") == "https://example.jp/form"


def test_without_a_clipboard_the_text_is_shown_for_copying(hands: PhoneDriver) -> None:
    hands.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); }")
    hands.say("選ぶ")
    hands.press("コピー")
    expect(hands.dialog.get_by_label("コピーする文字")).to_have_value("https://example.jp/form")


def watch_windows(page: Page) -> None:
    page.evaluate(
        "() => { window.opened = []; window.open = (...given) => { window.opened.push(given[0]); return null; }; }"
    )


def test_a_link_button_shows_its_address_and_opens_only_when_confirmed(hands: PhoneDriver) -> None:
    watch_windows(hands.page)
    hands.say("選ぶ")
    link = hands.thread.get_by_role("link", name="フォーム")
    link.click()
    expect(hands.dialog).to_contain_text("https://example.jp/form?a=1")
    hands.answer("キャンセル")
    assert hands.page.evaluate("opened") == []
    link.click()
    hands.answer("開く")
    hands.page.wait_for_function("opened.length > 0")
    assert hands.page.evaluate("opened") == ["https://example.jp/form?a=1"]


def test_an_address_in_a_text_is_a_link_that_asks_first(hands: PhoneDriver) -> None:
    watch_windows(hands.page)
    hands.say("料金")
    hands.thread.get_by_role("link", name="https://example.jp/fee").click()
    hands.answer("開く")
    hands.page.wait_for_function("opened.length > 0")
    assert hands.page.evaluate("opened") == ["https://example.jp/fee"]


def test_a_carousel_stands_side_by_side_and_each_card_answers(hands: PhoneDriver) -> None:
    hands.say("候補")
    cards = hands.thread.locator(".fx-bubble")
    expect(cards).to_have_count(3)
    # all at one moment: the thread may still be moving to its end
    tops = cards.evaluate_all("(nodes) => nodes.map((node) => node.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    hands.press("候補2を選ぶ")
    hands.sees("「候補2を選ぶ」ですね。")


def test_a_flex_message_is_named_by_its_alt_text(hands: PhoneDriver) -> None:
    hands.say("候補")
    expect(hands.thread.get_by_role("group", name="候補は3つです")).to_be_visible()


def test_stickers_pictures_and_places_are_sent(hands: PhoneDriver) -> None:
    hands.phone.get_by_role("button", name="スタンプを送る").click()
    hands.phone.get_by_role("button", name="スタンプ 了解").click()
    hands.sees("sticker を受け取りました。")
    hands.phone.get_by_role("button", name="写真や位置情報などを送る").click()
    hands.phone.get_by_role("button", name="写真", exact=True).click()
    hands.answer("送信")
    hands.sees("image を受け取りました。")
    expect(hands.thread.get_by_role("img", name="写真")).to_have_js_property("naturalWidth", 640)
    hands.phone.get_by_role("button", name="写真や位置情報などを送る").click()
    hands.phone.get_by_role("button", name="位置情報", exact=True).click()
    hands.answer("横浜駅")
    hands.sees("location を受け取りました。")


def test_line_emoji_is_sent_with_its_place_and_drawn_as_a_face(hands: PhoneDriver, bot: ScriptedBot) -> None:
    hands.box.fill("こんにちは")
    hands.phone.get_by_role("button", name="スタンプを送る").click()
    hands.phone.get_by_role("button", name="LINE絵文字 ラブ").click()
    expect(hands.box).to_have_value("こんにちは(love)")
    hands.phone.get_by_role("button", name="送信", exact=True).click()
    expect(hands.phone.get_by_role("log").get_by_role("img", name="LINE絵文字")).to_be_visible()
    message = bot.heard(1)[-1]["message"]
    assert message["text"] == "こんにちは(love)"
    assert [(one["index"], one["length"]) for one in message["emojis"]] == [(5, 6)]


def test_video_voice_and_files_are_sent(hands: PhoneDriver) -> None:
    for label, kind in (("動画", "video"), ("音声", "audio"), ("ファイル", "file")):
        hands.phone.get_by_role("button", name="写真や位置情報などを送る").click()
        hands.phone.get_by_role("button", name=label, exact=True).click()
        hands.sees(f"{kind} を受け取りました。")


def test_a_place_and_a_picture_can_be_asked_for_by_quick_reply(hands: PhoneDriver) -> None:
    hands.say("場所")
    hands.quick.get_by_role("button", name="場所を送る").click()
    hands.answer("東京駅")
    hands.sees("location を受け取りました。")
    hands.say("場所")
    hands.quick.get_by_role("button", name="撮る").click()
    hands.answer("送信")
    hands.sees("image を受け取りました。")


def test_the_typing_mark_stands_until_the_answer_is_there(hands: PhoneDriver, bot: ScriptedBot) -> None:
    hands.say("待って")
    typing = hands.thread.get_by_text("返信を準備しています")
    expect(typing).to_be_attached()
    expect(hands.thread.locator(".typing")).to_be_visible()
    bot.gate.set()
    hands.sees("お待たせしました。")
    expect(hands.thread.locator(".typing")).to_be_hidden()


def test_an_unsent_message_disappears_from_the_chat(hands: PhoneDriver, bot: ScriptedBot) -> None:
    hands.say("うっかり")
    hands.sees("「うっかり」ですね。")
    own = hands.thread.get_by_role("article").filter(has_text="うっかり").first
    expect(own.get_by_text("既読")).to_be_visible()  # with this mark it is drawn anew, under the hand perhaps
    own.hover()
    own.get_by_role("button", name="メッセージの操作").click()
    hands.answer("送信を取り消す")
    hands.sees("メッセージの送信を取り消しました")
    expect(hands.thread.get_by_text("うっかり", exact=True)).to_have_count(0)
    assert bot.heard(2)[-1]["type"] == "unsend"


def talk_for_long(hands: PhoneDriver) -> None:
    for number in range(10):
        hands.say(f"{number}番目の質問")
        hands.sees(f"「{number}番目の質問」ですね。")


AT_END = "(node) => node.scrollHeight - node.scrollTop - node.clientHeight < 4"


def test_the_view_follows_new_messages(hands: PhoneDriver) -> None:
    talk_for_long(hands)
    comes_true(hands.thread, AT_END)


def test_new_messages_do_not_pull_away_whoever_reads_further_up(hands: PhoneDriver, bot: ScriptedBot) -> None:
    talk_for_long(hands)
    hands.say("あとで")
    hands.sees("あとで")
    hands.thread.evaluate("(node) => { node.scrollTop = 0; }")
    bot.gate.set()
    newer = hands.phone.get_by_role("button", name="新しいメッセージ")
    expect(newer).to_be_visible()
    assert hands.thread.evaluate("(node) => node.scrollTop") == 0
    newer.click()
    comes_true(hands.thread, AT_END)
    expect(newer).to_be_hidden()


def test_a_message_is_answered_with_a_quote_of_it(hands: PhoneDriver, bot: ScriptedBot) -> None:
    hands.sees("友だち追加ありがとうございます。")
    greeting = hands.thread.get_by_role("article").first
    greeting.hover()
    greeting.get_by_role("button", name="メッセージの操作").click()
    hands.answer("リプライ")
    expect(hands.phone.locator(".quote-bar")).to_contain_text("友だち追加ありがとうございます。")
    hands.say("こちらこそ")
    hands.sees("「こちらこそ」ですね。")
    quoted = hands.thread.get_by_role("article").filter(has_text="こちらこそ").first.locator("blockquote")
    expect(quoted).to_have_text("友だち追加ありがとうございます。")
    assert bot.heard(1)[-1]["message"]["quotedMessageId"] == greeting.get_attribute("data-entry")
    expect(hands.phone.locator(".quote-bar")).to_be_hidden()
