"""What the bot says and knows, and the search over it."""
