"""What is taken along, through the real processes: the sheet of a verdict, and a pre-check that a colleague ends."""

import re
import urllib.error
import urllib.request

from tests.scenario.person import Person, text_of
from tests.scenario.processes import RunningBot

CODE = re.compile(r"引き継ぎ ([0-9A-Z]{4}-[0-9A-Z]{4})")


def opened(address: str) -> tuple[int, str, str]:
    """Status, page and robots header of an address."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, answer.read().decode(), answer.headers["X-Robots-Tag"]
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers["X-Robots-Tag"]


def code_of(said: str) -> str:
    found = CODE.search(said)
    assert found, said
    return found[1]


def begun(bot: RunningBot) -> Person:
    staff = Person(bot)
    for words in ("申込前チェック", "箱根町", "あります"):
        staff.says(words)
    return staff


def test_sheet_of_the_verdict_opens_from_its_button_and_stands_in_no_log(bot: RunningBot) -> None:
    staff = begun(bot)
    verdict = staff.says("別のアカウントで利用中")
    address = next(line for line in verdict.splitlines() if "/sheet/" in line)
    status, page, robots = opened(address)
    assert status == 200
    assert "神奈川県箱根町" in page
    assert "プランの対象外です" in page
    assert "noindex" in robots
    token = address.partition("/sheet/")[2].partition("?")[0]
    assert opened(address.replace(token, token[:-6] + "AAAAAA"))[0] == 404
    assert token not in bot.logs()


def test_colleague_ends_the_pre_check_that_another_began(bot: RunningBot) -> None:
    staff, colleague = begun(bot), Person(bot, "佐藤")
    code = code_of(staff.taps("引き継ぎコード"))
    assert "すでに使っていますか" in colleague.says(code)
    assert "お申込みになるのは" in colleague.taps("使っていない")
    assert "このコードは使えません" in Person(bot, "鈴木").says(f"引き継ぎ {code}")
    assert "お申込みになるのは" in staff.says("使っていない")
    assert code not in bot.logs()


def test_code_is_not_lost_where_the_worker_is_killed_while_it_is_taken(breakable_bot: RunningBot) -> None:
    bot = breakable_bot
    staff, colleague = begun(bot), Person(bot, "佐藤")
    code = code_of(staff.says("引き継ぎコード"))
    bot.emulator.says(colleague.id, code)
    bot.workers[0].kill()
    bot.workers[0].restart()
    assert "すでに使っていますか" in text_of(bot.emulator.wait_for(colleague.id, timeout=90))
    assert "このコードは使えません" in Person(bot, "鈴木").says(code)
