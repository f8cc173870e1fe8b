"""The queue of each user: inbox, session and outbox under one lease, and what could not be delivered."""
