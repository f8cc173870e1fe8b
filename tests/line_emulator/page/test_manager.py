"""The manager's view: what is unread, who marks it as read, and a reply that the bot never hears of."""

from collections.abc import Iterator

import pytest

from line_emulator import Emulator
from tests.line_emulator.small_bot import SECRET, TOKEN, Json, LineClient, SmallBot, page


@pytest.fixture
def emulator(bot: SmallBot) -> Iterator[Emulator]:
    """A platform that leaves the read marks to the bot."""
    with Emulator(bot.url, SECRET, token=TOKEN, mark_as_read="manual", answers_within=60, gives_up_after=60) as made:
        bot.line = LineClient(made.url)
        yield made


def unread(line: LineClient) -> list[int]:
    return [person["unread"] for person in page(line, "GET", "/_/manager")[1]["people"]]


def entries(line: LineClient, user: str) -> list[Json]:
    found: list[Json] = page(line, "GET", f"/_/manager?user={user}")[1]["entries"]
    return found


def test_mark_as_read_reads_all_messages_up_to_it(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    other = emulator.new_user("鈴木")
    for words in ("一", "二", "三"):
        emulator.says(user, words)
    emulator.says(other, "別の人")
    assert unread(line) == [3, 1]
    token = bot.events[1]["message"]["markAsReadToken"]
    assert line.post("/v2/bot/chat/markAsRead", {"markAsReadToken": token}).status == 200
    assert unread(line) == [1, 1]
    assert [one["read"] for one in entries(line, user) if one["from"] == "user"] == [True, True, False]


def test_reply_reaches_the_user_and_not_the_bot(emulator: Emulator, bot: SmallBot, line: LineClient, user: str) -> None:
    emulator.says(user, "質問です")
    heard = len(bot.events)
    assert page(line, "POST", "/_/manager/reply", {"user": user, "text": "担当の佐藤です"})[0] == 200
    assert emulator.seen(user)[-1].text == "担当の佐藤です"
    assert entries(line, user)[-1] == entries(line, user)[-1] | {
        "from": "manager",
        "text": "担当の佐藤です",
        "read": None,
    }
    assert (unread(line), len(bot.events)) == ([0], heard)
    assert page(line, "GET", "/_/panel")[1]["quota"]["used"] == 0


def test_what_was_unsent_or_only_tapped_is_not_unread(emulator: Emulator, line: LineClient, user: str) -> None:
    taken_back = emulator.says(user, "やめた").entry
    assert taken_back
    emulator.phone.unsend(user, taken_back.id)
    emulator.postback(user, "a=b", display_text="はい")
    assert unread(line) == [0]


def test_who_blocked_the_account_cannot_be_written_to(emulator: Emulator, line: LineClient, user: str) -> None:
    emulator.phone.unfollow(user)
    assert page(line, "POST", "/_/manager/reply", {"user": user, "text": "もしもし"})[0] == 409
    assert page(line, "POST", "/_/manager/reply", {"user": "U" + "0" * 32, "text": "もしもし"})[0] == 404
    assert page(line, "POST", "/_/manager/reply", {"user": user, "text": ""})[0] == 400
    assert all(one["from"] != "manager" for one in entries(line, user))
