"""LINE as the contestants see it: takes replies, answers after a while, and remembers when each reply came.

`python -m bench.fake_line PORT MILLISECONDS`; `GET /arrivals` gives the moments (CLOCK_MONOTONIC, in seconds) by reply
token and forgets them; `GET /said` the versions that each reply names, `[[7]]`, by token; `GET /delay/50` sets
another delay.
"""

import asyncio
import re
import sys
import time

import orjson

VERSION = re.compile(rb"\[\[(\d+)\]\]")
SENT = b'{"sentMessages":[{"id":"461230966842064897","quoteToken":"IStG5h1Tz7b"}]}'


class FakeLine(asyncio.Protocol):
    """One connection; a protocol of its own, because a framework would cost more than what is measured."""

    delay = 0.0
    arrivals: dict[str, float] = {}  # noqa: RUF012 - one for the process: that is the point
    said: dict[str, list[str]] = {}  # noqa: RUF012 - as above

    def __init__(self) -> None:
        self._received = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        if not end:
            return
        at = head.lower().find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(body) < length:
            return
        self._received = body[length:]
        self._take(head.split(b" ", 2)[1], body[:length])

    def _take(self, path: bytes, body: bytes) -> None:
        if path == b"/arrivals":
            self._answer(orjson.dumps(FakeLine.arrivals))
            FakeLine.arrivals = {}
        elif path == b"/said":
            self._answer(orjson.dumps(FakeLine.said))
            FakeLine.said = {}
        elif path.startswith(b"/delay/"):
            FakeLine.delay = int(path[7:]) / 1000
            self._answer()
        else:
            _, token, rest = body.partition(b'"replyToken":')
            if token:  # other calls, such as for the loading animation, are answered, too
                known_by = rest[:60].split(b'"')[1].decode()
                FakeLine.arrivals[known_by] = time.perf_counter()
                if b"[[" in body:
                    FakeLine.said[known_by] = [number.decode() for number in VERSION.findall(body)]
            if FakeLine.delay:
                asyncio.get_running_loop().call_later(FakeLine.delay, self._answer)
            else:
                self._answer()

    def _answer(self, body: bytes = SENT) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-line-request-id: 123e4567-e89b-12d3-a456\r\n"
        if self._transport and not self._transport.is_closing():
            self._transport.write(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)


async def serve(port: int, milliseconds: int) -> None:
    FakeLine.delay = milliseconds / 1000
    server = await asyncio.get_running_loop().create_server(FakeLine, "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
