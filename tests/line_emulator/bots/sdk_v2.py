"""A bot on the old interface of LINE's Python SDK, which goes through requests."""

import os
from typing import Any

from flask import Flask, request
from linebot import LineBotApi, WebhookHandler
from linebot.models import FlexSendMessage, ImageMessage, MessageEvent, TextMessage, TextSendMessage

app = Flask(__name__)
api = LineBotApi(os.environ["LINE_CHANNEL_ACCESS_TOKEN"])
handler = WebhookHandler(os.environ["LINE_CHANNEL_SECRET"])
BODY = {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "a card"}]}


@app.post("/callback")
def callback() -> str:
    handler.handle(request.get_data(as_text=True), request.headers["X-Line-Signature"])
    return "OK"


@handler.add(MessageEvent, message=TextMessage)
def on_text(event: Any) -> None:
    if event.message.text == "push":
        api.push_message(event.source.user_id, TextSendMessage("pushed"))
    elif event.message.text == "flex":
        api.reply_message(event.reply_token, FlexSendMessage("a card", {"type": "bubble", "body": BODY}))
    elif event.message.text == "profile":
        api.reply_message(event.reply_token, TextSendMessage(api.get_profile(event.source.user_id).display_name))
    else:
        api.reply_message(event.reply_token, TextSendMessage(event.message.text))


@handler.add(MessageEvent, message=ImageMessage)
def on_image(event: Any) -> None:
    size = len(api.get_message_content(event.message.id).content)
    api.reply_message(event.reply_token, TextSendMessage(f"{size} bytes"))


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "8000")))
