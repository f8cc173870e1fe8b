"""Parses typed governments and account names of the pre-check into answers."""

import re

from bot.content.account_names import name_message
from bot.domain.check_results import State
from bot.domain.parsing.choices import read_choice
from bot.flows import typed_options
from bot.flows.context import Context
from bot.flows.engine import Accept, Reprompt
from bot.flows.lookups import account_name_verdict, government_result
from bot.flows.personal_data import contains_personal_data
from bot.flows.precheck.answers import QUESTION, SKIP, UNKNOWN, is_covered_question
from bot.flows.session import FlowState
from bot.governments import Match, MatchLevel
from bot.text.measure import clean, cut

NAME_CUT = 200  # code points of a typed account name that are judged and recorded; no real name is as long
LONGEST = 60  # characters of a typed name that are shown
MAX_OPTIONS = 6
_CLOSING = re.compile(r"(です|だ|になります)?[?？!！。、\s]*$")
_SAID = re.compile(
    r"です|ます|ました|ません|でした|ください|くれ[やよ]?$|だよ|だって(?:ば)?$|って(?:ば|言)|じゃねえ|[ちが違]う[。、]|に(?:変更|直し)|さっき|だから|キャンセル|わしは|私は"
)
_QUOTED_WITHIN = re.compile("[「『]([^「」『』]{2,40})[」』]")
_HIRAGANA = re.compile("[ぁ-ん]")
OF_A_SENTENCE = 4  # hiragana around a quoted name
_QUOTED = re.compile(r"^[「『\"'（(](.+)[」』\"'）)]$")


def parse_body_text(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """Accept a government of the registry. A text that is surely none is accepted, too, and ends the pre-check."""
    typed = _CLOSING.sub("", tidy(text))
    problems = ctx.texts.precheck.problems
    if not typed:
        return Reprompt(problems["body_empty"])
    if read_choice(text, ctx.resources.vocabularies[state.step]) == UNKNOWN:
        return Reprompt(problems["body_unknown"])
    lookup = ctx.resources.register.find(typed)
    if QUESTION.search(text) and (lookup.level is not MatchLevel.EXACT or lookup.beside):
        return None  # 外郭団体は対象ですか is about governments, but names none to check
    if government_result(typed, ctx.resources).state == State.FAIL:
        if contains_personal_data(typed):
            return Reprompt(problems["body_not_found"].format(text=typed))
        return Accept(typed)
    return _body(lookup.government.full_name, ctx) if lookup.government else _which_body(typed, lookup, ctx)


def _which_body(typed: str, lookup: Match, ctx: Context) -> Reprompt | None:
    """Ask again about homonyms and typing errors. Return None for a question."""
    problems = ctx.texts.precheck.problems
    codes = tuple(body.code for body in lookup.choices[:MAX_OPTIONS])
    if len(lookup.choices) > 1 and lookup.level is not MatchLevel.FUZZY:
        return Reprompt(problems["body_several"].format(count=len(lookup.choices)), codes)
    if is_covered_question(typed, ctx):
        return None
    if codes:
        return Reprompt(problems["body_close"], (*codes, *_keep_option(typed, ctx)))
    return Reprompt(problems["body_not_found"].format(text=typed), _keep_option(typed, ctx))


def parse_body_choice(value: str, state: FlowState, ctx: Context) -> Accept | None:
    """Accept a code of the registry, or the words as typed."""
    words = typed_options.find(value, state.options)
    if words:
        return Accept(words.text, origin=words.origin)
    body = ctx.resources.register.by_code(value)
    return _body(body.full_name, ctx) if body else None


def parse_account_name_text(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
    """Accept the name as it is. One that is not acceptable is first shown with suggestions."""
    typed, texts = quoted_in_sentence(text) or name_as_typed(text), ctx.texts.precheck
    if not tidy(text):
        return Reprompt(texts.problems["name_empty"])
    if read_choice(text, ctx.resources.vocabularies[state.step]) == UNKNOWN:
        return Accept(None, texts.notes["skipped"])
    if is_covered_question(typed, ctx):
        return None
    for name in (typed, _without_ending(typed)):  # 「横浜市です」 may be a sentence around a name
        found = account_name_verdict(name, state.answers.get("body"), ctx.resources)
        if found.verdict == "ok":
            return Accept(name, texts.notes["name_ok"].format(name=name))
    if _SAID.search(typed):
        return None  # だから前に書いたとおりだって: a sentence without a name in it
    problem = texts.problems[f"name_{found.verdict}"].format(text=tidy(typed), message=name_message(found))
    return Reprompt(problem, (*found.suggestions[: MAX_OPTIONS - 1], *_keep_option(typed, ctx)))


def parse_account_name_choice(value: str, state: FlowState, ctx: Context) -> Accept | None:
    """Accept a suggested name, or the words as typed."""
    words = typed_options.find(value, state.options)
    if words:
        return Accept(words.text, origin=words.origin)
    if value == SKIP:
        return Accept(None)
    found = account_name_verdict(value, state.answers.get("body"), ctx.resources)
    return Accept(value, ctx.texts.precheck.notes["name_ok"].format(name=value)) if found.verdict == "ok" else None


def option_label(value: str, state: FlowState, ctx: Context) -> str:
    """Return the label of the button for an offered value."""
    if typed_options.is_offer(value):
        return ctx.texts.precheck.buttons[f"keep_{state.step}"]
    body = ctx.resources.register.by_code(value) if state.step == "body" else None
    return body.full_name if body else value


def name_as_typed(text: str) -> str:
    """Return the name to judge, with invisible characters, which the rules reject. Its end may be cut."""
    return text.strip()[:NAME_CUT]


def tidy(text: str) -> str:
    """Return the text as one line of at most 60 graphemes without control characters."""
    return cut(" ".join(clean(text).split()), LONGEST)


def quoted_in_sentence(text: str) -> str | None:
    """Return the only name that a sentence quotes: ほんなら「東みよし町役場」いう名前やったらええんかいな."""
    found = _QUOTED_WITHIN.findall(text)
    around = _QUOTED_WITHIN.sub("", text)
    return found[0] if len(found) == 1 and len(_HIRAGANA.findall(around)) >= OF_A_SENTENCE else None


def _without_ending(typed: str) -> str:
    """Return the name without brackets around it and without a polite ending."""
    quoted = _QUOTED.match(_CLOSING.sub("", typed))
    return quoted[1] if quoted else _CLOSING.sub("", typed)


def _keep_option(typed: str, ctx: Context) -> tuple[str, ...]:
    """Return the option to continue with the words as typed, unless they contain personal data."""
    return () if contains_personal_data(typed) else (typed_options.option(typed, ctx.message_id),)


def _body(name: str, ctx: Context) -> Accept:
    return Accept(name, ctx.texts.precheck.notes["body"].format(name=name))
