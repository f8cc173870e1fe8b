"""Messages outside of the pre-check that state their writer's own case, and so begin it."""

import re
from collections.abc import Mapping
from typing import Any

from bot.flows.context import Context
from bot.flows.named_subjects import is_sentence
from bot.flows.precheck.answers import QUESTION
from bot.flows.reading import Reading
from bot.understanding.search import Answered, Outcome

OF_A_CASE = 3  # answers that are no chance in one message
LATER = frozenset({"apply_date", "email_domain"})  # say nothing of a pre-check when they come alone
OF_A_SENTENCE = 4  # hiragana
_KANA = re.compile("[ぁ-ん]")
SURE = 0.75  # the probability from which an entry is worth showing beside a statement
# What meets a condition: the entry about that condition would say nothing new.
_MEETS: Mapping[str, tuple[Any, ...]] = {
    "has_account": (True,),
    "plan_in_use": ("none",),
    "applicant": ("staff",),
    "verified": ("yes",),
    "current_plan": ("communication", "light", "standard"),
}


def introduces_a_case(reading: Reading, ctx: Context) -> bool:
    """Return True if a message has several answers, or a government by its full name and another answer."""
    body = reading.facts.get("body")
    found = ctx.resources.register.find(body).government if body else None
    said = set(reading.facts) - LATER
    return len(said) >= OF_A_CASE or (
        found is not None and found.full_name == body and bool(said - {"body", "applicant"})
    )


def states_own_case(reading: Reading, text: str) -> bool:
    """Return True if a sentence states an answer (アカウントはまだありません) and asks nothing."""
    answers = _MEETS.keys() & reading.facts.keys()
    return bool(answers) and not reading.questions and _is_statement(text)


def names_own_body(reading: Reading, text: str) -> bool:
    """Return True if a sentence says which government its writer is of (岐阜県の美濃市です), or which it may be."""
    named = "body" in reading.facts or len(reading.ask_back.get("body", ())) > 1
    return named and not reading.questions and _is_statement(text)


def _is_statement(text: str) -> bool:
    """Return True for a sentence that is no question; ライト and 認証済み alone may be words to look up."""
    return not QUESTION.search(text) and (is_sentence(text) or len(_KANA.findall(text)) >= OF_A_SENTENCE)


def answered_beside(reading: Reading, text: str, ctx: Context) -> Answered | None:
    """Return the entry that helps with a statement: how to get an account, if there is none."""
    answered = ctx.resources.search.ask(text)
    if not answered.hits or answered.hits[0].score < SURE:
        return None
    about = ctx.texts.precheck.conversation.entries
    stated = {step: value for step, value in reading.facts.items() if step in _MEETS}
    entry = answered.hits[0].entry.id
    if any(entry in about[step] and value in _MEETS[step] for step, value in stated.items()):
        return None
    return Answered(Outcome.ANSWER, answered.hits[:1])
