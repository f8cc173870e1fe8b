"""LINE's limits as pure checks. Each returns the problems for which a request is refused, none if all is well.

By default they refuse what LINE refuses; with `strict` also what LINE takes although it is hardly meant.
"""

from typing import Any

from line_emulator.rules.checks import Check, Problem, refused
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
    "refused",
]


def problems(check: Check, value: Any, at: str = "") -> list[Problem]:
    """Return everything that the check finds, tolerated or not, in a stable order."""
    return sorted(set(check(value, at)), key=lambda problem: (problem.property, problem.message))


def check_messages(messages: Any, *, to_group: bool | None = None, strict: bool = False) -> list[Problem]:
    """Check the `messages` of a request. Without `to_group`, what some chat would accept passes."""
    return refused(problems(messages_check(to_group=to_group), messages, "/messages"), strict=strict)


def check_flex(container_object: Any, *, strict: bool = False) -> list[Problem]:
    """Check a Flex bubble or carousel by itself."""
    return refused(problems(container, container_object), strict=strict)


def check_send_request(kind: str, body: Any, *, to_group: bool | None = None, strict: bool = False) -> list[Problem]:
    """Check the whole body of `reply`, `push`, `multicast`, or `validate/…`."""
    return refused(problems(send_check(kind, to_group=to_group), body), strict=strict)


def check_rich_menu(menu: Any, *, strict: bool = False) -> list[Problem]:
    """Check the object that is sent to create a rich menu."""
    return refused(problems(rich_menu, menu), strict=strict)


def check_rich_menu_image(data: bytes, content_type: str, size: dict[str, int]) -> list[Problem]:
    """Check the image for a menu of this size."""
    return problems(image_check(content_type, size), data)
