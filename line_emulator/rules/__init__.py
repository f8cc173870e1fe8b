"""LINE's limits as pure checks: never kinder than LINE; each answer is a list, empty if all is well."""

from typing import Any

from line_emulator.rules.checks import Check, Problem
from line_emulator.rules.flex import container
from line_emulator.rules.hints import hint_messages
from line_emulator.rules.messages import messages_check
from line_emulator.rules.requests import send_check
from line_emulator.rules.rich_menus import image_check, rich_menu

__all__ = [
    "Check",
    "Problem",
    "check_flex",
    "check_messages",
    "check_rich_menu",
    "check_rich_menu_image",
    "check_send_request",
    "hint_messages",
    "problems",
]


def problems(check: Check, value: Any, at: str = "") -> list[Problem]:
    """Everything that the check finds, in a steady order."""
    return sorted(set(check(value, at)), key=lambda problem: (problem.property, problem.message))


def check_messages(messages: Any, *, to_group: bool | None = None) -> list[Problem]:
    """The `messages` of a request; without `to_group`, what some chat would take passes."""
    return problems(messages_check(to_group=to_group), messages, "/messages")


def check_flex(container_object: Any) -> list[Problem]:
    """A Flex bubble or carousel by itself."""
    return problems(container, container_object)


def check_send_request(kind: str, body: Any, *, to_group: bool | None = None) -> list[Problem]:
    """The whole body of `reply`, `push`, `multicast`, or `validate/…`."""
    return problems(send_check(kind, to_group=to_group), body)


def check_rich_menu(menu: Any) -> list[Problem]:
    """The rich menu object that is sent to create a menu."""
    return problems(rich_menu, menu)


def check_rich_menu_image(data: bytes, content_type: str, size: dict[str, int]) -> list[Problem]:
    """The picture of a menu of that size."""
    return problems(image_check(content_type, size), data)
