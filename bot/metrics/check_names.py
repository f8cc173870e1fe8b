"""The names of the checks, which the command line offers without loading the checks themselves."""

from typing import Literal

CheckName = Literal[
    "settings",
    "content",
    "encoder",
    "redis",
    "persistence",
    "published-content",
    "secret-key",
    "broker",
    "token",
    "channel",
    "clock",
    "webhook",
    "webhook-test",
    "rich-menus",
    "quota",
    "public-url",
    "worker",
    "redelivery",
    "greeting",
    "links",
]
