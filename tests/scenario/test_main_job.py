"""The main job, through the real processes: follow, ask, be checked, be handed to the form."""

import time
from datetime import timedelta
from typing import Any

import pytest

from bot.runtime.clock import today_in_japan
from tests.scenario.person import Person, text_of
from tests.scenario.processes import RunningBot

FORM = "https://linegov.com/application/plan-form.php"


def test_from_follow_to_the_application_form_by_buttons_and_by_typing(bot: RunningBot) -> None:
    staff = Person(bot, friend=False)
    assert "地方公共団体プラン" in staff.follows()
    assert "上限なく無料" in staff.says("料金はいくらですか")
    assert "どちらの団体" in staff.taps("申込前チェック")
    assert "広島県府中市" in staff.says("ふちゅう")
    assert "お持ちですか" in staff.taps("広島県府中市")
    assert "すでに使っていますか" in staff.says("はい、あります！")
    interrupted = staff.says("何営業日で適用されますか？", count=2)
    assert "3~5営業日" in interrupted.replace("〜", "~")
    assert "すでに使っていますか" in interrupted
    assert "お申込みになるのは" in staff.taps("使っていない")
    assert "アカウント名を教えて" in staff.taps("団体の職員")
    assert "使えない名前" in staff.says("府中市公式LINE")
    assert "認証済アカウント" in staff.taps("府中市")
    assert "料金プランはどれ" in staff.taps("認証済み")
    assert "メールアドレス" in staff.says("コミュニケーションプランです")
    assert "いつごろ" in staff.says("kouhou@city.fuchu.hiroshima.jp")
    review = staff.taps("日付を選ぶ", date=(today_in_japan() + timedelta(days=60)).isoformat())
    assert "回答をご確認ください" in review
    assert "city.fuchu.hiroshima.jp" in review
    assert "kouhou" not in review
    verdict = staff.taps("この内容で判定する")
    assert "条件がそろっています" in verdict
    assert f"{FORM}?openExternalBrowser=1" in verdict
    assert "申込先をコピー" in staff.buttons


def test_every_answer_can_be_changed_before_the_verdict(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    staff.says("横浜市")
    for answer in (
        "あります",
        "使っていません",
        "職員",
        "横浜市",
        "認証済み",
        "コミュニケーション",
        "lg.jp",
        "まだ決めていない",
    ):
        said = staff.says(answer)
    assert "回答をご確認ください" in said
    bot.emulator.postback(staff.id, _data(bot, staff, "申込者を変更"))
    assert "お申込みになるのは" in staff.reads()
    assert "回答をご確認ください" in staff.says("代理店です")
    verdict = staff.says("はい")
    assert "先に整えることがあります" in verdict
    assert "代理店などを通じた申し込みは認められていません" in verdict


def _data(bot: RunningBot, staff: Person, display: str) -> str:
    """The postback data of the newest button that says this when tapped."""
    found = [data for entry in bot.emulator.seen(staff.id) for data in _postbacks(entry.message, display)]
    return found[-1]


def _postbacks(part: Any, display: str) -> list[str]:
    if isinstance(part, list):
        return [data for item in part for data in _postbacks(item, display)]
    if not isinstance(part, dict):
        return []
    own = [part["data"]] if part.get("type") == "postback" and part.get("displayText") == display else []
    return own + [data for value in part.values() for data in _postbacks(value, display)]


def test_body_that_can_never_have_the_plan_gets_its_verdict_at_once(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    verdict = staff.says("横浜市西区")
    assert "プランの対象外です" in verdict
    assert "パートナーを見る" in staff.buttons


def test_conversation_is_left_and_resumed_at_the_same_question(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    staff.says("箱根町")
    assert "中断しました" in staff.says("やめる")
    assert "営業日" in staff.says("審査は何日かかる？")
    assert "お持ちですか" in staff.says("続ける")
    assert "どちらの団体" in staff.says("戻る")
    assert "どちらの団体" in staff.says("最初から")


def test_old_buttons_are_recognised(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    staff.says("箱根町")
    old = _data(bot, staff, "はい、あります")
    staff.says("あります")
    bot.emulator.postback(staff.id, old)
    assert "すでに使っていますか" in staff.reads(), "a double tap only shows where one is"
    staff.says("最初から")
    bot.emulator.postback(staff.id, old)
    assert "以前の会話のボタンです" in staff.reads()


def test_blocking_erases_the_conversation(bot: RunningBot) -> None:
    staff = Person(bot, friend=False)
    staff.follows()
    staff.says("申込前チェック")
    staff.says("箱根町")
    bot.emulator.phone.unfollow(staff.id)
    staff.follows()
    assert "途中のご用件はありません" in staff.says("続ける")


def test_data_is_erased_when_asked(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    staff.says("箱根町")
    assert "データを削除しました" in staff.says("データ削除")
    assert "途中のご用件はありません" in staff.says("続ける")


@pytest.mark.parametrize("kind", ["sticker", "image", "video", "audio", "file", "location"])
def test_other_messages_get_a_kind_way_back(bot: RunningBot, kind: str) -> None:
    staff = Person(bot)
    phone = bot.emulator.phone
    if kind == "sticker":
        phone.sticker(staff.id)
    elif kind == "location":
        phone.location(staff.id)
    else:
        phone.sends(staff.id, {"type": kind})
    staff.reads()
    assert "メニュー" in staff.buttons


def test_unknown_and_silent_events_are_taken_without_a_word(bot: RunningBot) -> None:
    staff = Person(bot)
    for kind in ("brandNew", "videoPlayComplete", "beacon", "membership"):
        staff.until_taken(bot.emulator.raw(staff.id, {"type": kind}).delivery)
    assert "メニュー" in staff.says("メニュー")
    assert len(bot.emulator.answers(staff.id)) == 1


def test_group_hears_an_introduction_and_answers_only_when_mentioned(bot: RunningBot) -> None:
    line = bot.emulator
    staff = Person(bot)
    group = line.new_group("広報担当", [staff.id])
    assert "1対1" in text_of(line.wait_for(staff.id, chat=group, timeout=60))
    line.says(staff.id, "料金はいくらですか", chat=group)
    line.says(staff.id, "料金はいくらですか", chat=group, mention_bot=True)
    assert "上限なく無料" in text_of(line.wait_for(staff.id, chat=group, timeout=60))


def test_events_of_one_user_are_answered_in_order(bot: RunningBot) -> None:
    staff = Person(bot)
    with bot.emulator.one_request():
        for text in ("申込前チェック", "箱根町", "あります", "使っていない"):
            bot.emulator.says(staff.id, text)
    deadline = time.monotonic() + 60
    while len(answers := [e for e in bot.emulator.seen(staff.id) if e.by == "bot"]) < 4:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    asked = ["どちらの団体", "お持ちですか", "すでに使っていますか", "お申込みになるのは"]
    assert [question in text_of([answer]) for question, answer in zip(asked, answers, strict=True)] == [True] * 4


def test_event_delivered_twice_takes_effect_once(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    before = len(bot.emulator.seen(staff.id))
    bot.emulator.redeliver_last(staff.id)
    bot.emulator.deliver_twice(staff.id)
    assert "お持ちですか" in staff.says("箱根町")
    assert len(bot.emulator.seen(staff.id)) == before + 2


def test_logs_hold_no_text_name_or_line_id(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("秘密の質問です、山田太郎といいます")
    logs = bot.logs()
    assert "turn done" in logs
    for secret in ("秘密", "山田", staff.id, bot.environment["LINE_CHANNEL_SECRET"], bot.environment["SECRET_KEY"]):
        assert secret not in logs
