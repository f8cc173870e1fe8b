"""The limits of LINE's messages; `bot/text/measure.py` counts as LINE does."""

from bot.text.measure import clean, cut_units

MESSAGE_TEXT = 5_000
ALT_TEXT = 1_500
BUBBLE_BYTES = 30_000
CAROUSEL_BYTES = 50_000
CAROUSEL_BUBBLES = 12
QUICK_REPLIES = 13
QUICK_LABEL = 20
LABEL = 40
DISPLAY_TEXT = 300
SAY_TEXT = 300
POSTBACK_DATA = 300
URI = 10_000
CLIPBOARD = 1_000

__all__ = ["clean", "cut_units"]  # for bot/content/masking.py, until it imports them from there
