"""Delivery of replies to LINE: the outbox entry and its decisions, the sender, the limiter, resending by operators."""
