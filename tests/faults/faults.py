"""What goes wrong: each fault does its harm, takes it back, and returns; repairing is left to the bot."""

import time
from collections.abc import Callable
from random import Random

from line_emulator.faults import FaultSwitches
from tests.faults.deployment import Deployment
from tests.faults.platform import TypedOption, kill, pause, resume
from tests.servers import RedisServer, free_port

Fault = Callable[[Deployment, Random], None]
LEASE = 4.0


def _last(seconds: float) -> None:
    """For so long the fault stands; time is what it is made of."""
    time.sleep(seconds)


def _any_hand(services: list[TypedOption], random: Random) -> int:
    return random.choice([pid for service in services for pid in service.hands()])


def web_service_killed(stage: Deployment, random: Random) -> None:
    random.choice(stage.webs).kill()


def web_process_killed(stage: Deployment, random: Random) -> None:
    kill(_any_hand(stage.webs, random))


def worker_killed(stage: Deployment, random: Random) -> None:
    kill(_any_hand(stage.workers, random))


def worker_service_killed(stage: Deployment, random: Random) -> None:
    random.choice(stage.workers).kill()


def worker_stopped(stage: Deployment, random: Random) -> None:
    """For longer than its lease: its users are taken over, and what it does when it wakes must not count."""
    pid = _any_hand(stage.workers, random)
    pause(pid)
    try:
        _last(LEASE + random.uniform(1.0, 3.0))
    finally:
        resume(pid)


def redis_killed(stage: Deployment, random: Random) -> None:
    del random
    stage.redis.kill()
    stage.redis.start()


def redis_away(stage: Deployment, random: Random) -> None:
    _away(stage.redis, random.uniform(2.0, 5.0))


def redis_hangs(stage: Deployment, random: Random) -> None:
    """It keeps its connections and does, when it wakes, all that it was asked meanwhile."""
    stage.redis.pause()
    _last(random.uniform(0.9, 3.5))
    stage.redis.resume()


def redis_out_of_memory(stage: Deployment, random: Random) -> None:
    _configured(stage, "maxmemory", "1", "0", random.uniform(1.5, 3.0))


def redis_without_replicas(stage: Deployment, random: Random) -> None:
    _configured(stage, "min-replicas-to-write", "1", "0", random.uniform(1.5, 3.0))


def redis_read_only(stage: Deployment, random: Random) -> None:
    with stage.admin() as admin:
        admin.replicaof("127.0.0.1", free_port())
        _last(random.uniform(1.5, 3.0))
        admin.replicaof("NO", "ONE")


def redis_lets_few_in(stage: Deployment, random: Random) -> None:
    """Fewer clients than the processes have threads; all have to come again, as after a change of plan."""
    with stage.admin() as admin:
        before = admin.config_get("maxclients")["maxclients"]
        admin.config_set("maxclients", 20 + random.choice((0, 4, 20)))
        admin.client_kill_filter(_type="normal", skipme=True)
        _last(random.uniform(6.0, 9.0))
        admin.config_set("maxclients", before)


def redis_read_only_for_minutes(stage: Deployment, random: Random) -> None:
    """What leaks at each refusal is used up by then."""
    del random
    with stage.admin() as admin:
        admin.replicaof("127.0.0.1", free_port())
        _last(180.0)
        admin.replicaof("NO", "ONE")


def redis_fails_over(stage: Deployment, random: Random) -> None:
    """Another server answers at its address; who is connected stays with the old one, which takes no writes."""
    stage.redis.fail_over()
    _last(random.uniform(0.5, 2.0))


def redis_forgets_its_scripts(stage: Deployment, random: Random) -> None:
    del random
    with stage.admin() as admin:
        admin.script_flush()


def broker_away(stage: Deployment, random: Random) -> None:
    _away(stage.broker, random.uniform(2.0, 4.0))


def broker_hangs(stage: Deployment, random: Random) -> None:
    stage.broker.pause()
    _last(random.uniform(2.0, 4.0))
    stage.broker.resume()


def line_slow(stage: Deployment, random: Random) -> None:
    del random
    _switched(stage, 11.0, slow=10)


def line_a_little_slow(stage: Deployment, random: Random) -> None:
    _switched(stage, random.uniform(2.0, 4.0), slow=1.5)


def line_failing(stage: Deployment, random: Random) -> None:
    _switched(stage, random.uniform(2.0, 4.0), failing=random.choice((500, 502, 503)))


def line_drops_after_acting(stage: Deployment, random: Random) -> None:
    _switched(stage, random.uniform(2.0, 4.0), drop="after")


def line_drops_before_acting(stage: Deployment, random: Random) -> None:
    _switched(stage, random.uniform(2.0, 4.0), drop="before")


def line_refuses_one_of_five(stage: Deployment, random: Random) -> None:
    _switched(stage, random.uniform(3.0, 5.0), refuse_every=5)


def line_limits_the_rate(stage: Deployment, random: Random) -> None:
    _switched(stage, random.uniform(2.0, 4.0), rate_limited=True)


def clock_jumps_ahead(stage: Deployment, random: Random) -> None:
    _jump(stage, random, +1)


def clock_minutes_off(stage: Deployment, random: Random) -> None:
    """Wrong by more than a reply token lives, by less than an hour."""
    _jump(stage, random, random.choice([-1, +1]), at_most=3500.0)


def clock_jumps_back(stage: Deployment, random: Random) -> None:
    _jump(stage, random, -1)


def workers_away_for_longer_than_a_token_lives(stage: Deployment, random: Random) -> None:
    _without_workers(stage, 62.0 + random.uniform(0.0, 3.0))


def tokens_expire_while_workers_are_away(stage: Deployment, random: Random) -> None:
    """The same in short: LINE lets the tokens end early."""
    del random
    stage.caught_up(time.monotonic(), 30.0)  # what was under way is no part of this
    _without_workers(stage, 3.0, expire=True)


def _without_workers(stage: Deployment, seconds: float, *, expire: bool = False) -> None:
    for worker in stage.workers:
        worker.hold_down()
    _last(seconds)
    if expire:
        stage.line.expire_tokens()
    for worker in stage.workers:
        worker.let_up()


def _away(server: RedisServer, seconds: float) -> None:
    server.kill()
    _last(seconds)
    server.start()


def _configured(stage: Deployment, name: str, bad: str, good: str, seconds: float) -> None:
    with stage.admin() as admin:
        admin.config_set(name, bad)
        _last(seconds)
        admin.config_set(name, good)


def _switched(stage: Deployment, seconds: float, **switches: object) -> None:
    stage.line.control(**switches)
    _last(seconds)
    stage.line.control(**{name: getattr(FaultSwitches(), name) for name in switches})


def _jump(stage: Deployment, random: Random, way: int, *, at_most: float = 7200.0) -> None:
    """The clocks of one web and one worker service differ from everybody else's for a while."""
    services = (random.choice(stage.webs), random.choice(stage.workers))
    for service in services:
        service.set_clock(way * random.uniform(60.0, at_most))
    _last(random.uniform(3.0, 5.0))
    for service in services:
        service.set_clock(0.0)
