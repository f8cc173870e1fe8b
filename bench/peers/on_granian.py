"""`python on_granian.py MODULE:APP PORT THREADS CONNECTIONS`: a peer on the bot's own server, in two processes, too."""

import sys

from granian import Granian
from granian.constants import HTTPModes, Interfaces

if __name__ == "__main__":
    Granian(
        sys.argv[1],
        interface=Interfaces.WSGI,
        address="127.0.0.1",
        port=int(sys.argv[2]),
        workers=2,
        blocking_threads=int(sys.argv[3]),
        http=HTTPModes.http1,
        log_enabled=False,
        backlog=1024,
        backpressure=int(sys.argv[4]),
    ).serve()
