"""The metrics of the bot: their catalogue, the counters of one process, and sums over stored counts."""
