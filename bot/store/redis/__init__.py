"""The connection to Redis: one server, a cluster or the embedded one, and scripts that go straight over it."""
