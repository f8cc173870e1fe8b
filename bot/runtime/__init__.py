"""The basis of every process: logs, signals, time limits, a supervisor, the clock, random bytes, paths."""
