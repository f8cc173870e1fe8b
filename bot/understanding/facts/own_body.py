"""Finds the clause in which a writer introduces the own body."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.content.speech import standard
from bot.governments import Registry
from bot.governments.local_government import Kind
from bot.understanding.facts.bodies import BodyFinder, FoundBody, is_kind_only
from bot.understanding.facts.clauses import Clause
from bot.understanding.facts.findings import Findings
from bot.understanding.facts.wording import NO

_SOUNDS_ONLY = re.compile(r"\W*[ぁ-んァ-ヶー]{1,3}(?:です|っす)?\W*")  # おつです: a greeting sooner than a town
_SOUNDS = re.compile("[ぁ-んァ-ヶー]+")
_PLACE = re.compile("[都道府県市区町村]$")
_FILLERS = re.compile(r"\W*(?:い[いー]?え|いや|ええ|うん|はい|あの|その|まあ|なお|また|あと|さて)\W*")  # 伊江 is いえ
_RETREAT = re.compile(
    r"間違(?:い|え)|まちが(?:い|え)|訂正|違い?まし|ちがいまし|違って|やっぱり?|直し|修正|変更|差し?替|正しく"
)


_TAKEN_BACK = re.compile(r"[。、…・\s]*(?:じゃ(?:ねえ|ない|なく)|ちが[うっ]|違[うっ]|間違え)")
_NAMES_ACCOUNT = re.compile("名前|名称|なまえ|あかうんと|アカウント|「|『")
_PLACE_ALONE = re.compile(r"[^\s、。]{2,12}[市区町村県](?:です|だ|や|っす)?[、。]?")


class OwnBody:
    """A reader of the body that the writer works for, built once at start."""

    def __init__(self, register: Registry) -> None:
        self._bodies = BodyFinder(register)
        self._prefectures = {body.full_name for body in register.governments if body.kind is Kind.PREFECTURE}

    def read(self, parts: tuple[Clause, ...], step: str | None, known: Mapping[str, Any], found: Findings) -> None:
        """Find the body in the first clause that introduces the writer."""
        whole = "。".join(clause.raw for clause in parts)
        names = tuple(str(name) for name in found.values.get("account_name", ()))
        taken_back = max((place for place, clause in enumerate(parts) if _TAKEN_BACK.match(clause.raw)), default=0)
        for place, clause in enumerate(parts):
            if place < taken_back:
                continue  # 上野村…じゃねえや、下仁田町ね
            if not (_may_name_body(clause, step, known) or self._names_instead(parts[: place + 1], step)):
                continue
            is_asked = (step == "body" and not _FILLERS.fullmatch(clause.raw)) or (
                step is None and place == 0 and not _SOUNDS_ONLY.fullmatch(clause.raw)
            )
            read = self._bodies.find(standard(clause.raw), hint=whole, asked=is_asked)
            is_name = clause is found.names_account and any(read and read.span in name for name in names)
            if read is None or (step != "body" and place and is_name):
                continue
            if read.name or read.choices:
                is_wider = read.name in self._prefectures and place < len(parts) - 1
                if is_wider and self._later_place(parts[place + 1 :], step, known, whole, str(read.name)):
                    continue  # 宮城県の村はうちだけなので…大衡村です
                if is_asked and (read.choices or _SOUNDS.fullmatch(read.span)):
                    read = self._named_later(parts[place + 1 :], step, known, whole) or read
                found.add("body", (read.name,) if read.name else read.choices, weak=read.is_guess)
                return
        moved = self._bodies.moved(str(known["body"]), whole) if known.get("body") and step != "body" else None
        if moved and not any(clause.asks or clause.others for clause in parts):
            found.add("body", (moved.name,))
            if step and NO.match(parts[0].text):
                found.values.pop(step, None)  # いえ、鳥取のほうです

    def _names_instead(self, parts: Sequence[Clause], step: str | None) -> bool:
        """Return True if the last clause is a full name of a place, after words that take an answer back."""
        clause = parts[-1]
        if step == "account_name" or not clause.states or _NAMES_ACCOUNT.search(clause.raw):
            return False
        is_taken_back = any(_RETREAT.search(one.raw) for one in parts[:-1])
        return is_taken_back and bool(_PLACE_ALONE.fullmatch(standard(clause.raw).strip()))

    def _named_later(
        self, parts: tuple[Clause, ...], step: str | None, known: Mapping[str, Any], whole: str
    ) -> FoundBody | None:
        """Return the body that a later clause names in full, because わたし and いえ sound like names, too."""
        read = (
            self._bodies.find(standard(clause.raw), hint=whole, asked=False)
            for clause in parts
            if _may_name_body(clause, step, known)
        )
        return next(
            (one for one in read if one and one.name and one.name not in self._prefectures and _PLACE.search(one.span)),
            None,
        )

    def _later_place(
        self, parts: tuple[Clause, ...], step: str | None, known: Mapping[str, Any], whole: str, prefecture: str
    ) -> bool:
        """Return True if a later clause names a place of that prefecture."""
        read = (
            self._bodies.find(standard(clause.raw), hint=whole, asked=False)
            for clause in parts
            if _may_name_body(clause, step, known)
        )
        names = [name for one in read if one for name in ((one.name,) if one.name else one.choices)]
        return any(name.startswith(prefecture) and name != prefecture for name in names)


def _may_name_body(clause: Clause, step: str | None, known: Mapping[str, Any]) -> bool:
    """Return True if the clause may name the writer's own body."""
    if clause.asks or clause.seems_to_ask or clause.others or clause.condition or is_kind_only(clause.raw):
        return False
    return step == "body" or _introduces(clause, step, known)


def _introduces(clause: Clause, step: str | None, known: Mapping[str, Any]) -> bool:
    """Return True if the clause may name the writer's body although it was not asked."""
    if re.search(r"名前|名称|なまえ|あかうんと|アカウント|「|『|って名", clause.raw) and not re.search(
        "うちは|うち[(（]|市です|町です|村です", clause.raw
    ):
        return False
    if step is None and not known.get("body"):
        return True
    if step == "account_name" and not re.search(r"じゃなく|ではなく|でなく|うちは|間違|違", clause.raw):
        return False
    return bool(
        _RETREAT.search(clause.raw)
        or re.search(
            r"じゃなく|ではなく|うちは|こちらは|と申し|の者です|のほう|の方|なんやけど|なんですけど|の市|の町|の村|[都道府県]の|は[一-龥]{2,3}です|間違い",
            clause.raw,
        )
    )
