"""`madoguchi check`: what an operator would otherwise have to look up in six places."""
