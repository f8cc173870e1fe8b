"""Typed words and taps of the pre-check as recorded answers."""

import re
from collections.abc import Mapping
from datetime import date

from bot.content.rules import plain_vocabulary
from bot.domain.findings import State
from bot.domain.mail_domains import read_domain
from bot.domain.typed.choices import read_choice
from bot.domain.typed.dates import TypedDateProblem, read_date
from bot.domain.typed.vague_days import sounds_like_a_time
from bot.flows.context import Context
from bot.flows.engine import Again, Given
from bot.flows.findings import account_name_verdict, body_finding
from bot.flows.session import Talk
from bot.register import Level, Lookup
from bot.replies.limits import clean, cut

KEEP, SKIP, TODAY, UNKNOWN = "keep", "skip", "today", "unknown"
NAME_CUT = 200  # code points of a typed account name that are judged and recorded: far beyond any name
LONGEST = 60  # characters of a typed name that are recorded
OFFERED = 6
_BOOLEANS = {"true": True, "false": False}
QUESTION = re.compile(r"[?？]|(ですか|ますか|でしょうか|か|教えて|おしえて|知りたい|とは)[。!！\s]*$")


def offered(talk: Talk, ctx: Context) -> Mapping[str, str]:
    """The choices of the pending question that make sense after the answers so far."""
    listed = dict(ctx.texts.precheck.questions[talk.step].choices)
    if talk.step == "plan_in_use" and talk.answers.get("has_account") is False:
        del listed["this_account"]
    return listed


def read_listed(text: str, talk: Talk, ctx: Context) -> Given | Again | None:
    """One of the choices, in the words of its button or in one's own."""
    listed = offered(talk, ctx)
    for listed_value, label in listed.items():
        if text.strip() == label:
            return Given(_BOOLEANS.get(listed_value, listed_value))
    value = read_choice(text, ctx.library.vocabularies[talk.step])
    if value == UNKNOWN and value not in listed:
        return Given(None, ctx.texts.precheck.notes["skipped"])
    if value is None or value not in listed:
        bare = read_choice(text, plain_vocabulary()) in ("yes", "no")  # はい, where that does not tell which
        return Again(ctx.texts.precheck.problems["which"]) if bare else None
    return Given(_BOOLEANS.get(value, value), ctx.texts.precheck.notes["understood"].format(value=listed[value]))


def settle_listed(value: str, talk: Talk, ctx: Context) -> Given | None:
    return Given(_BOOLEANS.get(value, value)) if value in offered(talk, ctx) else None


def read_body(text: str, talk: Talk, ctx: Context) -> Given | Again | None:
    """A body of the register; what is no local government at all is taken as it is, and so ends the check."""
    typed = tidy(text)
    if not typed:
        return Again(ctx.texts.precheck.problems["body_empty"])
    if read_choice(text, ctx.library.vocabularies[talk.step]) == UNKNOWN:
        return Again(ctx.texts.precheck.problems["body_unknown"])
    if body_finding(typed, ctx.library).state == State.FAIL:
        return Given(typed)
    lookup = ctx.library.register.find(typed)
    return _body(lookup.body.full_name, ctx) if lookup.body else _which_body(typed, lookup, ctx)


def _which_body(typed: str, lookup: Lookup, ctx: Context) -> Again | None:
    """Homonyms and slips are asked back; None for words that are a question."""
    problems = ctx.texts.precheck.problems
    codes = tuple(body.code for body in lookup.choices[:OFFERED])
    if len(lookup.choices) > 1 and lookup.level is not Level.FUZZY:
        return Again(problems["body_several"].format(count=len(lookup.choices)), codes)
    if asks(typed, ctx):
        return None
    keep = f"{KEEP}:{typed}"
    if codes:
        return Again(problems["body_close"], (*codes, keep))
    return Again(problems["body_not_found"].format(text=typed), (keep,))


def settle_body(value: str, talk: Talk, ctx: Context) -> Given | None:
    """A code of the register, or the words as typed."""
    if value == KEEP:
        return _kept(talk)
    body = ctx.library.register.by_code(value)
    return _body(body.full_name, ctx) if body else None


def read_account_name(text: str, talk: Talk, ctx: Context) -> Given | Again | None:
    """The name as it is; one that will not do is shown once with what would, before it is recorded."""
    typed = name_as_typed(text)
    texts = ctx.texts.precheck
    if not tidy(text):
        return Again(texts.problems["name_empty"])
    if read_choice(text, ctx.library.vocabularies[talk.step]) == UNKNOWN:
        return Given(None, texts.notes["skipped"])
    if asks(typed, ctx):
        return None
    found = account_name_verdict(typed, talk.answers.get("body"), ctx.library)
    if found.verdict == "ok":
        return Given(typed, texts.notes["name_ok"].format(name=typed))
    problem = texts.problems[f"name_{found.verdict}"].format(text=tidy(typed), message=found.message)
    return Again(problem, (*found.suggestions[: OFFERED - 1], f"{KEEP}:{typed}"))


def name_as_typed(text: str) -> str:
    """What is judged: with its invisible characters, which an account name must not have; its end may be cut."""
    return text.strip()[:NAME_CUT]


def settle_account_name(value: str, talk: Talk, ctx: Context) -> Given | None:
    """A suggested name, or the words as typed."""
    if value in (KEEP, SKIP):
        return _kept(talk) if value == KEEP else Given(None)
    found = account_name_verdict(value, talk.answers.get("body"), ctx.library)
    return Given(value, ctx.texts.precheck.notes["name_ok"].format(name=value)) if found.verdict == "ok" else None


def read_mail_domain(text: str, talk: Talk, ctx: Context) -> Given | Again | None:
    """The domain only: of an address nothing else is recorded."""
    domain = read_domain(text) or read_choice(text, ctx.library.vocabularies[talk.step])
    if domain == UNKNOWN:
        return Given(None, ctx.texts.precheck.notes["skipped"])
    if domain:
        return Given(domain, ctx.texts.precheck.notes["understood"].format(value=domain))
    return Again(ctx.texts.precheck.problems["domain_unreadable"]) if "@" in text or "." in text else None


def settle_mail_domain(value: str, talk: Talk, ctx: Context) -> Given | None:
    if value == SKIP:
        return Given(None)
    return Given(value) if value in offered(talk, ctx) else None


def read_apply_date(text: str, talk: Talk, ctx: Context) -> Given | Again | None:
    """A day from today on."""
    if read_choice(text, ctx.library.vocabularies[talk.step]) == UNKNOWN:
        return Given(None, ctx.texts.precheck.notes["skipped"])
    found = read_date(text, today=ctx.today)
    if found.problem is TypedDateProblem.UNREADABLE and not sounds_like_a_time(text):
        return None
    if found.problem or not found.day:
        return Again(ctx.texts.precheck.problems[f"date_{found.problem}"])
    return Given(found.day.isoformat())


def settle_apply_date(value: str, talk: Talk, ctx: Context) -> Given | None:
    """今日, 未定, or what the date picker gave."""
    del talk
    if value == SKIP:
        return Given(None)
    try:
        day = ctx.today if value == TODAY else date.fromisoformat(value)
    except ValueError:
        return None
    return Given(day.isoformat()) if day >= ctx.today else None


def option_label(value: str, talk: Talk, ctx: Context) -> str:
    """How an offered value reads on its button."""
    if value.startswith(f"{KEEP}:"):
        return ctx.texts.precheck.buttons[f"keep_{talk.step}"]
    body = ctx.library.register.by_code(value) if talk.step == "body" else None
    return body.full_name if body else value


def option_value(value: str) -> str:
    """What its button carries: the words as typed stay in the session, not in the button."""
    return KEEP if value.startswith(f"{KEEP}:") else value


def _kept(talk: Talk) -> Given | None:
    for option in talk.options:
        if option.startswith(f"{KEEP}:"):
            return Given(option.removeprefix(f"{KEEP}:"))
    return None


def _body(name: str, ctx: Context) -> Given:
    return Given(name, ctx.texts.precheck.notes["body"].format(name=name))


def tidy(text: str) -> str:
    """One line of at most 60 graphemes without control characters."""
    return cut(" ".join(clean(text).split()), LONGEST)


def asks(text: str, ctx: Context) -> bool:
    """Whether the words are rather a question, by their form, and one that the knowledge covers."""
    return bool(QUESTION.search(text)) and ctx.library.search.ask(text).outcome != "none"
