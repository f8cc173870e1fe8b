"""Parsing of typed answers into values: dates, choices, counts and mail domains."""
