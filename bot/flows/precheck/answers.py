"""Parses typed text and button values of the pre-check into answers."""

import re
from collections.abc import Mapping
from datetime import date

from bot.content.cached import plain_vocabulary
from bot.content.precheck_explanation import in_japanese
from bot.domain.parsing.choices import read_choice, read_mail_answer
from bot.domain.parsing.dates import TypedDateProblem, read_date, sounds_like_a_time
from bot.flows.context import Context
from bot.flows.engine import Accept, Reprompt
from bot.flows.session import FlowState
from bot.text.normalize import normalize

SKIP, TODAY, PICK, UNKNOWN = "skip", "today", "pick", "unknown"
LG = "lg.jp"
_BOOLEANS = {"true": True, "false": False}
QUESTION = re.compile(
    r"[?？]|(か|は|教えて|おしえて|教えてください|知りたい|とは|について|連絡先|使える|なの)[。!！\s]*$"
)
_ANOTHER = re.compile(r"(?:他|ほか|別|よそ)の?(?:アカウント|LINE|ライン)(?!.*(?:だけ|しか))", re.IGNORECASE)
_NOT_THAT = re.compile(r"(では|じゃ)(な[いく]|ありません)|以外|でない")


def offered(state: FlowState, ctx: Context) -> Mapping[str, str]:
    """Return the choices of the pending question that are possible after the answers so far."""
    listed = dict(ctx.texts.precheck.questions[state.step].choices)
    if state.step == "plan_in_use" and state.answers.get("has_account") is False:
        del listed["this_account"]
    return listed


def parse_listed_text(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """Accept one of the choices, as its label or in the user's own words."""
    listed = offered(state, ctx)
    for listed_value, label in listed.items():
        if text.strip() == label:
            return Accept(_BOOLEANS.get(listed_value, listed_value))
    value = read_choice(text, ctx.resources.vocabularies[state.step])
    # 職員ではありません does not say who else, 他のアカウントはありません says nothing of this one
    names_none = _NOT_THAT.search(text) and read_choice(text, plain_vocabulary()) != "no"
    if names_none or (value == "false" and _ANOTHER.search(text)):
        return None if QUESTION.search(text) else Reprompt(ctx.texts.precheck.problems["which"])
    if value == UNKNOWN and value not in listed:
        return Accept(None, ctx.texts.precheck.notes["skipped"])
    if value is None or value not in listed:
        bare = read_choice(text, plain_vocabulary()) in ("yes", "no")  # はい does not say which one
        return Reprompt(ctx.texts.precheck.problems["which"]) if bare else None
    return Accept(_BOOLEANS.get(value, value), ctx.texts.precheck.notes["understood"].format(value=listed[value]))


def parse_listed_choice(value: str, state: FlowState, ctx: Context) -> Accept | None:
    if value == SKIP and value in offered(state, ctx):
        return Accept(None)
    return Accept(_BOOLEANS.get(value, value)) if value in offered(state, ctx) else None


def parse_mail_domain_text(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """Accept the domain only. Nothing else of a mail address is recorded."""
    texts = ctx.texts.precheck
    if QUESTION.search(text):
        return None
    if _NOT_THAT.search(text):
        return Reprompt(texts.problems["domain_which"])
    domain = read_mail_answer(text, ctx.resources.vocabularies[state.step])
    if domain == UNKNOWN:
        return Accept(None, texts.notes["skipped"])
    plain = read_choice(text, plain_vocabulary())
    if plain == "no":
        return Reprompt(texts.problems["domain_which"])
    domain = domain or (LG if plain == "yes" else None)
    if domain:
        return Accept(domain, texts.notes["understood"].format(value=domain))
    dotted = not {"@", "."}.isdisjoint(normalize(text))
    return Reprompt(texts.problems["domain_unreadable"]) if dotted else None


def parse_mail_domain_choice(value: str, state: FlowState, ctx: Context) -> Accept | None:
    if value == SKIP:
        return Accept(None)
    return Accept(value) if value in offered(state, ctx) else None


def parse_apply_date_text(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """Accept a day from today on. Ask again if the text is about time but names no day."""
    texts = ctx.texts.precheck
    if read_choice(text, ctx.resources.vocabularies[state.step]) == UNKNOWN:
        return Accept(None, texts.notes["skipped"])
    found = read_date(text, today=ctx.today)
    if found.problem is TypedDateProblem.UNREADABLE and (QUESTION.search(text) or not sounds_like_a_time(text)):
        return None
    if found.problem or not found.day:
        return Reprompt(texts.problems[f"date_{found.problem}"])
    return Accept(found.day.isoformat(), texts.notes["understood"].format(value=in_japanese(found.day)))


def parse_apply_date_choice(value: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """Accept 今日, 未定, or a date from the date picker."""
    del state
    if value == SKIP:
        return Accept(None)
    if value == PICK:
        return Reprompt(ctx.texts.precheck.problems["date_pick"])  # typed, but the picker opens by a tap only
    try:
        day = ctx.today if value == TODAY else date.fromisoformat(value)
    except ValueError:
        return None
    return Accept(day.isoformat()) if day >= ctx.today else Reprompt(ctx.texts.precheck.problems["date_past"])


def is_covered_question(text: str, ctx: Context) -> bool:
    """Return True if the text has the form of a question and the knowledge has an entry for it."""
    return bool(QUESTION.search(text)) and ctx.resources.search.ask(text).outcome != "none"
