"""A RabbitMQ node of the tests' own: its ports, its data, its cookie and its port mapper are nobody else's."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from tests.servers import free_port, wait_for_port

SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # what Debian's wrapper runs, without its change of user
START_SECONDS = 120


class RabbitServer:
    """Debian's rabbitmq-server in the foreground, as whoever runs the tests."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        self._folder = folder
        self._mapper_port = free_port()
        (folder / "home").mkdir(parents=True)
        self._environment = {
            **os.environ,
            "HOME": str(folder / "home"),  # the cookie lies there
            "ERL_EPMD_PORT": str(self._mapper_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"tests{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1",  # two cores are shared with all the rest
            "RUNNING_UNDER_SYSTEMD": "true",  # the script then becomes the server, so that its pid is the server's
        }
        (folder / "plugins").write_text("[].\n")
        self._mapper: subprocess.Popen[bytes] | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until a client is answered, not only until the port is open."""
        if self._mapper is None:
            command = ["epmd", "-port", str(self._mapper_port), "-address", "127.0.0.1"]
            self._mapper = subprocess.Popen(  # else the server starts one and leaves it behind
                command, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            wait_for_port(self._mapper_port)
        with (self._folder / "output.log").open("ab") as log:
            self._server = subprocess.Popen([SERVER], env=self._environment, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while not self._greets():
            assert self._server.poll() is None, (self._folder / "output.log").read_text()
            assert time.monotonic() < deadline, "RabbitMQ did not start"
            time.sleep(0.1)

    def _greets(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 5) as probe:
                probe.settimeout(5)
                probe.sendall(b"AMQP\x00\x00\x09\x01")
                return probe.recv(1) == b"\x01"
        except OSError:
            return False

    def stop(self) -> None:
        assert self._server
        self._server.terminate()
        self._server.wait(90)

    def add_user(self, name: str, password: str, *, configure: str, write: str, read: str) -> str:
        """Its URL; the rights are patterns of names."""
        words = ", ".join(f'<<"{one}">>' for one in (name, "/", configure, write, read, "tests"))
        code = (
            f'rabbit_auth_backend_internal:add_user(<<"{name}">>, <<"{password}">>, <<"tests">>),'
            f" rabbit_auth_backend_internal:set_permissions({words})."
        )
        command = [str(SERVER.with_name("rabbitmqctl")), "-n", self._environment["RABBITMQ_NODENAME"], "eval", code]
        subprocess.run(command, env=self._environment, check=True, capture_output=True)
        return self.url.replace("guest:guest@", f"{name}:{password}@")

    def freeze(self) -> None:
        """It takes connections still, as the kernel does that, and says nothing more."""
        assert self._server
        os.kill(self._server.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._server
        os.kill(self._server.pid, signal.SIGCONT)

    def close(self) -> None:
        if self._server and self._server.poll() is None:
            self.thaw()
            self.stop()
        if self._mapper:
            self._mapper.terminate()
            self._mapper.wait()

    @property
    def runs(self) -> bool:
        return self._server is not None and self._server.poll() is None
