"""Everything that is stored in Redis."""
