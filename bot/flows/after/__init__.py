"""The time after the hand-off: the day of the application, its result, and what to do then."""
