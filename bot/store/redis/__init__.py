"""The connection to Redis: a server, a cluster or the embedded server, and the Lua scripts."""
