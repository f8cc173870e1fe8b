"""Checks the content with changes that nobody uses yet: everything `madoguchi content check` checks in the release."""

from bot.content.units import Changes
from bot.content.version import ContentVersion, using_version
from bot.diagnostics.content import Checked, content_checks


def problems(changes: Changes) -> list[Checked]:
    """Return what is wrong with the release under these changes; empty if they may be published."""
    with using_version(ContentVersion(changes=changes)):
        found = [checked for checked in content_checks() if checked.problem]
    first = {checked.problem: checked for checked in reversed(found)}  # one mistake may stop several parts
    return [checked for checked in found if first[checked.problem] is checked]


def first_problem(changes: Changes) -> str:
    """Return the first problem in one line; empty if these changes may be published."""
    return next((f"{checked.part}: {checked.problem}" for checked in problems(changes)), "")
