"""Reads the facts of the pre-check in free-worded messages: clauses, what holds for each, and the values in them."""
