"""What the content really says fits its bubbles whole: a fact is never cut off."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.flows import faq, menu
from bot.flows.context import Context
from bot.flows.postback import Tap
from bot.flows.precheck.verdict import verdict
from bot.flows.session import FlowState, Session
from bot.replies.render import render
from bot.replies.views import Reply
from bot.text import measure
from tests.release import release_resources

ANSWERS = {
    "body": ("神奈川県横浜市", "鹿児島県大島郡与論町", "横浜市中区"),
    "account_name": ("横浜市", "鹿児島県大島郡与論町役場公式アカウント"),
    "verified": ("yes", "pending", "no"),
    "plan_in_use": ("none", "other_account", "unknown"),
    "applicant": ("staff", "agency"),
    "current_plan": ("communication", "light"),
    "email_domain": ("town.yoron.lg.jp", "a-rather-long-mail-domain.example.co.jp"),
}


@pytest.fixture(scope="module")
def ctx() -> Context:
    return Context(resources=release_resources(), today=date(2026, 12, 28), new_conversation_id="k3J9abcd")


def assert_whole(view: Reply) -> None:
    message = render(view)
    if not isinstance(message.get("contents"), dict):
        assert not message["text"].endswith(measure.ELLIPSIS)
        return
    cut = [text for text in _strings(message["contents"]) if text.endswith(measure.ELLIPSIS)]
    assert cut == []


def test_every_entry_of_the_knowledge_is_shown_whole(ctx: Context) -> None:
    for entry in ctx.resources.knowledge.by_id.values():
        assert_whole(faq.answer(entry, ctx))


def test_every_list_of_questions_is_shown_whole_and_with_all_its_rows(ctx: Context) -> None:
    assert ctx.resources.knowledge.categories
    for category in ctx.resources.knowledge.categories:
        tap = Tap(flow=faq.NAME, step="category", value=category.category)
        (view,) = faq.handle_postback(Session(), tap, ctx).replies
        assert_whole(view)
        assert [*_strings(render(view)["contents"])].count("›") == len(category.entries)


def test_menu_greeting_and_notices_are_shown_whole(ctx: Context) -> None:
    for view in (menu.menu(ctx), menu.welcome(ctx, returning=False), menu.welcome(ctx, returning=True)):
        assert_whole(view)
    for key in ctx.texts.ui.notices:
        assert_whole(menu.notice(ctx, key))


@pytest.mark.parametrize("body", ANSWERS["body"])
def test_every_verdict_is_shown_whole(ctx: Context, body: str) -> None:
    others = {name: values for name, values in ANSWERS.items() if name != "body"}
    for values in itertools.product(*others.values()):
        answers = {
            "has_account": True,
            "body": body,
            "apply_date": "2026-12-28",
            **dict(zip(others, values, strict=True)),
        }
        talk = FlowState(flow="precheck", conversation_id="k3J9abcd", step="review", answers=answers)
        for view in verdict(talk, ctx):
            assert_whole(view)


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from _strings(value)
    elif isinstance(part, list):
        for value in part:
            yield from _strings(value)
