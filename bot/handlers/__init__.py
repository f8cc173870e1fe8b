"""An event in, a turn out: what the bot does with each webhook event."""
