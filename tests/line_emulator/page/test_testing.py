"""What tests in other languages ask the emulator for."""

from line_emulator import Emulator
from line_emulator.run_command import free_port
from tests.line_emulator.small_bot import LineClient, SmallBot, echo, page, text


def test_waiting_ends_with_the_answer(emulator: Emulator, bot: SmallBot, line: LineClient, user: str) -> None:
    bot.answers = echo
    emulator.says(user, "Hello")
    status, answer = page(line, "POST", "/_/wait", {"user": user, "text": "Hell"})
    assert (status, [entry["message"]["text"] for entry in answer["entries"]]) == (200, ["Hello"])


def test_waiting_for_what_does_not_come_ends_with_the_story(emulator: Emulator, line: LineClient, user: str) -> None:
    emulator.says(user, "Hello")
    status, answer = page(line, "POST", "/_/wait", {"user": user, "timeout": 0.05})
    assert status == 408
    assert "webhook  message 'Hello'" in answer["error"]


def test_waiting_for_nobody_is_an_error(line: LineClient) -> None:
    assert page(line, "POST", "/_/wait", {"user": "U" + "0" * 32})[0] == 404
    assert page(line, "POST", "/_/wait", {"user": "U" + "0" * 32, "count": 0})[0] == 400


def test_clock_can_be_put_forward(emulator: Emulator, line: LineClient, user: str) -> None:
    before = emulator.platform.clock.seconds()
    assert page(line, "POST", "/_/advance", {"seconds": 3600})[0] == 200
    assert emulator.platform.clock.seconds() >= before + 3600
    assert user


def test_bot_hears_to_which_time_the_clock_was_put(emulator: Emulator, line: LineClient) -> None:
    told: list[int] = []
    emulator.platform.on_advance = told.append
    assert page(line, "POST", "/_/advance", {"seconds": 86_400})[0] == 200
    assert told[0] <= page(line, "GET", "/_/panel")[1]["now"] < told[0] + 60_000


def test_reset_forgets_everything(emulator: Emulator, line: LineClient, user: str) -> None:
    emulator.says(user, "Hello")
    line.push(user, text("a"))
    emulator.control(failing=500)
    emulator.advance(1000)
    assert page(line, "POST", "/_/reset", {})[0] == 200
    assert page(line, "GET", "/_/users")[1] == {"users": []}
    assert (emulator.calls, emulator.deliveries, emulator.tokens) == ([], [], [])
    assert emulator.control().failing is None
    assert line.get("/v2/bot/message/quota/consumption").json() == {"totalUsage": 0}


def test_conversation_and_story_are_text(emulator: Emulator, line: LineClient, user: str) -> None:
    emulator.says(user, "Hello")
    assert line.get(f"/_/conversation?user={user}").data.decode() == "山田: Hello\n"
    assert line.get("/_/story").data.decode().startswith("webhook  message 'Hello'\n")
    assert line.get("/_/conversation?user=U1").status == 404


def test_ready_once_the_bot_takes_connections(emulator: Emulator, line: LineClient) -> None:
    there = emulator.bot_url
    emulator.bot_url = f"http://127.0.0.1:{free_port()}/callback"
    assert page(line, "GET", "/_/ready")[0] == 503
    emulator.bot_url = there
    assert page(line, "GET", "/_/ready") == (200, {})
