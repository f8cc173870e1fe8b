"""How full Redis is, for the alert before it refuses writes."""

from bot.store.redis.memory import memory_ratio
from tests.servers import RedisServer


def test_share_of_the_limit_is_read_and_a_server_without_one_is_never_full(server: RedisServer) -> None:
    client = server.client()
    assert memory_ratio(client) == 0.0
    used = int(client.info("memory")["used_memory"])
    client.config_set("maxmemory", used * 4)
    assert 0.2 < memory_ratio(client) < 0.4
