"""Typed words and taps of the pre-check as recorded answers."""

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
_NOT_THAT = re.compile(r"(では|じゃ)(な[いく]|ありません)|以外|でない")


def offered(state: FlowState, ctx: Context) -> Mapping[str, str]:
    """The choices of the pending question that make sense after the answers so far."""
    listed = dict(ctx.texts.precheck.questions[state.step].choices)
    if state.step == "plan_in_use" and state.answers.get("has_account") is False:
        del listed["this_account"]
    return listed


def read_listed(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """One of the choices, in the words of its button or in one's own."""
    listed = offered(state, ctx)
    for listed_value, label in listed.items():
        if text.strip() == label:
            return Accept(_BOOLEANS.get(listed_value, listed_value))
    value = read_choice(text, ctx.resources.vocabularies[state.step])
    if _NOT_THAT.search(text) and read_choice(text, plain_vocabulary()) != "no":
        if QUESTION.search(text):
            return None
        return Reprompt(ctx.texts.precheck.problems["which"])  # 職員ではありません: then who is it
    if value == UNKNOWN and value not in listed:
        return Accept(None, ctx.texts.precheck.notes["skipped"])
    if value is None or value not in listed:
        bare = read_choice(text, plain_vocabulary()) in ("yes", "no")  # はい, where that does not tell which
        return Reprompt(ctx.texts.precheck.problems["which"]) if bare else None
    return Accept(_BOOLEANS.get(value, value), ctx.texts.precheck.notes["understood"].format(value=listed[value]))


def settle_listed(value: str, state: FlowState, ctx: Context) -> Accept | None:
    if value == SKIP and value in offered(state, ctx):
        return Accept(None)
    return Accept(_BOOLEANS.get(value, value)) if value in offered(state, ctx) else None


def read_mail_domain(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """The domain only: of an address nothing else is recorded."""
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


def settle_mail_domain(value: str, state: FlowState, ctx: Context) -> Accept | None:
    if value == SKIP:
        return Accept(None)
    return Accept(value) if value in offered(state, ctx) else None


def read_apply_date(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """A day from today on; what speaks of time but names no day is asked back."""
    texts = ctx.texts.precheck
    if read_choice(text, ctx.resources.vocabularies[state.step]) == UNKNOWN:
        return Accept(None, texts.notes["skipped"])
    found = read_date(text, today=ctx.today)
    if found.problem is TypedDateProblem.UNREADABLE and (QUESTION.search(text) or not sounds_like_a_time(text)):
        return None
    if found.problem or not found.day:
        return Reprompt(texts.problems[f"date_{found.problem}"])
    return Accept(found.day.isoformat(), texts.notes["understood"].format(value=in_japanese(found.day)))


def settle_apply_date(value: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """今日, 未定, or what the date picker gave."""
    del state
    if value == SKIP:
        return Accept(None)
    if value == PICK:
        return Reprompt(
            ctx.texts.precheck.problems["date_pick"]
        )  # 「日付を選ぶ」 typed: the picker opens by a tap only
    try:
        day = ctx.today if value == TODAY else date.fromisoformat(value)
    except ValueError:
        return None
    return Accept(day.isoformat()) if day >= ctx.today else Reprompt(ctx.texts.precheck.problems["date_past"])


def asks(text: str, ctx: Context) -> bool:
    """Whether the words are rather a question, by their form, and one that the knowledge covers."""
    return bool(QUESTION.search(text)) and ctx.resources.search.ask(text).outcome != "none"
