from collections.abc import Iterator

import pytest

from line_emulator import Emulator
from tests.line_emulator.small_bot import SECRET, TOKEN, LineClient, SmallBot


@pytest.fixture
def bot() -> Iterator[SmallBot]:
    small = SmallBot()
    yield small
    small.close()


@pytest.fixture
def answers_within() -> float:
    """A bot that a busy machine makes slow is no slow bot."""
    return 60.0


@pytest.fixture
def emulator(bot: SmallBot, answers_within: float) -> Iterator[Emulator]:
    platform = Emulator(
        bot.url,
        SECRET,
        token=TOKEN,
        redelivery_pauses=(0.05, 0.05, 0.05),
        gives_up_after=60.0,
        answers_within=answers_within,
        strict=True,
    )
    platform.start()
    bot.line = LineClient(platform.url)
    yield platform
    platform.stop()


@pytest.fixture
def line(emulator: Emulator) -> Iterator[LineClient]:
    client = LineClient(emulator.url)
    yield client
    client.close()


@pytest.fixture
def user(emulator: Emulator) -> str:
    return emulator.new_user("山田")


@pytest.fixture
def token(emulator: Emulator, bot: SmallBot, user: str) -> str:
    """A fresh reply token of that user."""
    emulator.says(user, "こんにちは")
    issued: str = bot.events[-1]["replyToken"]
    return issued
