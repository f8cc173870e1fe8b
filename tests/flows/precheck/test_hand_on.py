"""What the verdict offers to take along: the sheet where it is served, the text always."""

from collections.abc import Mapping
from datetime import date

import pytest

from bot.flows.context import Context, Resources
from bot.flows.precheck.verdict import verdict
from bot.flows.session import FlowState
from bot.replies.actions import Copy, Open
from bot.replies.render import render_all
from bot.replies.views import VerdictView
from bot.runtime.key_derivation import derive_keys
from bot.sheet.links import PURPOSE, SheetLinks
from tests.flows.conftest import TODAY
from tests.line_emulator.strictly import check_messages

ANSWERS: dict[str, object] = {"body": "横浜市", "plan_in_use": "none", "account_name": None, "email_domain": "lg.jp"}


def sheet_url(answers: Mapping[str, object], on: date) -> str:
    return f"https://bot.example/sheet/{'.'.join(sorted(answers))}/{on}"


def shown(resources: Resources, answers: dict[str, object], *, served: bool) -> VerdictView:
    ctx = Context(resources=resources, today=TODAY, new_conversation_id="new", sheet_url=sheet_url if served else None)
    reply = verdict(FlowState(flow="precheck", conversation_id="s", step="review", answers=answers), ctx)[0]
    assert isinstance(reply, VerdictView)
    return reply


@pytest.mark.parametrize("more", [{}, {"body": "横浜市中区"}, {"plan_in_use": "this_account"}, {"applicant": "agency"}])
def test_every_verdict_opens_its_sheet_in_a_browser_that_can_print(
    resources: Resources, more: dict[str, object]
) -> None:
    buttons = {button.label: button.action for button in shown(resources, {**ANSWERS, **more}, served=True).buttons}
    sheet = buttons["確認シートを開く"]
    assert isinstance(sheet, Open)
    assert sheet.external
    keys = sorted({"body", "plan_in_use", "email_domain", *more})
    assert sheet.uri == f"https://bot.example/sheet/{'.'.join(keys)}/2026-11-24"  # what was skipped is not in it


def test_verdict_can_be_copied_as_text(resources: Resources) -> None:
    buttons = {button.label: button.action for button in shown(resources, ANSWERS, served=False).buttons}
    copy = buttons["結果を文章でコピー"]
    assert isinstance(copy, Copy)
    assert "確認が残っています" in copy.text
    assert "確認シートを開く" not in buttons


def test_longest_verdict_stays_within_lines_limits_with_link_and_text(resources: Resources) -> None:
    """The answers as long as a chat records them, in letters that take the most bytes."""
    links = SheetLinks(derive_keys("0123456789abcdef0123456789abcdef", PURPOSE), "https://madoguchi.example.lg.jp")
    ctx = Context(resources=resources, today=TODAY, new_conversation_id="new", sheet_url=links.link)
    for verified, applicant in (("no", "agency"), (None, None), ("yes", None), ("pending", "staff")):
        answers = {
            "body": "𠮷野" * 30,
            "has_account": True,
            "plan_in_use": "unknown",
            "applicant": applicant,
            "account_name": "👩‍👩‍👧‍👦" * 10,
            "verified": verified,
            "current_plan": "standard",
            "email_domain": f"{'a' * 63}.{'b' * 63}.{'c' * 63}.jp",
        }
        replies = verdict(FlowState(flow="precheck", conversation_id="s" * 12, step="review", answers=answers), ctx)
        assert check_messages(render_all(replies)) == []
