"""Finds the entry that answers a question, in process, or says honestly that none does."""

from bot.content.search.search import Answered, Hit, Outcome, Search, load_search

__all__ = ["Answered", "Hit", "Outcome", "Search", "load_search"]
