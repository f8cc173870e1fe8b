"""Reads what one clause states: the closed questions, the mail domain, the day, and the account name."""

import re
from dataclasses import replace
from typing import Any

from bot.content.speech import standard
from bot.understanding.facts.applicant import applicant
from bot.understanding.facts.clause_context import ClauseContext
from bot.understanding.facts.clauses import Clause
from bot.understanding.facts.current_plan import current_plan
from bot.understanding.facts.days import find_day, is_day_alone, is_weekday_alone
from bot.understanding.facts.findings import CLOSED, Findings
from bot.understanding.facts.has_account import has_account
from bot.understanding.facts.mail import find_domain
from bot.understanding.facts.names import find_account_name
from bot.understanding.facts.plan_in_use import plan_in_use
from bot.understanding.facts.topics import topic_of
from bot.understanding.facts.unsure import is_unsure
from bot.understanding.facts.verified import verified

_HEARSAY = frozenset({"verified", "plan_in_use", "has_account"})  # asked back if only heard of
_REFUSED = re.compile("落ち|おち|却下|否認|通ら|通りませ|だめ|駄目|はね")
_YES = re.compile(r"(?:はい|うん|ええ|んだ|そう|yes|ok)")
_STATES_A_NAME = re.compile("[「『]|(?:って|という)名")


_HEDGE = re.compile(
    r"たぶん|多分|おそらく|恐らく|はず(?:です|だ|なん|や|じゃ|$)|かもし|気がす|と思(?:い|う|わ)(?!出)|確実では?な|確かでは?な"
)


def read_clause(clause: Clause, context: ClauseContext, found: Findings) -> None:
    """Add what a clause states."""
    if context.is_open or is_unsure(clause.text):
        key = topic_of(clause.text) or context.topic or context.step
        if key:
            found.unsure_of(key)
        if context.is_open or key != context.step or not re.search("たぶん|無料|らいと", clause.text):
            return
    is_weak = clause.reported or clause.doubt
    is_hedged = bool(_HEDGE.search(clause.text))
    for key in CLOSED:
        values = _closed(key, clause, context)
        if values == ("no",) and key == "verified" and _REFUSED.search(clause.text):
            found.values.pop(key, None)  # 申請したけど落ちました
        if values:
            found.add(key, values, weak=(is_weak and key in _HEARSAY) or is_hedged)
    domain = find_domain(clause.raw, bare=context.step == "email_domain")
    if not domain and context.is_first and context.about("email_domain") and _YES.match(clause.text):
        domain = "lg.jp"
    if domain:
        found.add("email_domain", (domain,))
    _read_day(clause, context, found)
    if not domain or context.about("account_name"):
        _read_name(clause, context, found)


def _closed(key: str, clause: Clause, context: ClauseContext) -> tuple[Any, ...]:
    """Return the values that a clause gives for a question with."""
    bare = context.about(key)
    if "→" in clause.text:
        left, _, right = clause.text.rpartition("→")
        asked = key if topic_of(left) == key else context.step  # 申込者:業者→職員
        changed = _closed(key, replace(clause, text=right), replace(context, step=asked, topic=asked))
        return changed or _closed(key, replace(clause, text=left.replace("→", "、")), context)
    if key == "has_account":
        found = has_account(clause.text, bare=bare)
        is_planned = clause.future and found == (True,) and re.search(r"作る|開設する|これから", clause.text)
        return (False,) if is_planned else found
    if key == "plan_in_use":
        return plan_in_use(clause.text, bare=bare)
    if key == "applicant":
        return applicant(clause.text, bare=bare)
    return verified(clause.text, bare=bare) if key == "verified" else current_plan(clause.text)


def _read_day(clause: Clause, context: ClauseContext, found: Findings) -> None:
    is_listed = (context.step is not None or bool(found.values)) and not context.hangs and is_day_alone(clause.raw)
    is_asked = "apply_date" in (context.step, context.topic) or is_listed
    day = find_day(standard(clause.raw), context.today, bare=is_asked)
    if day and day.day and "apply_date" in found.values and is_weekday_alone(clause.raw):
        return  # 十二月十日、木曜に申し込みます
    if day and day.day:
        found.add("apply_date", (day.day.isoformat(),))
    elif day and day.vague and "apply_date" not in found.values:
        found.add("apply_date", (day.likely.isoformat(),) if day.likely else (), weak=True)


def _read_name(clause: Clause, context: ClauseContext, found: Findings) -> None:
    is_pending = context.step == "account_name"
    is_asked = topic_of(clause.text) == "account_name" or (not context.is_question and _may_be_name(context))
    is_quoted = is_pending and clause.states and clause.raw.lstrip().startswith(("「", "『"))
    name = find_account_name(clause.raw, asked=is_asked or is_quoted, single=context.is_only)
    stated_before = found.names_account is not None and _STATES_A_NAME.search(found.names_account.raw)
    if stated_before and not re.search("名|「|『", clause.raw):
        return
    if name and (is_pending or context.about("account_name") or re.search("名|「|『", clause.raw)):
        found.add("account_name", (name,))
        found.names_account = clause


def _may_be_name(context: ClauseContext) -> bool:
    """Return True if the whole clause may be the account name that was asked for."""
    is_free = context.step == "account_name" and (context.topic in {None, "has_account"} or context.is_bare_name)
    return is_free or context.about("account_name")
