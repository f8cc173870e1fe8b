"""What `make bench` calls round trips are all of them."""

from threading import Thread

from redis import Redis

from bench.mail_room import Worker
from bench.turns import round_trips, sends, walk
from tests.servers import RedisServer


def test_every_command_and_every_pipeline_sent_is_one_round_trip(redis: Redis) -> None:
    redis.ping()
    with sends() as sent:
        redis.set("a", 1)
        redis.get("a")
        with redis.pipeline(transaction=False) as pipe:
            pipe.get("a")
            pipe.get("b")
            pipe.execute()
    redis.ping()
    assert len(sent) == 3


def test_a_turn_makes_three_round_trips(redis: Redis, redis_server: RedisServer) -> None:
    assert redis.ping()
    worker = Worker(redis_server.url)
    walk(worker)  # connections are made and scripts loaded
    assert round_trips(worker) == 3


def test_what_another_thread_sends_is_not_counted(redis: Redis) -> None:
    redis.ping()
    with sends() as sent:
        other = Thread(target=redis.ping)
        other.start()
        other.join()
        redis.ping()
    assert len(sent) == 1
