"""Reads a message's facts: clause by clause, then what the clauses say together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from bot.governments import Registry
from bot.governments.local_government import Kind
from bot.understanding.asking import QuestionDetector
from bot.understanding.facts.clause_context import ClauseContext, topic_in_turn
from bot.understanding.facts.clause_facts import read_clause
from bot.understanding.facts.clauses import Clause, clauses, is_predicate
from bot.understanding.facts.findings import FactReading, Findings
from bot.understanding.facts.names import find_entire_name, find_stated_name
from bot.understanding.facts.own_body import OwnBody
from bot.understanding.facts.preprocessing import preprocess
from bot.understanding.facts.second_reader import SecondReader
from bot.understanding.facts.unsure import left_open
from bot.understanding.facts.wording import NO

_MARKED = re.compile("[?？]")
# What is going on is told, not asked: 業者に頼んでる. The bank has 探しています and the like as questions.
_TELLS = re.compile(
    r"(?!.*(?:探し|さがし|求め|困っ|迷っ)).{1,24}[てで](?:い|お)?(?:る|ます|ります)(?:ん?です|よ|ね|わ)*[。！!]?"
    r"|.{0,20}(?:決め|決まっ)て(?:い|お)?(?:ない|ません|りません|へん|ねえ)(?:ん?です)?[。]?"
)
_ARGUES = re.compile("(?:たい|から)[^、。]{0,3}(?:聞|き)いて(?:い)?る")
_YES_OR_NO = re.compile(r"\W*(?:はい|ええ|うん|いいえ|いえ|いや)\W*")
_HANGS = re.compile(r"(?:は|が|も|の|を)[、,\s]*$")
_NAME_OF_A_PLACE = re.compile(
    r"[^\s。、]{1,10}[都道府県市区町村][^\s。、]*(?:【|LINE|ライン|公式|メール|だより|便り|ニュース)[^\s。、]*(?<![すたいよねん])"
)


class FactReader:
    """A reader of facts, built once at start."""

    def __init__(self, register: Registry, questions: QuestionDetector, second: SecondReader) -> None:
        self._clauses = lru_cache(maxsize=256)(self._marked_clauses)  # a message is taken apart four times
        self._body = OwnBody(register)
        self._questions = questions
        self._second = second
        self._stems = {body.stem for body in register.governments if body.kind is Kind.PREFECTURE}

    def clauses(self, text: str, *, own_prefecture: bool = False) -> tuple[Clause, ...]:
        """Return the clauses of a message, marked where their sentence seems to ask."""
        return self._clauses(text, own_prefecture)

    def _marked_clauses(self, text: str, own_prefecture: bool) -> tuple[Clause, ...]:  # noqa: FBT001 - of the cache
        parts = clauses(text, own_prefecture=own_prefecture)
        sentences: dict[int, list[Clause]] = {}
        for clause in parts:
            sentences.setdefault(clause.sentence, []).append(clause)
        return tuple(self._marked(clause, sentences[clause.sentence]) for clause in parts)

    def _marked(self, clause: Clause, sentence: Sequence[Clause]) -> Clause:
        """Mark a clause of a sentence that seems to ask, and what is only the subject of a question (料金を 知りたい)."""
        if any(one.asks for one in sentence):
            seems = not clause.asks and not is_predicate(clause.raw)
        else:
            whole = "".join(one.raw for one in sentence)
            seems = self._questions.asks(whole) and not _TELLS.fullmatch(whole)
        return replace(clause, seems_to_ask=True) if seems else clause

    def read(
        self, text: str, step: str | None, known: Mapping[str, Any], today: date, *, trusting: bool = False
    ) -> FactReading:
        """Read all facts of a message; `step` is the question that waits, `known` the answers so far.

        `trusting`: read sentences that only seem to ask, too.
        """
        is_prefecture = str(known.get("body") or "").endswith(("県", "都", "府", "北海道"))
        text = preprocess(text)
        own_prefecture = is_prefecture or (step in {None, "body"} and "県庁" in text)
        split = clauses if trusting else self.clauses
        parts = split(text, own_prefecture=own_prefecture)
        found = Findings()
        stated: list[tuple[str, str | None]] = []
        topic, sentence = step, -1
        is_open = left_open(parts)
        asked = any(clause.asks or clause.seems_to_ask for clause in parts)
        for place, clause in enumerate(parts):
            topic = topic_in_turn(clause, topic, continues=clause.sentence == sentence or not place)
            sentence = clause.sentence
            if place and _YES_OR_NO.fullmatch(clause.raw):
                continue  # not an answer to the question that waits: it opens a later sentence
            if is_argued(text) and (NO.match(clause.text) or is_argued(clause.raw)):
                continue  # いや、使いたいから聞いてるんです
            if clause.states or (place in is_open and not _MARKED.search(text)):
                context = ClauseContext(
                    step,
                    topic,
                    today,
                    is_only=len(parts) == 1,
                    is_first=place == 0,
                    is_bare_name=len(parts) == 1 and bool(_NAME_OF_A_PLACE.fullmatch(clause.raw)),
                    hangs=bool(place and _HANGS.search(parts[place - 1].raw)),
                    is_open=place in is_open,
                    is_question=asked,
                )
                read_clause(clause, context, found)
                stated += [(part, topic) for part in clause.raw.split("→") if part.strip()]
        entire = None if asked else find_stated_name(text)
        if step == "account_name" and not asked:
            entire = entire or find_entire_name(text)
        if entire:
            found.add("account_name", (entire,))
        if self._stems.intersection(found.values.get("account_name", ())):
            del found.values["account_name"]  # 三重じゃなくて和歌山です
        self._body.read(parts, step, known, found)
        if "派遣" in text:
            found.doubt("applicant")  # the source says nothing of contract workers
        if not trusting and (step or found.values):
            self._second.compare(found, stated, known)
        return found.settled()


def is_argued(text: str) -> bool:
    """Return True if the writer says why he asks, after いや."""
    return bool(_ARGUES.search(text))
