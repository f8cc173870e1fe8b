"""What the verdict's bubble is made of: its pages, and the way to where each step is done."""

import itertools

import pytest

from bot.flows.precheck.verdict import verdict
from bot.flows.session import FlowState
from bot.replies.actions import Copy, Open
from bot.replies.views import NextStep, VerdictView
from tests.edition import CITED
from tests.flows.conftest import Conversation

DESK = Copy("ml-new-public-account@lycorp.co.jp")
READY: dict[str, str | bool | None] = {
    "body": "神奈川県横浜市",
    "has_account": True,
    "plan_in_use": "none",
    "applicant": "staff",
    "account_name": "横浜市",
    "verified": "yes",
    "current_plan": "communication",
}


def bubble(talk: Conversation, answers: dict[str, str | bool | None]) -> VerdictView:
    (view,) = verdict(FlowState(flow="precheck", conversation_id="s", step="review", answers=answers), talk.ctx)
    assert isinstance(view, VerdictView)
    return view


def step(view: VerdictView, title: str) -> NextStep:
    (found,) = [step for step in view.steps if step.title == title]
    return found


def test_each_step_names_its_page(talk: Conversation) -> None:
    view = bubble(talk, READY)
    assert all(one.source.startswith(f"{CITED} ") for one in view.steps)
    assert step(view, "プレミアムIDを選ぶ").source == f"{CITED} 5ページ"


def test_steps_lead_to_where_they_are_done(talk: Conversation) -> None:
    apply = step(bubble(talk, READY), "申込フォームから申し込む").link
    assert apply
    assert apply.action == Open("https://linegov.com/application/plan-form.php", external=True)
    asked = step(bubble(talk, {**READY, "account_name": "神奈川県横浜市役所"}), "アカウント名を問い合わせる").link
    assert asked
    assert asked.action == DESK


@pytest.mark.parametrize(
    ("answers", "pages"),
    [
        (READY, "5・6・8・15"),
        ({**READY, "current_plan": "light"}, "5・6・7・8・15"),
        ({"body": "神奈川県横浜市", "plan_in_use": "this_account"}, "5・6・8・14・16"),
        ({"body": "横浜市西区"}, "4・6・9・14"),
    ],
)
def test_source_names_the_pages_that_were_used(
    talk: Conversation, answers: dict[str, str | bool | None], pages: str
) -> None:
    assert bubble(talk, answers).source == f"{CITED} {pages}ページ"


def test_whatever_is_answered_a_step_that_speaks_of_the_desk_has_its_address(talk: Conversation) -> None:
    open_ends: tuple[tuple[str | bool | None, ...], ...] = (
        (True, False, None),
        ("none", "other_account", "this_account", "unknown"),
        ("agency", None),
        ("横浜市", "神奈川県横浜市役所", None),
        ("yes", "no", None),
    )
    keys = ("has_account", "plan_in_use", "applicant", "account_name", "verified")
    for values in itertools.product(*open_ends):
        view = bubble(talk, {"body": "神奈川県横浜市", **dict(zip(keys, values, strict=True))})
        of_desk = [one for one in view.steps if "運用窓口" in one.text]
        assert all(one.link and one.link.action == DESK for one in of_desk)
        assert len(view.steps) <= 16, "more than the bubbles show"
