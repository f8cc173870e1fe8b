"""What the bot is measured against; none of it imports the bot, each runs in a process of its own."""
