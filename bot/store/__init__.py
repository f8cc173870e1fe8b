"""All that is kept in Redis, and nothing that is kept elsewhere."""
