"""One folding of text, and one way to measure it, for all who read what people type."""
