from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from bot.commands.chat import command
from line_emulator import Emulator
from tests.line_emulator.small_bot import SECRET, TOKEN, Json, LineClient, SmallBot, text

YES: Json = {"type": "postback", "label": "はい", "data": "a=yes", "displayText": "はい"}
DATE: Json = {"type": "datetimepicker", "label": "日付を選ぶ", "data": "d", "mode": "date", "min": "2026-04-01"}
FORM: Json = {"type": "uri", "label": "申込フォーム", "uri": "https://example.com/form"}
MESSAGE: Json = {"type": "message", "label": "料金", "text": "料金は?"}


def answers(event: Json) -> list[Json]:
    """Follows with a question, and says what it understood."""
    if event["type"] == "follow":
        buttons = [{"type": "button", "action": action} for action in (YES, DATE, FORM)]
        body = {"type": "box", "layout": "vertical", "contents": [text("アカウントはありますか"), *buttons]}
        items = [{"type": "action", "action": MESSAGE}]
        bubble = {"type": "bubble", "body": body}
        return [{"type": "flex", "altText": "質問", "contents": bubble, "quickReply": {"items": items}}]
    if event["type"] == "postback":
        return [text(f"受け取り: {event['postback']}")]
    return [text(f"聞きました: {event['message']['text']}")]


@pytest.fixture
def bot() -> Iterator[SmallBot]:
    small = SmallBot()
    small.answers = answers
    yield small
    small.close()


@pytest.fixture
def emulator(bot: SmallBot) -> Iterator[Emulator]:
    with Emulator(bot.url, SECRET, token=TOKEN, bot_name="窓口", strict=True) as platform:
        bot.line = LineClient(platform.url)
        yield platform


def chat(emulator: Emulator, *lines: str, patience: str = "10") -> Result:
    arguments = ["--url", emulator.url, "--name", "山田", "--patience", patience]
    return CliRunner().invoke(command, arguments, input="".join(f"{line}\n" for line in lines))


def test_the_bot_is_read_and_its_buttons_are_numbered(emulator: Emulator) -> None:
    result = chat(emulator, "/quit", "never read")
    assert result.exit_code == 0
    assert (
        "窓口：\nアカウントはありますか\n  [1] はい\n  [2] 日付を選ぶ\n  [3] 申込フォーム\n  [4] 料金\n"
        in result.output
    )
    assert "never read" not in result.output


def test_a_number_taps_and_words_are_said(emulator: Emulator, bot: SmallBot) -> None:
    result = chat(emulator, "1", "こんにちは", "99")
    assert [event["type"] for event in bot.events] == ["follow", "postback", "message", "message"]
    assert bot.events[1]["postback"] == {"data": "a=yes"}
    assert "聞きました: こんにちは" in result.output
    assert "聞きました: 99" in result.output


def test_a_quick_reply_has_a_number_too(emulator: Emulator, bot: SmallBot) -> None:
    chat(emulator, "4")
    assert bot.events[-1]["message"]["text"] == "料金は?"


def test_a_date_is_asked_for_and_refused_where_the_picker_would_not_offer_it(emulator: Emulator, bot: SmallBot) -> None:
    result = chat(emulator, "2", "2026-03-31", "2", "2026-04-01")
    assert "日付（例 2026-11-22）を入力してください。" in result.output
    assert "（できません：" in result.output
    assert bot.events[-1]["postback"]["params"] == {"date": "2026-04-01"}
    assert len(bot.events) == 2


def test_a_link_is_printed(emulator: Emulator) -> None:
    assert "申込フォーム：https://example.com/form" in chat(emulator, "3").output


def test_without_a_rich_menu_the_numbers_stay_what_they_were(emulator: Emulator, bot: SmallBot) -> None:
    assert "（リッチメニューはありません）" in chat(emulator, "/menu", "", "1").output
    assert bot.events[-1]["postback"] == {"data": "a=yes"}


def test_the_rich_menu_is_numbered_on_demand(emulator: Emulator, bot: SmallBot) -> None:
    menus = emulator.platform.menus
    bounds = {"x": 0, "y": 0, "width": 800, "height": 540}
    areas = [{"bounds": bounds, "action": {**MESSAGE, "text": "メニューから"}}]
    menu = {"size": {"width": 800, "height": 540}, "selected": True, "name": "a", "chatBarText": "a", "areas": areas}
    menu_id = menus.create(menu)
    menus.set_image(menu_id, "image/png", b"")
    menus.set_default(menu_id)
    assert "  [1] 料金\n" in chat(emulator, "/menu", "1").output
    assert bot.events[-1]["message"]["text"] == "メニューから"


def test_a_bot_that_fails_or_keeps_silent_is_told_of(emulator: Emulator, bot: SmallBot) -> None:
    bot.statuses = [200, 500]
    assert "（ボットに届きませんでした：status 500）" in chat(emulator, "a").output
    bot.answers = lambda _event: []
    assert "（返事がありません）" in chat(emulator, patience="0.5").output


def test_without_an_emulator_one_line_says_what_to_start() -> None:
    result = CliRunner().invoke(command, ["--url", "http://127.0.0.1:9"])
    assert result.exit_code == 1
    assert "no emulator at http://127.0.0.1:9; start `madoguchi demo` first" in result.output
