"""Typed bodies and account names of the pre-check as recorded answers."""

import re

from bot.content.account_names import name_message
from bot.domain.check_results import State
from bot.domain.parsing.choices import read_choice
from bot.flows import typed_options
from bot.flows.context import Context
from bot.flows.engine import Accept, Reprompt
from bot.flows.lookups import account_name_verdict, body_finding
from bot.flows.personal_data import may_keep
from bot.flows.precheck.answers import QUESTION, SKIP, UNKNOWN, asks
from bot.flows.session import FlowState
from bot.governments import Level, Lookup
from bot.text.measure import clean, cut

NAME_CUT = 200  # code points of a typed account name that are judged and recorded: far beyond any name
LONGEST = 60  # characters of a typed name that are shown
OFFERED = 6
_CLOSING = re.compile(r"(です|だ|になります)?[?？!！。、\s]*$")
_QUOTED = re.compile(r"^[「『\"'（(](.+)[」』\"'）)]$")


def read_body(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """A body of the register; what is no local government at all is taken as it is, and so ends the check."""
    typed = _CLOSING.sub("", tidy(text))
    problems = ctx.texts.precheck.problems
    if not typed:
        return Reprompt(problems["body_empty"])
    if read_choice(text, ctx.resources.vocabularies[state.step]) == UNKNOWN:
        return Reprompt(problems["body_unknown"])
    lookup = ctx.resources.register.find(typed)
    if QUESTION.search(text) and (lookup.level is not Level.EXACT or lookup.extra):
        return None  # 外郭団体は対象ですか is about a body, but names none to be checked
    if body_finding(typed, ctx.resources).state == State.FAIL:
        return Accept(typed) if may_keep(typed) else Reprompt(problems["body_not_found"].format(text=typed))
    return _body(lookup.government.full_name, ctx) if lookup.government else _which_body(typed, lookup, ctx)


def _which_body(typed: str, lookup: Lookup, ctx: Context) -> Reprompt | None:
    """Homonyms and slips are asked back; None for words that are a question."""
    problems = ctx.texts.precheck.problems
    codes = tuple(body.code for body in lookup.choices[:OFFERED])
    if len(lookup.choices) > 1 and lookup.level is not Level.FUZZY:
        return Reprompt(problems["body_several"].format(count=len(lookup.choices)), codes)
    if asks(typed, ctx):
        return None
    if codes:
        return Reprompt(problems["body_close"], (*codes, *_offer(typed, ctx)))
    return Reprompt(problems["body_not_found"].format(text=typed), _offer(typed, ctx))


def settle_body(value: str, state: FlowState, ctx: Context) -> Accept | None:
    """A code of the register, or the words as typed."""
    words = typed_options.find(value, state.options)
    if words:
        return Accept(words.text, origin=words.origin)
    body = ctx.resources.register.by_code(value)
    return _body(body.full_name, ctx) if body else None


def read_account_name(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """The name as it is; one that will not do is shown once with what would, before it is recorded."""
    typed, texts = name_as_typed(text), ctx.texts.precheck
    if not tidy(text):
        return Reprompt(texts.problems["name_empty"])
    if read_choice(text, ctx.resources.vocabularies[state.step]) == UNKNOWN:
        return Accept(None, texts.notes["skipped"])
    if asks(typed, ctx):
        return None
    for name in (typed, _bare(typed)):  # 「横浜市です」 may be a sentence around a name
        found = account_name_verdict(name, state.answers.get("body"), ctx.resources)
        if found.verdict == "ok":
            return Accept(name, texts.notes["name_ok"].format(name=name))
    problem = texts.problems[f"name_{found.verdict}"].format(text=tidy(typed), message=name_message(found))
    return Reprompt(problem, (*found.suggestions[: OFFERED - 1], *_offer(typed, ctx)))


def settle_account_name(value: str, state: FlowState, ctx: Context) -> Accept | None:
    """A suggested name, or the words as typed."""
    words = typed_options.find(value, state.options)
    if words:
        return Accept(words.text, origin=words.origin)
    if value == SKIP:
        return Accept(None)
    found = account_name_verdict(value, state.answers.get("body"), ctx.resources)
    return Accept(value, ctx.texts.precheck.notes["name_ok"].format(name=value)) if found.verdict == "ok" else None


def option_label(value: str, state: FlowState, ctx: Context) -> str:
    """How an offered value reads on its button."""
    if typed_options.is_offer(value):
        return ctx.texts.precheck.buttons[f"keep_{state.step}"]
    body = ctx.resources.register.by_code(value) if state.step == "body" else None
    return body.full_name if body else value


def name_as_typed(text: str) -> str:
    """What is judged: with its invisible characters, which an account name must not have; its end may be cut."""
    return text.strip()[:NAME_CUT]


def tidy(text: str) -> str:
    """One line of at most 60 graphemes without control characters."""
    return cut(" ".join(clean(text).split()), LONGEST)


def _bare(typed: str) -> str:
    """Without the brackets around it or the polite end behind it."""
    quoted = _QUOTED.match(_CLOSING.sub("", typed))
    return quoted[1] if quoted else _CLOSING.sub("", typed)


def _offer(typed: str, ctx: Context) -> tuple[str, ...]:
    """To go on with the words as typed, unless they point to a person: those are not recorded."""
    return (typed_options.option(typed, ctx.message_id),) if may_keep(typed) else ()


def _body(name: str, ctx: Context) -> Accept:
    return Accept(name, ctx.texts.precheck.notes["body"].format(name=name))
