"""`make flames`: what a web process and a worker process do under load, as flame graphs in `docs/pictures`.

py-spy looks a hundred times a second which thread holds Python's lock, and what it is at. Waiting is not shown.
"""

import re
import subprocess
import sys
import time
from pathlib import Path

from bench.end_to_end import start_bot, taps
from bench.mail_room import PrecheckUsers
from bench.our_bot import PEER_PYTHON, FakeLine
from bench.servers import ROOT, Server, place

PICTURES = ROOT / "docs" / "pictures"
RATE, SECONDS = 150, 20  # events a second: less than the bot can do, so that nothing waits
LOOKS = 100  # a second
_TITLE = re.compile(r'(<text id="title"[^>]*>)[^<]*')


def main() -> int:
    """Draw both graphs while the bot answers taps; 1 if one was not drawn or not all taps were answered."""
    with place() as found:
        redis, url = found.redis()
        line = FakeLine(found)
        line.answers_after(50)
        subject, working, serving = start_bot(found, redis, url, line, "")
        users = PrecheckUsers(url)
        subject.step(taps(users, 4 * RATE), RATE)  # warm
        requests = taps(users, RATE * (SECONDS + 2))
        drawing = {name: draw(server, name) for name, server in (("web", serving), ("worker", working))}
        time.sleep(1)
        step = subject.step(requests, RATE)
        failed = any(process.wait(SECONDS * 3) for process in drawing.values())
    for name in drawing:
        path = _path(name)
        path.write_text(titled(path.read_text("utf-8"), f"a {name} process at {RATE} taps a second"), encoding="utf-8")
    return int(failed or step.share < 1)


def draw(server: Server, name: str) -> subprocess.Popen[bytes]:
    """Begin to draw the first of the processes that this one has started."""
    words = ["--gil", "--rate", str(LOOKS), "--duration", str(SECONDS), "--output", str(_path(name))]
    py_spy = PEER_PYTHON.with_name("py-spy")
    return subprocess.Popen([py_spy, "record", "--pid", str(server.pids[1]), *words], stdout=subprocess.DEVNULL)


def titled(svg: str, title: str) -> str:
    """Return the drawing with this title instead of the command, which names folders of this machine."""
    return _TITLE.sub(lambda found: found[1] + title, svg)


def _path(name: str) -> Path:
    return PICTURES / f"flames_{name}.svg"


if __name__ == "__main__":
    sys.exit(main())
