"""The names of the checks, for the command line and for labels, without loading the checks themselves."""

from typing import Literal, get_args

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

CHECK_NAMES: tuple[str, ...] = get_args(CheckName)
