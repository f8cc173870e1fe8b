"""One turn of a conversation elsewhere: `python turns.py REDIS_URL`, then a contestant's name a line.

Each turn loads the state, looks at what was said, records it and goes to the next step; nothing is rendered or sent.
"""

import asyncio
import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

import redis
from aiogram import Bot, Dispatcher
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.redis import RedisEventIsolation, RedisStorage
from aiogram.types import Chat, Message, Update, User
from telegram import Chat as PtbChat
from telegram import Message as PtbMessage
from telegram import Update as PtbUpdate
from telegram import User as PtbUser
from telegram.ext import Application, ContextTypes, ConversationHandler, MessageHandler, filters

WARM, TURNS = 10, 40
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
TOKEN = "42:" + "A" * 35
Play = Callable[[int], Coroutine[Any, Any, None]]


class Steps(StatesGroup):
    """Two questions that follow each other for ever."""

    first = State()
    second = State()


async def to_second(message: Message, state: FSMContext) -> None:
    await state.update_data(first=message.text)
    await state.set_state(Steps.second)


async def to_first(message: Message, state: FSMContext) -> None:
    await state.update_data(second=message.text)
    await state.set_state(Steps.first)


def aiogram(url: str, *, locked: bool) -> Play:
    storage = RedisStorage.from_url(url)
    more = {"events_isolation": RedisEventIsolation.from_url(url)} if locked else {}
    dispatcher, bot = Dispatcher(storage=storage, **more), Bot(TOKEN)
    dispatcher.message(Steps.second)(to_first)
    dispatcher.message()(to_second)

    async def play(number: int) -> None:
        user = User(id=number % 50 + 1, is_bot=False, first_name="A")
        chat = Chat(id=user.id, type="private")
        message = Message(message_id=number, date=NOW, chat=chat, from_user=user, text="横浜市")
        await dispatcher.feed_update(bot, Update(update_id=number, message=message))

    return play


async def _next(update: PtbUpdate, context: ContextTypes.DEFAULT_TYPE) -> int:
    data = context.user_data
    assert data is not None
    assert update.message
    data["answer"] = update.message.text
    return 1 - data.setdefault("step", 0)


def telegram(_: str) -> Play:
    app = Application.builder().token(TOKEN).build()
    said = MessageHandler(filters.TEXT, _next)
    app.add_handler(ConversationHandler(entry_points=[said], states={0: [said], 1: [said]}, fallbacks=[]))
    app._initialized = True  # initialize() would ask Telegram who we are

    async def play(number: int) -> None:
        user = PtbUser(number % 50 + 1, "A", is_bot=False)
        message = PtbMessage(number, NOW, PtbChat(user.id, "private"), from_user=user, text="横浜市")
        await app.process_update(PtbUpdate(number, message))

    return play


def by_hand(url: str, *, trips: int) -> Play:
    client = redis.Redis.from_url(url, protocol=2)

    async def play(number: int) -> None:
        key = f"hand:{number % 50}"
        with client.pipeline(transaction=False) as pipe:
            pipe.get(key)
            if trips == 2:
                state = pipe.execute()[0]
                json.loads(state or "{}")
            pipe.set(key, json.dumps({"step": number % 2, "answer": "横浜市"}), ex=604800)
            pipe.execute()

    return play


async def main(url: str) -> None:
    counter = redis.Redis.from_url(url)
    plays: dict[str, Play] = {
        "aiogram FSM, Redis storage": aiogram(url, locked=False),
        "aiogram FSM, Redis storage and lock": aiogram(url, locked=True),
        "python-telegram-bot, in memory": telegram(url),
        "by hand, one round trip": by_hand(url, trips=1),
        "by hand, two round trips": by_hand(url, trips=2),
    }
    for line in sys.stdin:
        play = plays[line.strip()]
        for number in range(WARM):
            await play(number)
        before, start = counter.info("stats")["total_commands_processed"], time.process_time()
        for number in range(TURNS):
            await play(number)
        spent = (time.process_time() - start) / TURNS * 1e6
        commands = (counter.info("stats")["total_commands_processed"] - before - 1) / TURNS
        print(json.dumps({"us": spent, "commands": commands}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
