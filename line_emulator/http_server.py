"""An HTTP server for one WSGI application that keeps connections open, as LINE does."""

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.wrappers import Response

from line_emulator.clock import Clock

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

MOST_BYTES = 32_000_000  # of a body that is read; a longer one ends the connection
IDLE_SECONDS = 60
_GONE = (ConnectionError, TimeoutError)


class _Server(ThreadedWSGIServer):
    """A server that keeps a list of its idle connections."""

    def __init__(self, host: str, port: int, app: "WSGIApplication", clock: Clock) -> None:
        if port:  # werkzeug would end the process if it is taken
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            socket.create_server((host, port), family=family).close()
        super().__init__(host, port, app, _Handler)
        self.clock = clock
        self._lock = threading.Lock()
        self._idle: set[socket.socket] = set()
        self.stopping = False

    def waits(self, connection: socket.socket) -> None:
        """Note that nothing is asked on this connection. Once the server stops, it is not waited for."""
        with self._lock:
            self._idle.add(connection)
            if self.stopping:
                _hang_up(connection)

    def is_asked(self, connection: socket.socket) -> None:
        with self._lock:
            self._idle.discard(connection)

    def server_close(self) -> None:
        """Stop listening, and hang up on idle connections. An answer under way is still sent."""
        with self._lock:
            self.stopping = True
            for connection in self._idle:
                _hang_up(connection)
        super().server_close()


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # the other side was first
        connection.shutdown(socket.SHUT_RDWR)


class _Handler(WSGIRequestHandler):
    """A request handler that keeps the connection. It logs nothing: the records have the requests."""

    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # otherwise small answers on open connections wait for an ACK
    timeout = IDLE_SECONDS

    def version_string(self) -> str:
        """Return nothing that names a product or a version."""
        return "emulator"

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Return the `Date` of an answer by the platform's clock, which a test may have put forward."""
        return super().date_time_string(self.server.clock.seconds() if timestamp is None else timestamp)

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's signature
        """Do nothing."""

    def handle_one_request(self) -> None:
        self.server.waits(self.connection)
        try:
            super().handle_one_request()
        finally:
            self.server.is_asked(self.connection)

    def parse_request(self) -> bool:
        self.server.is_asked(self.connection)
        return super().parse_request()

    def run_wsgi(self) -> None:
        """Answer one request. Werkzeug's own method closes every connection."""
        try:
            if self.headers.get("Expect", "").strip().lower() == "100-continue":
                self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self._answer(Response.from_app(self.server.app, self._environ()))
        except _GONE:
            self.close_connection = True

    def _environ(self) -> dict[str, Any]:
        """Return the environment, with the whole body read: what follows it is the next request."""
        environ = super().make_environ()
        environ["emulator.target"] = self.requestline.split()[1]  # Python's server makes one slash of two
        length = self.headers.get("Content-Length", "0")
        if environ.get("wsgi.input_terminated"):
            environ["wsgi.input"] = io.BytesIO(b"".join(_parts(environ["wsgi.input"])))
        elif length.isdecimal() and int(length) <= MOST_BYTES:
            environ["wsgi.input"] = io.BytesIO(self.rfile.read(int(length)))
        else:
            self.close_connection = True
        return environ

    def _answer(self, response: Response) -> None:
        has_body = not (self.command == "HEAD" or response.status_code in (204, 304))
        chunked = has_body and "Content-Length" not in response.headers
        self.close_connection = self.close_connection or self.server.stopping
        self.send_response(response.status_code, response.status.partition(" ")[2])
        for name, value in response.headers.items():
            self.send_header(name, value)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        for data in response.response if has_body else ():
            self._write(_bytes(data), chunked=chunked)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")
        response.close()

    def _write(self, data: bytes, *, chunked: bool) -> None:
        if data:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data) if chunked else data)


def _parts(stream: io.RawIOBase) -> Iterator[bytes]:
    """Yield the parts of a chunked body up to its end."""
    left = MOST_BYTES
    while part := stream.read(min(left, 65_536)):
        left -= len(part)
        yield part


def _bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


class Server:
    """The application on a port, with its own threads. Raises OSError if it cannot listen there."""

    def __init__(self, app: "WSGIApplication", clock: Clock, *, host: str, port: int) -> None:
        self._server = _Server(host, port, app, clock)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self._server.port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
