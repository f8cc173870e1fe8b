"""Several users side by side, what is unread, groups."""

from playwright.sync_api import Page, expect

from tests.line_emulator.browser.phone_driver import PhoneDriver, comes_true
from tests.line_emulator.browser.scripted_bot import ScriptedBot


def add_phone(page: Page, name: str) -> PhoneDriver:
    page.get_by_role("button", name="電話を追加").click()
    page.get_by_role("dialog").get_by_label("新しい利用者の名前").fill(name)
    page.get_by_role("dialog").get_by_role("button", name="追加").click()
    expect(page.get_by_role("region", name=f"{name}さんの電話")).to_be_visible()
    return PhoneDriver(page, page.locator(".phone").count() - 1)


def make_group(hands: PhoneDriver) -> None:
    hands.tab("スイッチ").get_by_role("button", name="グループを作る").click()
    hands.answer("作る")
    expect(hands.phone.get_by_role("heading", name="情報政策課")).to_be_visible()


def test_two_users_talk_side_by_side_without_hearing_each_other(hands: PhoneDriver) -> None:
    other = add_phone(hands.page, "佐藤")
    other.sees("友だち追加ありがとうございます。")
    hands.say("一人目")
    other.say("二人目")
    hands.sees("「一人目」ですね。")
    other.sees("「二人目」ですね。")
    expect(hands.thread.get_by_text("二人目")).to_have_count(0)
    expect(other.thread.get_by_text("一人目")).to_have_count(0)


def test_the_phones_stay_when_the_page_is_loaded_again(hands: PhoneDriver) -> None:
    add_phone(hands.page, "佐藤")
    hands.page.reload()
    expect(hands.page.get_by_role("region", name="佐藤さんの電話")).to_be_visible()
    expect(hands.page.locator(".phone")).to_have_count(2)


def test_a_phone_can_be_put_away_and_brought_back(hands: PhoneDriver) -> None:
    add_phone(hands.page, "佐藤")
    hands.page.get_by_role("button", name="この電話を閉じる").last.click()
    expect(hands.page.locator(".phone")).to_have_count(1)
    hands.page.get_by_role("button", name="電話を追加").click()
    hands.dialog.get_by_label("利用者", exact=True).select_option(label="佐藤")
    hands.answer("追加")
    expect(hands.page.get_by_role("region", name="佐藤さんの電話")).to_be_visible()


def test_a_phone_can_be_handed_to_another_user(hands: PhoneDriver) -> None:
    add_phone(hands.page, "佐藤")
    hands.page.get_by_label("この電話の利用者").first.select_option(label="佐藤")
    expect(hands.page.get_by_role("region", name="佐藤さんの電話")).to_have_count(2)


def test_messages_that_come_while_the_list_is_open_are_unread_until_the_chat_is(
    hands: PhoneDriver, bot: ScriptedBot
) -> None:
    hands.say("あとで")
    expect(hands.thread.get_by_text("あとで", exact=True)).to_be_visible()
    hands.phone.get_by_role("button", name="トーク一覧へ").click()
    bot.gate.set()
    row = hands.phone.get_by_role("navigation", name="トーク一覧").get_by_role("button").first
    expect(row).to_contain_text("お知らせです。")
    expect(row.get_by_text("1件の未読")).to_be_attached()
    row.click()
    hands.sees("お知らせです。")
    hands.phone.get_by_role("button", name="トーク一覧へ").click()
    expect(row.get_by_text("件の未読")).to_have_count(0)


def test_in_a_group_the_bot_answers_a_mention_and_hears_the_rest(hands: PhoneDriver, bot: ScriptedBot) -> None:
    make_group(hands)
    hands.say("料金")
    hands.sees("月額0円です。くわしくは https://example.jp/fee へ。")
    hands.phone.get_by_label("アカウントにメンションする").uncheck()
    hands.say("雑談です")
    expect(hands.thread.get_by_text("雑談です")).to_be_visible()
    hands.phone.get_by_role("button", name="トーク一覧へ").click()
    expect(hands.phone.get_by_role("navigation", name="トーク一覧").get_by_role("button")).to_have_count(2)
    chatter = bot.heard(3)[-1]
    assert chatter["source"]["type"] == "group"
    assert "mention" not in chatter["message"]


def test_other_members_and_everyone_are_mentioned(hands: PhoneDriver, bot: ScriptedBot) -> None:
    add_phone(hands.page, "佐藤")
    hands.box.click()
    make_group(hands)
    hands.phone.get_by_label("@佐藤").check()
    hands.phone.get_by_label("@All").check()
    hands.say("料金")
    expect(hands.thread.get_by_text("@All @佐藤").first).to_be_visible()
    mentionees = bot.heard(1)[-1]["message"]["mention"]["mentionees"]
    assert [one["type"] for one in mentionees] == ["all", "user", "user"]
    assert [one.get("isSelf") for one in mentionees] == [None, False, True]


def test_members_of_a_group_see_each_other(hands: PhoneDriver) -> None:
    other = add_phone(hands.page, "佐藤")
    hands.box.click()
    make_group(hands)
    hands.phone.get_by_label("アカウントにメンションする").uncheck()
    hands.say("聞こえますか")
    other.phone.get_by_role("button", name="トーク一覧へ").click()
    row = other.phone.get_by_role("navigation", name="トーク一覧").get_by_role("button", name="情報政策課")
    expect(row).to_contain_text("聞こえますか")  # with the message the row is drawn anew
    row.click()
    other.sees("聞こえますか")
    expect(other.thread.locator(".sender").last).not_to_be_empty()


def test_letters_grow_where_the_message_allows_it(hands: PhoneDriver) -> None:
    hands.say("大きく")
    balloon = hands.thread.get_by_text("「大きく」ですね。")
    before = balloon.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)")
    hands.phone.get_by_role("button", name="この電話の設定").click()
    hands.answer("文字サイズ：特大")
    comes_true(balloon, "(node, size) => parseFloat(getComputedStyle(node).fontSize) > size", before * 1.3)


def test_on_a_small_screen_the_panel_waits_behind_its_button(hands: PhoneDriver) -> None:
    hands.page.set_viewport_size({"width": 390, "height": 780})
    hands.page.reload()
    expect(hands.phone).to_be_visible()
    expect(hands.panel).to_be_hidden()
    hands.page.get_by_role("button", name="プラットフォーム").click()
    expect(hands.panel).to_be_visible()
    expect(hands.phone).to_be_hidden()
    assert hands.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
