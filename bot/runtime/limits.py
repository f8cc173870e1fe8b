"""Every time limit that tests have to stretch or shorten, in one frozen object.

It is part of the settings, because everything that builds the parts of a process has these already. The environment
does not set it: the limits depend on each other and on LINE, not on the deployment.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The time limits of a process. Each part gets the ones it needs as arguments of its constructor."""

    # One call to Redis takes at most two answers or connections: below the 2 s in which LINE wants its answer.
    redis_answer_seconds: float = 0.7
    redis_connect_seconds: float = 0.3
    redis_pool_wait_seconds: float = 0.5  # for a free connection: a call may take 1.3 s of the 2 s
    lease_ms: int = 4000  # how long the users of a worker that died stay locked
    schema_version_ms: int = 5000  # a worker announces its version each second; after this time it counts as gone
    webhook_seconds: float = 0.5  # then no further round trip is started: LINE waits 2 s, and one may take 1.4 s
    first_look_seconds: float = 1.5  # the first request of a web process waits this long for key and destination
    key_refresh_seconds: float = 5.0
    destination_refresh_seconds: float = 30.0
    readiness_seconds: float = 1.0  # `/readyz` probes Redis and the broker at most this often
    heartbeat_seconds: float = 2.0
    silent_seconds: float = 15.0  # a process without a heartbeat for so long is shown as gone
    account_api_seconds: tuple[float, float] = (2.0, 6.0)  # connect, read
    rich_menu_api_seconds: tuple[float, float] = (2.0, 30.0)  # connect, read: uploads a picture of up to 1 MB
    broker_check_seconds: float = 3.0
    running_check_seconds: float = 5.0
    worker_sign_seconds: float = 4.0  # `madoguchi check` waits this long for a worker, which shows itself each second
    all_checks_seconds: float = 25.0  # for the slowest check; all of them run at the same time


LIMITS = Limits()
