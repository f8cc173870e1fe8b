"""The whole bot as it is deployed: two web services, two worker services, Redis, a broker, and LINE."""

import time
import urllib.error
import urllib.request
from pathlib import Path

from redis import Redis

from line_emulator import Emulator
from tests.clock.server import RedisWithClock
from tests.conftest import SECRET, SECRET_KEY
from tests.faults.people import Manners, Person
from tests.faults.platform import TypedOption
from tests.faults.reminders import Reminders, ahead_to_office_hours, today_in_office
from tests.scenario.processes import TOKEN
from tests.servers import RedisServer, free_port

READY = 120.0
# With `everysec` a kill -9 may cost what Redis held back while an fsync was running; the bot cannot know.
WRITTEN = ("--appendfsync", "always")
FULL = Path("/dev/full")  # the disk of every second service has no room for its log
WORKING = (
    "inbox",
    "outbox",
    "hold",
    "due",
    "since",
    "tries",
    "surplus",
    "erasing",
    "reminders",
)  # nothing of this stays once all is answered


class Deployment:
    """Real processes, each kept running as a platform does; `people` write from the start to the end."""

    def __init__(self, folder: Path, *, seed: str, people: int, manners: Manners) -> None:
        (folder / "redis").mkdir()
        (folder / "broker").mkdir()
        ahead = ahead_to_office_hours()  # every clock of the run shows hours in which reminders are sent
        self.redis = RedisWithClock(folder / "redis", *WRITTEN, ahead=ahead)
        self.broker = RedisServer(folder / "broker")
        self.redis.start()
        self.broker.start()
        ports = (free_port(), free_port())
        self.urls = [f"http://127.0.0.1:{port}" for port in ports]
        self.line = Emulator(f"{self.urls[0]}/callback", SECRET, token=TOKEN, keep=1_000_000, strict=True)
        self.line.advance(ahead)
        self.line.spread_over(f"{self.urls[1]}/callback")
        common = self._environment(self.line.start(), folder)
        self.webs = [
            TypedOption("web", {**common, "PORT": str(ports[0]), "WEB_PROCESSES": "2"}, folder / "web-a", ahead=ahead),
            TypedOption(
                "web", {**common, "PORT": str(ports[1]), "WEB_PROCESSES": "1"}, folder / "web-b", ahead=ahead, log=FULL
            ),
        ]
        self.workers = [
            TypedOption("worker", {**common, "WORKER_PROCESSES": "2"}, folder / "worker-a", ahead=ahead),
            TypedOption("worker", {**common, "WORKER_PROCESSES": "1"}, folder / "worker-b", ahead=ahead, log=FULL),
        ]
        self.people = [Person(self.line, number, seed, manners) for number in range(people)]
        self.reminders = Reminders(self.people, seed, today_in_office(ahead))

    def _environment(self, line: str, folder: Path) -> dict[str, str]:
        return {
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "SECRET_KEY": SECRET_KEY,
            "LINE_API_URL": line,
            "LINE_DATA_API_URL": line,
            "PUBLIC_URL": self.urls[0],
            "REDIS_URL": self.redis.url,
            "BROKER_URL": self.broker.url,
            "WORKER_THREADS": "8",
            "VAR_DIR": str(folder / "var"),
        }

    @property
    def services(self) -> list[TypedOption]:
        return [*self.webs, *self.workers]

    def admin(self) -> Redis:
        return Redis(port=self.redis.port, socket_timeout=5, protocol=2)

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY
        while not all(map(_ready, self.urls)) or "worker started" not in self.workers[0].output:
            if time.monotonic() > deadline:
                raise TimeoutError(self.logs())
            time.sleep(0.05)

    def caught_up(self, moment: float, seconds: float) -> bool:
        """Whether everything that was acknowledged by then is answered within so many seconds from now."""
        deadline = time.monotonic() + seconds
        waiting = list(self.people)
        while waiting := [person for person in waiting if person.waits_for(moment)]:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def reminded(self, seconds: float) -> bool:
        """Whether every reminder that fell due has come within so many seconds from now."""
        deadline = time.monotonic() + seconds
        while self.reminders.missing():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.2)
        return True

    def left_over(self) -> list[str]:
        """Keys of work under way; empty when nothing is."""
        keys = [key.decode() for key in self.admin().scan_iter("mado:{*", count=5000) if isinstance(key, bytes)]
        return [key for key in keys if key.rsplit(":", 1)[-1] in WORKING]

    def logs(self) -> str:
        return "".join(service.output for service in self.services)

    def close(self) -> None:
        for person in self.people:
            person.stop()
        for service in self.services:
            service.stop()
        self.line.stop()
        self.redis.stop()
        self.broker.stop()


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=10) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False
