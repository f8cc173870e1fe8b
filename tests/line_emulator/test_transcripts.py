"""A conversation as text: what people read stays, what differs at every run is struck out."""

from line_emulator import Emulator
from tests.line_emulator.rules.test_messages import FLEX, ITEM
from tests.line_emulator.small_bot import LineClient, text

BUTTONS = {
    "type": "buttons",
    "title": "Menu",
    "text": "Choose",
    "actions": [
        {"type": "postback", "label": "Buy", "data": "buy=1"},
        {"type": "uri", "label": "More", "uri": "https://e.jp/"},
        {"type": "message", "label": "No", "text": "No"},
    ],
}
EXPECTED = """\
-- join

Ann: One
  two

Bot (template): Menu
  Choose
  [Buy -> postback buy=1]
  [More -> uri https://e.jp/]
  [No]

Bot (flex): a
  (はい)

Bot (sticker): (sticker)

Bot: <id> <rich menu> <time> <message> <token> at 10:30
"""


def test_conversation_reads_like_one_and_is_the_same_at_every_run(emulator: Emulator, line: LineClient) -> None:
    user = emulator.new_user("Ann")
    emulator.platform.world.add_notice(user, "join")
    entry = emulator.says(user, "One\ntwo").entry
    assert entry
    token = emulator.tokens[0]
    varying = f"{user} richmenu-{'0' * 32} 2026-11-22T09:30:00.000Z {entry.id} {token} at 10:30"
    template = {"type": "template", "altText": "a", "template": BUTTONS}
    line.push(user, template, {**FLEX, "quickReply": {"items": [ITEM]}})
    line.push(user, {"type": "sticker", "packageId": "446", "stickerId": "1988"})
    line.push(user, text(varying))
    assert emulator.conversation(user) == EXPECTED


def test_story_has_webhooks_and_calls_in_their_order(emulator: Emulator, line: LineClient, user: str) -> None:
    emulator.says(user, "Hello")
    line.push(user, text(""))
    webhook, call = emulator.story().split("call  ")
    assert webhook.splitlines()[0] == "webhook  message 'Hello'"
    assert "POST /v2/bot/message/push" in call
    assert "/messages/0/text: must be non-empty text" in call


def test_half_an_emoji_of_a_bot_that_cuts_texts_can_be_printed(emulator: Emulator, line: LineClient, user: str) -> None:
    emulator.says(user, "half \ud83d")
    line.push(user, text("half \ud83d"))
    assert "half \\ud83d" in emulator.conversation(user)
    assert emulator.story().count("half \\ud83d") == 2
    assert emulator.story().encode()
