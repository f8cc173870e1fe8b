"""Sending one reply to a LINE that answers at once: CPU of the caller."""

import http.client
from collections.abc import Iterator

import orjson
from linebot.v3.messaging import ApiClient, Configuration, FlexContainer, FlexMessage, MessagingApi, ReplyMessageRequest

from bench.events import TOKEN
from bench.figures import Figure
from bench.mail_room import logs_to_nowhere
from bench.our_bot import FakeLine
from bench.servers import place
from bench.timing import side_by_side
from bot.diagnostics.samples import samples
from bot.line.client import LineClient
from bot.replies.render import render

PART = "sending one reply"
REPLY_TOKEN = "0" * 32


def measure() -> Iterator[Figure]:
    logs_to_nowhere()
    message = render(samples()["question"])
    with place() as found:
        line = FakeLine(found)
        ours = LineClient(line.url, TOKEN)
        where = Configuration(host=line.url, access_token=TOKEN)
        shared = MessagingApi(ApiClient(where))
        bare = http.client.HTTPConnection("127.0.0.1", line.port)

        def sdk() -> ReplyMessageRequest:
            contents = FlexContainer.from_dict(message["contents"])
            return ReplyMessageRequest(
                replyToken=REPLY_TOKEN, messages=[FlexMessage(altText=message["altText"], contents=contents)]
            )

        ready = sdk()

        def with_new_client() -> None:
            with ApiClient(where) as client:
                MessagingApi(client).reply_message_with_http_info(ready)

        def with_http_client() -> None:
            body = orjson.dumps({"replyToken": REPLY_TOKEN, "messages": [message]})
            bare.request("POST", "/v2/bot/message/reply", body, {"Authorization": f"Bearer {TOKEN}"})
            bare.getresponse().read()

        spreads = side_by_side(
            {
                "ours": lambda: ours.reply(REPLY_TOKEN, [message]),
                "http.client, kept alive": with_http_client,
                "SDK, shared client, message ready": lambda: shared.reply_message_with_http_info(ready),
                "SDK, new client each time, message ready": with_new_client,
                "SDK, shared client, message made": lambda: shared.reply_message_with_http_info(sdk()),
            }
        )
    for name, spread in spreads.items():
        yield Figure.of(PART, name, "CPU µs", spread)
