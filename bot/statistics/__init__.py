"""What the operators see: the bot's figures over some days, for the console and the terminal."""

from bot.statistics.model import (
    ContentVersion,
    Day,
    Delivery,
    EntryFigures,
    Funnel,
    FunnelStep,
    Intake,
    Named,
    Questions,
    Queue,
    Spread,
    Statistics,
    UnansweredQuestion,
)
from bot.statistics.reading import read_statistics

__all__ = [
    "ContentVersion",
    "Day",
    "Delivery",
    "EntryFigures",
    "Funnel",
    "FunnelStep",
    "Intake",
    "Named",
    "Questions",
    "Queue",
    "Spread",
    "Statistics",
    "UnansweredQuestion",
    "read_statistics",
]
