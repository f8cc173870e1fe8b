"""What the bot counts and measures of itself: the catalogue, and the counters of one process."""
