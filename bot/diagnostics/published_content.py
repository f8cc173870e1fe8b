"""The content that was published: whether it is good under this release, and what both have changed."""

from collections.abc import Iterator

from bot.content.live import version_of
from bot.content.release import release_units
from bot.content.units import conflicts
from bot.content.version import using_version
from bot.diagnostics.content import content_checks
from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, ok, skipped, warning
from bot.errors import BotError
from bot.store.content_versions import ContentVersions

NAMED = 3


def published_content(context: CheckContext) -> Iterator[CheckResult]:
    """Check the current version as the content of the release is checked. It never stops a start."""
    versions = ContentVersions(context.redis)
    try:
        number = versions.current()
        found = versions.read(number) if number else None
    except BotError:
        yield skipped("公開した内容は、Redisに届かないため確かめていません", "published content: no Redis")
        return
    if not number:
        yield ok("公開した変更はなく、リリースの内容が使われます", "nothing is published: the release speaks")
        return
    problem = "it cannot be read"
    if found:
        version = version_of(found)
        with using_version(version):
            wrong = (checked for checked in content_checks() if checked.problem)
            problem = next((f"{checked.part}: {checked.problem}" for checked in wrong), "")
        both = sorted(conflicts(version.changes, release_units()))
        if both:
            yield _conflicts(both)
    if problem:
        yield warning(
            f"公開した版{number}は、このリリースでは使えません。最後に使えた版が使われます",
            f"version {number} is not good under this release, the last good one is used: {problem}",
            next_step=(
                "内容を直して公開するか、以前の版に戻してください（docs/how-to/desk.md）",
                "mend and publish, or restore an earlier version (docs/how-to/desk.md)",
            ),
        )
    elif not both:
        yield ok(f"公開した版{number}に誤りはありません", f"published version {number} is without mistakes")


def _conflicts(units: list[str]) -> CheckResult:
    named = ", ".join(units[:NAMED]) + ("" if len(units) <= NAMED else ", …")
    return warning(
        f"公開した変更のうち{len(units)}件は、リリースでも変わっています（窓口の文を使っています）",
        f"{len(units)} published changes are of units that this release has changed, too: {named}",
        next_step=("madoguchi content conflicts で見比べてください", "compare them: madoguchi content conflicts"),
    )
