"""A bot on LINE's Python SDK, version 3, as its examples are written: it knows of no emulator."""

import os
from typing import Any

from flask import Flask, request
from linebot.v3 import WebhookHandler
from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    FlexContainer,
    FlexMessage,
    MessagingApi,
    MessagingApiBlob,
    PushMessageRequest,
    ReplyMessageRequest,
    TextMessage,
)
from linebot.v3.webhooks import ImageMessageContent, MessageEvent, TextMessageContent

app = Flask(__name__)
configuration = Configuration(access_token=os.environ["LINE_CHANNEL_ACCESS_TOKEN"])
handler = WebhookHandler(os.environ["LINE_CHANNEL_SECRET"])
CARD = '{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"a card"}]}}'


@app.post("/callback")
def callback() -> str:
    handler.handle(request.get_data(as_text=True), request.headers["X-Line-Signature"])
    return "OK"


@handler.add(MessageEvent, message=TextMessageContent)
def on_text(event: Any) -> None:
    with ApiClient(configuration) as client:
        api, user = MessagingApi(client), event.source.user_id
        if event.message.text == "push":
            api.push_message(PushMessageRequest(to=user, messages=[TextMessage(text="pushed")]))
        elif event.message.text == "flex":
            card = FlexMessage(alt_text="a card", contents=FlexContainer.from_json(CARD))
            api.reply_message(ReplyMessageRequest(reply_token=event.reply_token, messages=[card]))
        else:
            words = api.get_profile(user).display_name if event.message.text == "profile" else event.message.text
            api.reply_message(ReplyMessageRequest(reply_token=event.reply_token, messages=[TextMessage(text=words)]))


@handler.add(MessageEvent, message=ImageMessageContent)
def on_image(event: Any) -> None:
    with ApiClient(configuration) as client:
        size = len(MessagingApiBlob(client).get_message_content(event.message.id))
        message = TextMessage(text=f"{size} bytes")
        MessagingApi(client).reply_message(ReplyMessageRequest(reply_token=event.reply_token, messages=[message]))


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "8000")))
