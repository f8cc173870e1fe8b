"""The insides of redis-py that the store relies on. `tests/contract/test_redis_py.py` checks each of them.

Two more are inherited and cannot be moved: `BoundedPool` is a redis-py pool (`reset`, `_checkpid`), and
`DirectScriptRedis` sends without redis-py's health check (`send_packed_command(check_health=False)`).
"""

from collections.abc import Callable
from typing import Any

Refresh = Callable[..., None]


def socket_of(connection: Any) -> Any:
    """Return the connected socket or None. redis-py has no public way to change the timeout of one call."""
    return connection._sock


def is_kernel_timeout(error: BaseException) -> bool:
    """Return True if redis-py raised this error because a socket with a kernel timeout (SO_RCVTIMEO) had no data.

    Such a socket reports EAGAIN, which redis-py takes for a lost connection.
    """
    return isinstance(error.__context__, BlockingIOError)


def replace_topology_refresh(cluster: Any, make: Callable[[Refresh], Refresh]) -> None:
    """Replace the function by which a cluster client reads the topology.

    redis-py calls it inside the failing command, and has no setting to do that elsewhere.
    """
    manager = cluster.nodes_manager
    manager.initialize = make(manager.initialize)


def refresh_topology(cluster: Any) -> None:
    """Call the function by which a cluster client reads the topology, as a command does that meets a failed node."""
    cluster.nodes_manager.initialize()


def replace_pipeline_resend(pipeline: Any, make: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Replace the function by which a cluster pipeline sends a failed command again on its own."""
    pipeline.parent_execute_command = make(pipeline.parent_execute_command)
