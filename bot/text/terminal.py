"""Characters that a terminal obeys, or that turn or hide what follows them."""

CONTROLS = "\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"  # for a character class; without C0
