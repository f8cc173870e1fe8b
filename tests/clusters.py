"""A Redis Cluster of the tests' own, made by redis-cli as an operator would."""

import os
import signal
import subprocess
import time
from pathlib import Path

from redis import Redis

from bot.store.redis.cluster import Cluster as Client
from bot.store.redis.cluster import connect_cluster
from bot.store.redis.server_binary import server_binary
from tests.rabbit import RabbitServer
from tests.servers import free_port, wait_for_redis

NODE_TIMEOUT_MS = 1000  # after which the others take a node for lost
READY_SECONDS = 90
EVERYWHERE = ("DBSIZE", "KEYS", "CONFIG SET")  # commands that a test means for all servers


def free_pair() -> int:
    """A port that is free, and with it the one 10,000 above, on which the nodes talk to each other."""
    return free_port(20_001, 22_700, with_one_above=10_000)  # both below the ports of outgoing calls


class Node:
    """One redis-server in cluster mode."""

    def __init__(self, folder: Path) -> None:
        self.port = free_pair()
        self._folder = folder
        self._refused = False
        folder.mkdir(parents=True)
        self._process = self._run()
        wait_for_redis(self.port)

    def _run(self) -> subprocess.Popen[bytes]:
        options = {
            "port": str(self.port),
            "bind": "127.0.0.1",
            "dir": str(self._folder),
            "appendonly": "yes",
            "save": "",
            "logfile": "redis.log",
            "cluster-enabled": "yes",
            "cluster-node-timeout": str(NODE_TIMEOUT_MS),
            "cluster-require-full-coverage": "no",
            "repl-diskless-sync-delay": "0",
        }
        return subprocess.Popen([server_binary(), *(part for key in options for part in (f"--{key}", options[key]))])

    @property
    def client(self) -> Redis:
        return Redis(port=self.port, protocol=2)

    def has_refused_across_slots(self) -> bool:
        """Whether it was ever sent a command whose keys lie in different slots."""
        with self.client as client:
            self._refused = self._refused or "errorstat_CROSSSLOT" in client.info("errorstats")
        return self._refused

    def kill(self) -> None:
        self.has_refused_across_slots()  # its count dies with it
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def freeze(self) -> None:
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self._process.pid, signal.SIGCONT)

    def restart(self) -> None:
        self._process = self._run()
        wait_for_redis(self.port)

    def stop(self) -> None:
        if self._process.poll() is None:
            self.thaw()
            self._process.kill()
            self._process.wait()


class Cluster:
    """Three masters; `add_replica` gives one of them a second."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.masters = [Node(folder / f"node{number}") for number in range(3)]
        self.replicas: list[Node] = []
        self.url = ",".join(f"redis://127.0.0.1:{node.port}/0" for node in self.masters)
        addresses = [f"127.0.0.1:{node.port}" for node in self.masters]
        subprocess.run(
            ["redis-cli", "--cluster", "create", *addresses, "--cluster-yes"], check=True, stdout=subprocess.DEVNULL
        )
        self.wait_until_whole()

    def wait_until_whole(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not all(self._is_whole(node) for node in self.masters):
            assert time.monotonic() < deadline, "the cluster did not come together"
            time.sleep(0.05)

    def _is_whole(self, node: Node) -> bool:
        with node.client as client:
            known: dict[str, str] = client.cluster("info")
        return known["cluster_state"] == "ok" and known["cluster_slots_ok"] == "16384"

    def add_replica(self, of: int) -> Node:
        """In step with its master before this returns."""
        node = Node(self._folder / f"replica{of}")
        self.replicas.append(node)
        with self.masters[of].client as client:
            master = client.cluster("myid").decode()
        address = f"127.0.0.1:{self.masters[of].port}"
        words = ["--cluster", "add-node", f"127.0.0.1:{node.port}", address, "--cluster-slave"]
        subprocess.run(["redis-cli", *words, "--cluster-master-id", master], check=True, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + READY_SECONDS
        with node.client as client:
            while client.info("replication").get("master_link_status") != "up":
                assert time.monotonic() < deadline, "the replica did not follow"
                time.sleep(0.05)
        return node

    def move_slot(self, slot: int, origin: Node, target: Node) -> None:
        """With its keys, as redis-cli reshards."""
        with origin.client as giver, target.client as taker:
            names = giver.cluster("myid").decode(), taker.cluster("myid").decode()
            taker.execute_command("CLUSTER", "SETSLOT", slot, "IMPORTING", names[0])
            giver.execute_command("CLUSTER", "SETSLOT", slot, "MIGRATING", names[1])
            keys = giver.execute_command("CLUSTER", "GETKEYSINSLOT", slot, 100)
            giver.migrate("127.0.0.1", target.port, keys, 0, 5000)
            for client in (taker, giver):
                client.execute_command("CLUSTER", "SETSLOT", slot, "NODE", names[1])

    def empty(self) -> None:
        for node in self.masters:
            with node.client as client:
                client.flushall()

    def refused_across_slots(self) -> list[int]:
        """The ports of the masters that have been sent a command whose keys lie in different slots; they count it."""
        return [node.port for node in self.masters if node.has_refused_across_slots()]

    def stop(self) -> None:
        for node in (*self.masters, *self.replicas):
            node.stop()


class ClusterAndRabbit:
    """Stands where a RedisServer stands, for tests that are to hold on either."""

    cluster = True

    def __init__(self, folder: Path) -> None:
        self.redis = Cluster(folder)
        self.rabbit = RabbitServer(folder / "rabbit")
        self.url = self.redis.url
        self.broker_url = self.rabbit.url

    @property
    def environment(self) -> dict[str, str]:
        """What a process must be told to use them, and more than one process of each kind."""
        return {
            "REDIS_URL": self.url,
            "REDIS_CLUSTER": "1",
            "BROKER_URL": self.broker_url,
            "WEB_PROCESSES": "2",
            "WORKER_PROCESSES": "2",
        }

    def client(self) -> Client:
        """One that sees all servers where a test asks for all keys."""
        client = connect_cluster(self.url, wait_seconds=60.0)
        client.command_flags.update(dict.fromkeys(EVERYWHERE, client.PRIMARIES))
        return client

    def start(self) -> None:
        self.rabbit.start()

    def stop(self) -> None:
        """At the end of the run: fails it where a command crossed slots, whichever test sent it."""
        try:
            assert self.redis.refused_across_slots() == [], "a command crossed slots"
        finally:
            self.redis.stop()
            self.rabbit.close()
