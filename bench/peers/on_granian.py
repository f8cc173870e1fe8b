"""`python on_granian.py MODULE:APP PORT`: a peer on the bot's own server with the bot's own settings."""

import sys

from granian import Granian
from granian.constants import Interfaces

if __name__ == "__main__":
    Granian(
        sys.argv[1],
        interface=Interfaces.WSGI,
        address="127.0.0.1",
        port=int(sys.argv[2]),
        workers=2,
        blocking_threads=int(sys.argv[3]),
        log_enabled=False,
        backlog=1024,
    ).serve()
