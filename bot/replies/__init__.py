"""Typed replies, and their rendering to LINE messages within LINE's limits."""
