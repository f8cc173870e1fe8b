"""Delivery of replies to LINE: the outbox entry and its decisions, the sender, the limiter, what is sent again."""
