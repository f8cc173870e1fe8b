"""What every process of the bot needs: logs, signals, a supervisor, the clock, random bytes, paths."""
