"""The sentences and the knowledge of the bot: YAML models, loading and validation."""
