"""Reads what one clause states: the closed questions, the mail domain, the day, and the account name."""

import re
from dataclasses import replace
from typing import Any

from bot.content.speech import standard
from bot.understanding.facts.applicant import applicant
from bot.understanding.facts.clauses import Clause
from bot.understanding.facts.current_plan import current_plan
from bot.understanding.facts.days import find_day, is_day_alone, is_weekday_alone
from bot.understanding.facts.findings import CLOSED, Findings
from bot.understanding.facts.has_account import has_account
from bot.understanding.facts.mail import find_domain
from bot.understanding.facts.names import find_account_name
from bot.understanding.facts.plan_in_use import plan_in_use
from bot.understanding.facts.setting import Setting
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


def read_clause(clause: Clause, setting: Setting, found: Findings) -> None:
    """Add what a clause states."""
    if setting.is_open or is_unsure(clause.text):
        key = topic_of(clause.text) or setting.topic or setting.step
        if key:
            found.unsure_of(key)
        if setting.is_open or key != setting.step or not re.search("たぶん|無料|らいと", clause.text):
            return
    is_weak = clause.reported or clause.doubt
    is_hedged = bool(_HEDGE.search(clause.text))
    for key in CLOSED:
        values = _closed(key, clause, setting)
        if values == ("no",) and key == "verified" and _REFUSED.search(clause.text):
            found.values.pop(key, None)  # 申請したけど落ちました
        if values:
            found.add(key, values, weak=(is_weak and key in _HEARSAY) or is_hedged)
    domain = find_domain(clause.raw, bare=setting.step == "email_domain")
    if not domain and setting.is_first and setting.about("email_domain") and _YES.match(clause.text):
        domain = "lg.jp"
    if domain:
        found.add("email_domain", (domain,))
    _read_day(clause, setting, found)
    if not domain or setting.about("account_name"):
        _read_name(clause, setting, found)


def _closed(key: str, clause: Clause, setting: Setting) -> tuple[Any, ...]:
    """Return the values that a clause gives for a question with."""
    bare = setting.about(key)
    if "→" in clause.text:
        left, _, right = clause.text.rpartition("→")
        asked = key if topic_of(left) == key else setting.step  # 申込者:業者→職員
        changed = _closed(key, replace(clause, text=right), replace(setting, step=asked, topic=asked))
        return changed or _closed(key, replace(clause, text=left.replace("→", "、")), setting)
    if key == "has_account":
        found = has_account(clause.text, bare=bare)
        is_planned = clause.future and found == (True,) and re.search(r"作る|開設する|これから", clause.text)
        return (False,) if is_planned else found
    if key == "plan_in_use":
        return plan_in_use(clause.text, bare=bare)
    if key == "applicant":
        return applicant(clause.text, bare=bare)
    return verified(clause.text, bare=bare) if key == "verified" else current_plan(clause.text)


def _read_day(clause: Clause, setting: Setting, found: Findings) -> None:
    is_listed = (setting.step is not None or bool(found.values)) and not setting.hangs and is_day_alone(clause.raw)
    is_asked = "apply_date" in (setting.step, setting.topic) or is_listed
    day = find_day(standard(clause.raw), setting.today, bare=is_asked)
    if day and day.day and "apply_date" in found.values and is_weekday_alone(clause.raw):
        return  # 十二月十日、木曜に申し込みます
    if day and day.day:
        found.add("apply_date", (day.day.isoformat(),))
    elif day and day.vague and "apply_date" not in found.values:
        found.add("apply_date", (day.likely.isoformat(),) if day.likely else (), weak=True)


def _read_name(clause: Clause, setting: Setting, found: Findings) -> None:
    is_pending = setting.step == "account_name"
    is_asked = topic_of(clause.text) == "account_name" or (not setting.is_question and _may_be_name(setting))
    is_quoted = is_pending and clause.states and clause.raw.lstrip().startswith(("「", "『"))
    name = find_account_name(clause.raw, asked=is_asked or is_quoted, single=setting.is_only)
    stated_before = found.names_account is not None and _STATES_A_NAME.search(found.names_account.raw)
    if stated_before and not re.search("名|「|『", clause.raw):
        return
    if name and (is_pending or setting.about("account_name") or re.search("名|「|『", clause.raw)):
        found.add("account_name", (name,))
        found.names_account = clause


def _may_be_name(setting: Setting) -> bool:
    """Return True if the whole clause may be the account name that was asked for."""
    is_free = setting.step == "account_name" and (setting.topic in {None, "has_account"} or setting.is_bare_name)
    return is_free or setting.about("account_name")
