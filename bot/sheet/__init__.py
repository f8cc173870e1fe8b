"""The printable sheet of a pre-check: its link, view, layout and texts."""
