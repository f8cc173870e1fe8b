"""What a person types in answer to a question, read into a value."""
