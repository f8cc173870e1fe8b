"""The worker process: one user's queue at a time, each event as one turn, its reply delivered."""
