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
    redis_idle_seconds: float = 10.0  # connections of a burst beyond a few are closed after this time
    lease_ms: int = 4000  # how long the users of a worker that died stay locked
    schema_version_ms: int = 5000  # a worker announces its version each second; after this time it counts as gone
    inbox_grace_ms: int = 1500  # the sweeper repeats the wake-up of a new event after this time without a worker
    sweep_every_ms: int = 1000
    sweep_again_ms: int = 1500  # a user whom the sweeper has found is not found again for so long
    webhook_seconds: float = 0.5  # then no further round trip is started: LINE waits 2 s, and one may take 1.4 s
    first_look_seconds: float = 1.5  # the first request of a web process waits this long for key and destination
    key_refresh_seconds: float = 5.0
    destination_refresh_seconds: float = 30.0
    content_refresh_seconds: float = 1.0  # a page looks for newly published content at most this often
    content_pause_seconds: float = 5.0  # the same after Redis did not answer
    readiness_seconds: float = 1.0  # `/readyz` probes Redis and the broker at most this often
    heartbeat_seconds: float = 2.0
    silent_seconds: float = 15.0  # a process without a heartbeat for so long is shown as gone
    line_read_seconds: float = 12.0  # a response after ten seconds still spares a second attempt
    line_short_read_seconds: float = 3.0  # while other calls hang, so that a LINE that answers again is noticed soon
    line_fresh_seconds: float = 1.0  # no server closes a connection so soon after a response unannounced
    permit_wait_seconds: float = 0.25  # a thread waits this long for a permit, and only while some are being released
    delivery_backoff_seconds: tuple[float, ...] = (0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300)
    delivery_give_up_seconds: float = 24 * 3600  # as long as LINE knows a retry key: a later push would arrive twice
    account_api_seconds: tuple[float, float] = (2.0, 6.0)  # connect, read
    rich_menu_api_seconds: tuple[float, float] = (2.0, 30.0)  # connect, read: uploads a picture of up to 1 MB
    broker_check_seconds: float = 3.0
    running_check_seconds: float = 5.0
    worker_sign_seconds: float = 4.0  # `madoguchi check` waits this long for a worker, which shows itself each second
    all_checks_seconds: float = 25.0  # for the slowest check; all of them run at the same time


LIMITS = Limits()
