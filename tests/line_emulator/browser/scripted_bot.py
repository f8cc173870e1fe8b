"""A small bot over real HTTP that answers each word with one kind of message: the page's counterpart in these tests."""

import base64
import hashlib
import hmac
import json
import struct
import threading
import time
import zlib
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.eventually import PATIENCE

Json = dict[str, Any]

SECRET = "browser-test-secret"
TOKEN = "browser-test-token"
MENU_SIZE = {"width": 1200, "height": 810}


def text(words: str, *quick: Json) -> Json:
    message: Json = {"type": "text", "text": words}
    if quick:
        message["quickReply"] = {"items": [{"type": "action", "action": action} for action in quick]}
    return message


def says(label: str) -> Json:
    return {"type": "message", "label": label, "text": label}


def flex(*contents: Json, alt: str = "カード") -> Json:
    body = {"type": "box", "layout": "vertical", "spacing": "sm", "contents": list(contents)}
    return {"type": "flex", "altText": alt, "contents": {"type": "bubble", "body": body}}


def button(action: Json) -> Json:
    return {"type": "button", "height": "sm", "action": action}


DATE = {"type": "datetimepicker", "label": "日付", "data": "step=date", "mode": "date"}
DATE |= {"initial": "2026-12-01", "min": "2026-11-01", "max": "2026-12-31"}
FORM: Json = {"type": "uri", "label": "フォーム", "uri": "https://example.jp/form?a=1"}
FORM |= {"altUri": {"desktop": "https://example.jp/desktop"}}
CHOICES = flex(
    {"type": "text", "text": "どうしますか", "weight": "bold", "wrap": True},
    button(
        {"type": "postback", "label": "はい", "data": "step=verified&value=yes", "displayText": "はい、認証済みです"}
    ),
    button(
        {
            "type": "postback",
            "label": "書いて答える",
            "data": "step=free",
            "inputOption": "openKeyboard",
            "fillInText": "団体名：",
        }
    ),
    button(says("やめる")),
    button(FORM),
    button({"type": "clipboard", "label": "コピー", "clipboardText": "https://example.jp/form"}),
    button(DATE),
    alt="どうしますか：はい、書いて答える、やめる",
)
CARDS = {
    "type": "flex",
    "altText": "候補は3つです",
    "contents": {
        "type": "carousel",
        "contents": [
            {
                "type": "bubble",
                "size": "micro",
                "body": {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": f"候補{place}"}]},
                "footer": {"type": "box", "layout": "vertical", "contents": [button(says(f"候補{place}を選ぶ"))]},
            }
            for place in (1, 2, 3)
        ],
    },
}
ANSWERS: dict[str, list[Json]] = {
    "料金": [text("月額0円です。くわしくは https://example.jp/fee へ。", says("申込の流れ"), DATE)],
    "選ぶ": [CHOICES],
    "候補": [CARDS],
    "場所": [text("どこですか", {"type": "location", "label": "場所を送る"}, {"type": "camera", "label": "撮る"})],
    "写真": [flex({"type": "image", "url": "https://pictures.example/hall.png", "size": "full"}, alt="庁舎の写真")],
    "悪い": [{"type": "text", "text": ""}],
    "記号": [text("<b>太字</b> & <script>alert(1)</script>")],
}
SAMPLES: list[Json] = [
    {"name": "choices", "note": "選ばせる", "message": CHOICES},
    {"name": "cards", "message": CARDS},
    {"name": "plain", "message": text("文だけの返事")},
]


class ScriptedBot:
    """Takes webhooks at `url` with `status`, answers through the API at `api`; `gate` holds back slow answers."""

    def __init__(self) -> None:
        self.api = ""
        self.status = 200
        self.events: list[Json] = []
        self.gate = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/callback"

    def close(self) -> None:
        self.gate.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def heard(self, count: int) -> list[Json]:
        """The events after the first follow, once there are so many; TimeoutError if they do not come."""
        deadline = time.monotonic() + PATIENCE
        while len(self.events) <= count:
            if time.monotonic() > deadline:
                raise TimeoutError([event["type"] for event in self.events])
            time.sleep(0.02)
        return self.events[1:]

    def answer(self, event: Json) -> None:
        handlers = {"message": self._message, "postback": self._postback, "follow": self._follow}
        handler = handlers.get(event.get("type", ""))
        if handler and "replyToken" in event:
            handler(event)

    def _message(self, event: Json) -> None:
        message = event["message"]
        words = message.get("text", "").removeprefix("@窓口 ")
        if message["type"] != "text":
            self.reply(event, text(f"{message['type']} を受け取りました。"))
        elif words in {"待って", "あとで"}:
            self._slowly(event, words)
        elif event["source"]["type"] != "group" or message.get("mention"):
            self.reply(event, *ANSWERS.get(words, [text(f"「{words[:40]}」ですね。")]))

    def _slowly(self, event: Json, words: str) -> None:
        if words == "待って":
            self.call("/v2/bot/chat/loading/start", {"chatId": event["source"]["userId"], "loadingSeconds": 60})
        self.gate.wait(60)
        if words == "待って":
            self.reply(event, text("お待たせしました。"))
        else:
            self.call("/v2/bot/message/push", {"to": event["source"]["userId"], "messages": [text("お知らせです。")]})

    def _postback(self, event: Json) -> None:
        postback = event["postback"]
        if "newRichMenuAliasId" not in postback.get("params", {}):
            params = json.dumps(postback["params"], sort_keys=True) if "params" in postback else ""
            self.reply(event, text(f"受付 {postback['data']} {params}".strip()))

    def _follow(self, event: Json) -> None:
        self.reply(event, text("友だち追加ありがとうございます。"))

    def reply(self, event: Json, *messages: Json) -> None:
        self.call("/v2/bot/message/reply", {"replyToken": event["replyToken"], "messages": list(messages)})

    def call(self, path: str, body: Json | bytes | None, content_type: str = "application/json") -> Json:
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": content_type}
        request = Request(self.api + path, data, headers, method="POST")
        try:
            with urlopen(request, timeout=PATIENCE) as response:
                found: Json = json.loads(response.read() or b"{}")
        except (HTTPError, URLError, HTTPException, ConnectionError, TimeoutError):
            return {}
        return found

    def set_menus(self) -> None:
        """Two menus that are each other's second tab."""
        for alias, other, words in (("tab-a", "tab-b", "料金"), ("tab-b", "tab-a", "選ぶ")):
            menu = self.call("/v2/bot/richmenu", _menu(alias, other, words))["richMenuId"]
            self.call(f"/v2/bot/richmenu/{menu}/content", _png(), "image/png")
            self.call("/v2/bot/richmenu/alias", {"richMenuAliasId": alias, "richMenuId": menu})
            if alias == "tab-a":
                self.call(f"/v2/bot/user/all/richmenu/{menu}", None)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        bot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = bot.status if _signed(body, self.headers.get("x-line-signature", "")) else 400
                events = json.loads(body)["events"] if status == 200 else []
                bot.events.extend(events)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
                for event in events:
                    threading.Thread(target=bot.answer, args=(event,), daemon=True).start()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
                """Says nothing: the test output is for the tests."""

        return Handler


def _signed(body: bytes, signature: str) -> bool:
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(digest).decode(), signature)


def _menu(alias: str, other: str, words: str) -> Json:
    switch = {"type": "richmenuswitch", "label": "もう一方のタブ", "richMenuAliasId": other, "data": f"tab={other}"}
    areas = [
        {"bounds": {"x": 0, "y": 0, "width": 1200, "height": 160}, "action": switch},
        {"bounds": {"x": 0, "y": 160, "width": 1200, "height": 650}, "action": says(words)},
    ]
    return {"size": MENU_SIZE, "selected": True, "name": alias, "chatBarText": f"メニュー {alias}", "areas": areas}


def _png() -> bytes:
    """A plain picture of the menu's size, written by hand so that no picture library is needed."""
    width, height = MENU_SIZE["width"], MENU_SIZE["height"]
    rows = (b"\x00" + b"\xdf\xea\xe4" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
