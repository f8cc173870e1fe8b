"""The colours of every bubble by role; templates name them as `$ink`.

Text keeps a contrast of 4.5 : 1 or more to every ground (tests/replies/test_palette.py), and no meaning rests
on colour alone: marks and words say the same.
"""

INKS = {
    "ink": "#17261F",  # what is read
    "muted": "#4F5F58",  # reasons, sources, hints
    "green": "#0A5A44",  # what can be tapped; primary buttons
    "amber": "#7A4A00",  # what needs care
    "red": "#9B2A1F",  # what failed, what cannot be undone
    "white": "#FFFFFF",
}

GROUNDS = {
    "paper": "#FFFFFF",
    "mist": "#E3EEE8",  # secondary buttons, quiet areas
    "sand": "#FDF3DF",  # warnings
    "rose": "#FBECE9",  # failures
}

LINES = {
    "rule": "#D5E0DA",  # separators, the empty part of the bar
}

COLOURS = INKS | GROUNDS | LINES
