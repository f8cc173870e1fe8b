"""Whether everything the bot says can be read and shown."""

import re
from collections.abc import Iterator

from bot.diagnostics.content import content_checks
from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, failed, ok


def content(patient: CheckContext) -> Iterator[CheckResult]:
    del patient
    wrong = [checked for checked in content_checks() if checked.problem]
    for checked in wrong:
        todo = (
            "そのファイルと行を直してください（madoguchi content check）",
            "mend that file and line (madoguchi content check)",
        )
        japanese, _, english = checked.part.partition(" / ")
        place = re.match(r"[^\s:]+:\d+", checked.problem or "")
        where = f"（{place[0]}）" if place else ""
        yield failed(f"「{japanese}」に誤りがあります{where}", f"{english}: {checked.problem}", todo=todo)
    if not wrong:
        yield ok("回答・文章・テンプレートに誤りはありません", "answers, sentences and templates are without mistakes")
