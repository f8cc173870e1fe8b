"""Reads an account name: which body it names, in which of the listed patterns, or what is wrong with it."""

import re
from dataclasses import dataclass

from bot.domain.name_verdict import UNCLEAR_PROBLEMS, NameOutcome, NameProblem, Pattern
from bot.governments import Kind, LocalGovernment, Registry
from bot.governments.affixes import AffixKind, affix_kind, is_other_organisation
from bot.governments.local_government import OFFICE_WORDS
from bot.governments.name_parts import NameParts
from bot.governments.readings import is_latin
from bot.governments.spelling import MAX_LENGTH, has_framed_letters, has_hidden_marks, official_form, visible
from bot.text.normalize import ideographs


@dataclass(frozen=True, slots=True)
class NameAnalysis:
    """The analysis of a name by itself, before it is compared with a given body."""

    governments: tuple[LocalGovernment, ...] = ()
    pattern: Pattern | None = None
    problem: NameProblem | None = None
    parts: NameParts | None = None

    @property
    def verdict(self) -> NameOutcome:
        if self.problem is None:
            return NameOutcome.OK
        return NameOutcome.UNCLEAR if self.problem in UNCLEAR_PROBLEMS else NameOutcome.NG


_PROBLEMS = {
    AffixKind.UNION: NameProblem.UNION,
    AffixKind.NATIONAL: NameProblem.NATIONAL_BODY,
    AffixKind.AFFILIATE: NameProblem.ASSOCIATION,
    AffixKind.ORGAN: NameProblem.SECTION_OR_ORGAN,
    AffixKind.DECORATION: NameProblem.DECORATION,
    AffixKind.OTHER: NameProblem.EXTRA_TEXT,
}
_OFFICE_ALONE = re.compile(r"[都道府県市区町村]?(?:役所|役場|庁|庁舎)|[都道府県市区町村]")
_OFFICE_BEHIND = re.compile(r"(?:役所|役場|庁)$")
_FOR_CITY = re.compile("[し氏士死史]")
_WARD_BEHIND = re.compile(r"[^市区町村都道府県]{1,4}区(?:役所)?")
_KIND = re.compile(r"[市区町村]")
_SHORT = 3  # 浦和市 is one character away from 浦安市 and no slip of it
_MUNICIPALITY = re.compile(r".+[市区町村](?:役所|役場)?")


def examine(name: str, register: Registry) -> NameAnalysis:
    """The finding on a name by itself; any text gets one."""
    text = official_form(name)
    if not visible(text):
        return NameAnalysis(problem=NameProblem.HIDDEN_CHARACTERS if text else NameProblem.EMPTY)
    parts = register.read(text)
    governments = parts.governments if parts else ()
    if len(name.strip()) > MAX_LENGTH:
        return NameAnalysis(governments, problem=NameProblem.TOO_LONG, parts=parts)
    if has_hidden_marks(text):
        return NameAnalysis(
            governments or register.find(text).governments, problem=NameProblem.HIDDEN_CHARACTERS, parts=parts
        )
    if parts and parts.is_whole and parts.is_full_name:
        return _full_name(name, text, parts)
    return _own_name(text, register) or _outside(text, parts) or _within(text, register, parts)


def _full_name(name: str, text: str, parts: NameParts) -> NameAnalysis:
    """A name with nothing around it: one of the five patterns, or just beside them."""
    if has_framed_letters(name):
        return NameAnalysis(parts.governments, problem=NameProblem.DECORATION, parts=parts)
    if ideographs(name) != name:  # it looks right, but its characters are not those of the name
        return NameAnalysis(parts.governments, problem=NameProblem.VARIANT_SPELLING, parts=parts)
    problem = _beside_the_patterns(text, parts)
    pattern = None if problem else _pattern(parts)
    return NameAnalysis(parts.governments, pattern, problem, parts)


def _beside_the_patterns(text: str, parts: NameParts) -> NameProblem | None:
    if parts.office not in {"", OFFICE_WORDS[parts.governments[0].kind]}:
        return NameProblem.WRONG_OFFICE_WORD
    if parts.county:
        return NameProblem.COUNTY_INCLUDED
    if parts.prefecture and parts.office:
        return NameProblem.PREFECTURE_AND_OFFICE
    prefecture = parts.prefecture.name if parts.prefecture else ""
    official = prefecture + parts.core + parts.office
    if not parts.is_official or "".join(text.split()) != official:
        return NameProblem.VARIANT_SPELLING
    return NameProblem.INNER_SPACE if text != official else None


def _pattern(parts: NameParts) -> Pattern:
    if parts.governments[0].kind is Kind.PREFECTURE:
        return Pattern.PREFECTURE_OFFICE if parts.office else Pattern.PREFECTURE_NAME
    if parts.office:
        return Pattern.MUNICIPALITY_OFFICE
    return Pattern.PREFECTURE_AND_MUNICIPALITY if parts.prefecture else Pattern.MUNICIPALITY_NAME


def _own_name(text: str, register: Registry) -> NameAnalysis | None:
    """警視庁, 都庁: the office or the organ of one body, without the body's name."""
    government = register.owner_of_organ(text)
    if government is None:
        return None
    office = _OFFICE_ALONE.fullmatch(visible(text))
    return NameAnalysis((government,), problem=NameProblem.OFFICE_WORD_ONLY if office else NameProblem.SECTION_OR_ORGAN)


def _outside(text: str, parts: NameParts | None) -> NameAnalysis | None:
    """Recognise a union, national body, association or ward, even if the name of a body is part of its name."""
    extra = affix_kind(parts.beside if parts else visible(text))
    if extra and is_other_organisation(extra):
        return NameAnalysis(parts.governments if parts else (), problem=_PROBLEMS[extra], parts=parts)
    if parts and parts.ward:
        return NameAnalysis(parts.governments, problem=NameProblem.WARD_OF_DESIGNATED_CITY, parts=parts)
    return None


def _within(text: str, register: Registry, parts: NameParts | None) -> NameAnalysis:
    """Analyse the remaining texts: right in part, or not a name at all."""
    if governments := register.former(text) or register.former_with_affixes(text, parts):
        return NameAnalysis(governments, problem=NameProblem.DISSOLVED_MUNICIPALITY)
    if parts is None:
        return _no_parts(text, register)
    if not parts.is_whole:
        return _with_more(text, register, parts)
    governments = register.with_other_kind(parts)
    return NameAnalysis(governments, problem=_problem_of_form(parts, governments), parts=parts)


def _problem_of_form(parts: NameParts, governments: tuple[LocalGovernment, ...]) -> NameProblem:
    if parts.misplaced == "prefecture" and parts.prefecture and governments[0].prefecture == parts.prefecture.name:
        return NameProblem.WRONG_KIND  # 神奈川県大和町: 大和市 is meant
    if parts.misplaced:
        return NameProblem.WRONG_COUNTY if parts.misplaced == "county" else NameProblem.WRONG_PREFECTURE
    if parts.short_prefecture:
        return NameProblem.SHORT_PREFECTURE
    return NameProblem.WRONG_KIND if parts.suffix else NameProblem.BARE_STEM


def _with_more(text: str, register: Registry, parts: NameParts) -> NameAnalysis:
    """A body's name or stem with something around it."""
    extra = affix_kind(parts.beside) or AffixKind.OTHER
    if parts.link and parts.misplaced and parts.prefecture:
        return NameAnalysis((parts.prefecture, *parts.governments), problem=NameProblem.SEVERAL_BODIES, parts=parts)
    # さつま川内市公式 is not about さつま町
    meant = _by_reading(text, register) if parts.by_stem and _KIND.search(parts.after) else None
    if extra is AffixKind.OTHER and not parts.prefecture_behind:
        meant = meant or _another_name(text, register, parts)
    return meant or NameAnalysis(parts.governments, problem=_PROBLEMS[extra], parts=parts)


def _another_name(text: str, register: Registry, parts: NameParts) -> NameAnalysis | None:
    """Return the problem if the words beside a name show that another body, or a second one, is meant."""
    if meant := _unknown_in_prefecture(register, parts, text) or _slip(text, register, parts):
        return meant
    if _WARD_BEHIND.fullmatch(parts.after) and not parts.by_stem:  # 松本市北区
        return None
    if (more := register.read(parts.after)) and more.is_full_name and not more.before:
        governments = tuple(dict.fromkeys((*parts.governments, *more.governments)))
        return NameAnalysis(governments, problem=NameProblem.SEVERAL_BODIES, parts=parts)
    if not parts.after and parts.before[-1:] in tuple("都道府県"):
        return NameAnalysis(parts.governments, problem=NameProblem.WRONG_PREFECTURE, parts=parts)
    return None


def _unknown_in_prefecture(register: Registry, parts: NameParts, text: str) -> NameAnalysis | None:
    """神奈川県 and a municipality that it does not have."""
    alone = parts.governments[0].kind is Kind.PREFECTURE and not (parts.by_stem or parts.before)
    if not alone or not _MUNICIPALITY.fullmatch(parts.after):
        return None
    if governments := register.with_unknown_name_in(parts.governments[0], parts.after):
        return NameAnalysis(governments, problem=NameProblem.WRONG_KIND, parts=parts)
    if register.by_reading(text) or register.similar(text):
        return None
    return NameAnalysis(parts.governments, problem=NameProblem.UNKNOWN_MUNICIPALITY, parts=parts)


def _slip(text: str, register: Registry, parts: NameParts) -> NameAnalysis | None:
    """横横浜市, 丹波笹山市, さいたまし: another name was meant than the one that was recognised in it."""
    if by_reading := _by_reading(text, register):
        return by_reading
    looks_whole = (
        _FOR_CITY.fullmatch(parts.after)
        or _MUNICIPALITY.fullmatch(parts.after)
        or (not parts.after and parts.is_full_name)
    )
    long_enough = len(visible(text)) > _SHORT or _FOR_CITY.fullmatch(parts.after)
    governments = register.similar(text) if looks_whole and long_enough else ()
    return NameAnalysis(governments, problem=NameProblem.MISSPELLED) if governments else None


def _by_reading(text: str, register: Registry) -> NameAnalysis | None:
    plain = register.by_reading(text)
    found = plain or register.by_decorated_reading(text)
    if not found:
        return None
    governments = tuple(government for government in found if not government.is_ward_of_city)
    if not governments:
        return NameAnalysis(register.cities_of(found), problem=NameProblem.WARD_OF_DESIGNATED_CITY)
    if not plain:
        return NameAnalysis(governments, problem=NameProblem.DECORATION)
    latin = any(is_latin(letter) for letter in text)
    return NameAnalysis(governments, problem=NameProblem.LATIN_NAME if latin else NameProblem.KANA_NAME)


def _no_parts(text: str, register: Registry) -> NameAnalysis:
    """Nothing in it is the name or the stem of a body as it is written."""
    known = register.find(text)
    shown = visible(text)
    if _OFFICE_ALONE.fullmatch(shown):
        return NameAnalysis(problem=NameProblem.OFFICE_WORD_ONLY)
    if by_reading := _by_reading(text, register):
        return by_reading
    office = _OFFICE_BEHIND.search(shown)
    typed = NameParts(known.governments, shown, office=office[0] if office else "")
    if known.governments and len(shown) > _SHORT:
        return NameAnalysis(known.governments, problem=NameProblem.MISSPELLED, parts=typed)
    if affix_kind(shown) is AffixKind.ORGAN:
        return NameAnalysis(problem=NameProblem.SECTION_OR_ORGAN)
    unknown = NameProblem.UNKNOWN_MUNICIPALITY if _MUNICIPALITY.fullmatch(shown) else NameProblem.UNKNOWN_NAME
    return NameAnalysis(known.governments, problem=unknown)
