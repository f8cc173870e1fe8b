"""An echo bot in the manner of the SDK's FastAPI example: one client, the reply awaited inside the request."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException, Request
from linebot.v3 import WebhookParser
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import AsyncApiClient, AsyncMessagingApi, Configuration, ReplyMessageRequest, TextMessage
from linebot.v3.webhooks import MessageEvent, TextMessageContent

parser = WebhookParser(os.environ["LINE_CHANNEL_SECRET"])
line: dict[str, AsyncMessagingApi] = {}


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    where = Configuration(host=os.environ["LINE_API_URL"], access_token=os.environ["LINE_CHANNEL_ACCESS_TOKEN"])
    async with AsyncApiClient(where) as client:
        line["api"] = AsyncMessagingApi(client)
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/healthz")
async def healthz() -> str:
    return "ok"


@app.post("/callback")
async def callback(request: Request) -> str:
    try:
        events = parser.parse((await request.body()).decode(), request.headers["X-Line-Signature"])
    except InvalidSignatureError:
        raise HTTPException(400) from None
    for event in events:
        if isinstance(event, MessageEvent) and isinstance(event.message, TextMessageContent):
            said = TextMessage(text=event.message.text)
            await line["api"].reply_message(ReplyMessageRequest(replyToken=event.reply_token, messages=[said]))
    return "OK"
