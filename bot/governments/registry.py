"""All local governments of Japan, and how to find the one a person means."""

import re
from collections import defaultdict
from functools import cache, cached_property, lru_cache

import regex

from bot.governments.affixes import ORGANS_WITH_OWN_NAMES, AffixKind, affix_kind, without_decoration
from bot.governments.fuzzy import FuzzyMatcher
from bot.governments.local_government import Kind, LocalGovernment
from bot.governments.match import Match, MatchLevel
from bot.governments.mixed_script import MixedScriptIndex
from bot.governments.name_index import NameIndex, build_index, by_prominence
from bot.governments.name_parser import NameParser
from bot.governments.name_parts import NameParts
from bot.governments.reading_index import ReadingIndex
from bot.governments.spelling import folded, official_form, visible
from bot.governments.table import FormerName, read_former, read_governments

_ENDS_IN_A_WORD = re.compile(r"[^\W\d_a-zA-Zぁ-ゖ]$")
_OLD = re.compile(r"^[旧元]")
_LONGEST_FORMER = 12
_ADDED = (None, AffixKind.DECORATION, AffixKind.ORGAN)
# A picture, a square, a character of private use: an ornament, or what is left of a letter that no program knew.
_SIGN = regex.compile(r"[\p{So}\p{Co}\p{Cn}\p{Cs}]+([^\s\p{So}\p{Co}\p{Cn}\p{Cs}]+)")
_IN_A_COUNTY = re.compile(r"(?:.{2,3}[都道府県])?(?<![市区町村])([^市区町村道府県]{1,4}?郡)(.+[町村])")
_INTRODUCES = re.compile(r"(?:所属|勤務先|(?:団体|自治体)名?|当|私)$")


class Registry:
    """The table of `make register` with its lookups; indexes are built when first used."""

    def __init__(self, rows: tuple[LocalGovernment, ...], former: tuple[FormerName, ...] = ()) -> None:
        self.rows = rows
        self._former_rows = former
        self._names: NameIndex = build_index(rows)
        # one turn asks several times for the same words
        self._parse = lru_cache(maxsize=64)(NameParser(self._names).parse)

    @cached_property
    def governments(self) -> tuple[LocalGovernment, ...]:
        """The 1,788 local governments, in the order of their codes."""
        return tuple(government for government in self.rows if not government.is_ward_of_city)

    @cached_property
    def wards(self) -> tuple[LocalGovernment, ...]:
        """The wards of the designated cities."""
        return tuple(government for government in self.rows if government.is_ward_of_city)

    @cached_property
    def _by_code(self) -> dict[str, LocalGovernment]:
        return {government.code: government for government in self.rows}

    @cached_property
    def _readings(self) -> ReadingIndex:
        return ReadingIndex(self._by_prominence)

    @cached_property
    def _mixed_script(self) -> MixedScriptIndex:
        return MixedScriptIndex(self._by_prominence)

    @cached_property
    def _fuzzy(self) -> FuzzyMatcher:
        governments = tuple(government for government in self._by_prominence if not government.is_ward_of_city)
        return FuzzyMatcher(governments, self._readings)

    @cached_property
    def _by_prominence(self) -> tuple[LocalGovernment, ...]:
        return tuple(by_prominence(self.rows, self._names.cities_of_wards))

    @cached_property
    def _former(self) -> dict[str, tuple[LocalGovernment, ...]]:
        """Map each abolished name, with and without its prefecture, to today's local governments."""
        by_name = {government.full_name: government for government in self.governments}
        found: dict[str, tuple[LocalGovernment, ...]] = {}
        for row in self._former_rows:
            government = by_name[row.prefecture + row.successor]
            keys = [folded(row.name), folded(row.prefecture + row.name)]
            if (stem := folded(row.name[:-1])) not in self._names.stems and len(stem) > 1:
                keys.append(stem)
            for key in keys:
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), government)))
        return found

    def by_code(self, code: str) -> LocalGovernment | None:
        return self._by_code.get(code)

    def cities_of(self, wards: tuple[LocalGovernment, ...]) -> tuple[LocalGovernment, ...]:
        """The designated cities that these wards are parts of."""
        return self._names.cities_of(wards)

    def homonyms(self, government: LocalGovernment) -> tuple[LocalGovernment, ...]:
        """Return all local governments of exactly this name, including this one."""
        return tuple(
            other
            for other in self._names.municipalities.get(folded(government.name), ())
            if other.name == government.name
        ) or (government,)

    def read(self, text: str) -> NameParts | None:
        """Return the parts of a typed name, without its spaces and hidden marks."""
        return self._parse(visible(text))

    def owner_of_organ(self, text: str) -> LocalGovernment | None:
        """Return the local government of an organ with a name of its own: 警視庁, 都庁."""
        owner = ORGANS_WITH_OWN_NAMES.get(visible(text))
        return self._names.prefectures[owner] if owner else None

    def former(self, text: str) -> tuple[LocalGovernment, ...]:
        """Return the local governments that have taken the place of an abolished name."""
        key = folded(visible(text))
        name = key.removesuffix("役所").removesuffix("役場")
        # 筑波町 was dissolved; a user who types 筑波市 means its successor, too
        gone = self._former.get(name) or (self._former.get(name[:-1], ()) if name[-1:] in tuple("市区町村") else ())
        return gone or self._former_in_county(name)

    def _former_in_county(self, key: str) -> tuple[LocalGovernment, ...]:
        """Match an abolished name behind its county (筑紫郡那珂川町): merged, or a city of the same name today."""
        match = _IN_A_COUNTY.fullmatch(key)
        if match is None:
            return ()
        county, name = match[1], match[2]
        if any(folded(government.county) == county for government in self._names.municipalities.get(name, ())):
            return ()
        cities = (government for government in self._names.stems.get(name[:-1], ()) if government.kind is Kind.CITY)
        found = tuple(dict.fromkeys((*self._former.get(name, ()), *cities)))
        prefecture = key[: match.start(1)]
        near = {prefecture} if prefecture else self._prefectures_of_counties.get(county, set())
        return tuple(government for government in found if folded(government.prefecture) in near) or found

    @cached_property
    def _prefectures_of_counties(self) -> dict[str, set[str]]:
        """Return the prefectures in which each county's name is in use today."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for government in self.governments:
            if government.county:
                found[folded(government.county)].add(folded(government.prefecture))
        return found

    def former_with_affixes(self, text: str, parts: NameParts | None) -> tuple[LocalGovernment, ...]:
        """Return the same for an abolished name with affixes: 浦和市公式, 旧浦和市, 浦和市教育委員会."""
        if not _is_partial(parts):
            return ()
        # 西目屋の総務課 holds a stem of today that is longer than 西目; 【公式】松島町 is the 松島町 of today
        today = parts is not None and not parts.misplaced and not without_decoration(parts.before)
        known = len(parts.core) if parts and today else 1
        inner = _OLD.sub("", without_decoration(folded(visible(text))))
        for end in range(min(_LONGEST_FORMER, len(inner)), known, -1):
            governments = self.former(inner[:end])
            if governments and affix_kind(inner[end:]) in _ADDED:
                return governments
        return ()

    def by_reading(self, text: str) -> tuple[LocalGovernment, ...]:
        """Return the local governments and wards whose reading was typed, in kana or Latin letters."""
        shown = visible(text)
        return self._readings.find(text, shown) or self._mixed_script.find(shown)

    def by_decorated_reading(self, text: str) -> tuple[LocalGovernment, ...]:
        """Return the same if ornaments stand around the reading: 防災とくしま."""
        inner = without_decoration(visible(text))
        return self._readings.find(inner, inner) or self._mixed_script.find(inner)

    def similar(self, text: str) -> tuple[LocalGovernment, ...]:
        """Return at most five local governments whose name differs from the text by a typing error, best first."""
        return self._fuzzy.find(visible(text))

    def find(self, text: str) -> Match:
        """Find the local governments that a text may mean. Any text gets an answer."""
        query = official_form(text)
        parts = self.read(query)
        return (
            self._by_its_code(text, query)
            or self._by_lost_character(text, query)
            or self._by_organ_name(text, query)
            or self._by_full_name(text, parts)
            or self._by_former_name(text, query, parts)
            or self._by_stem_or_reading(text, query, parts)
            or self._by_stem_and_more(text, parts)
            or self._by_first_word(text, query)
            or self._by_similarity(text, query, parts)
        )

    def _by_its_code(self, text: str, query: str) -> Match | None:
        row = self.by_code(query)
        return Match(text, MatchLevel.EXACT, (row,)) if row else None

    def _by_lost_character(self, text: str, query: str) -> Match | None:
        """Match a name with a lost character: □原村 is 西原村, or 原村 with an ornament; only the user knows."""
        for sign in _SIGN.finditer(query):
            name = folded(visible(sign[1]))
            starts = (name[:end] for end in range(len(name), 1, -1))
            longer = next(filter(None, map(self._one_character_longer.get, starts)), ())
            if longer:
                shorter = self._names.municipalities.get(name, self._names.stems.get(name, ()))
                found = tuple(dict.fromkeys((*longer, *shorter)))
                before = folded(visible(query[: sign.start()]))
                inside = tuple(government for government in found if folded(government.prefecture) == before)
                return Match(text, MatchLevel.FUZZY, inside or found)
        return None

    @cached_property
    def _one_character_longer(self) -> dict[str, tuple[LocalGovernment, ...]]:
        """Map each name to the local governments whose name has one more character before it."""
        found: defaultdict[str, list[LocalGovernment]] = defaultdict(list)
        for government in self.governments:
            for key, names in (
                (folded(government.name)[1:], self._names.municipalities),
                (folded(government.stem)[1:], self._names.stems),
            ):
                if len(key) > 1 and key in names:
                    found[key].append(government)
        return {key: tuple(governments) for key, governments in found.items()}

    def _by_organ_name(self, text: str, query: str) -> Match | None:
        government = self.owner_of_organ(query)
        return Match(text, MatchLevel.EXACT, (government,), visible(query)) if government else None

    def _by_full_name(self, text: str, parts: NameParts | None) -> Match | None:
        if parts is None or parts.by_stem or parts.misplaced or _holds_more_of_a_name(parts):
            return None
        if _has_unexplained_prefix(parts):
            return None
        level = MatchLevel.EXACT if parts.ward or parts.is_official else MatchLevel.VARIANT
        candidates = parts.wards or parts.governments
        if not parts.ward and not parts.prefecture:  # 中央区 is a ward of many a city, too
            candidates += self._names.wards.get(folded(parts.core), ())
        return Match(text, level, candidates, parts.beside, parts.ward)

    def _by_former_name(self, text: str, query: str, parts: NameParts | None) -> Match | None:
        governments = self.former(query) or self.former_with_affixes(query, parts)
        return Match(text, MatchLevel.FORMER, governments) if governments else None

    def _by_stem_or_reading(self, text: str, query: str, parts: NameParts | None) -> Match | None:
        """Match a stem or a reading: さいたま is a stem; みやこ is one and also the reading of other names."""
        whole = parts is not None and parts.is_whole and parts.by_stem and not parts.suffix
        stems = (parts.wards or parts.governments) if parts and whole else ()
        by_reading = self.by_reading(query) or (() if stems else self.by_decorated_reading(query))
        candidates = tuple(dict.fromkeys((*stems, *by_reading)))
        level = MatchLevel.STEM if stems else MatchLevel.READING
        ward = parts.ward if parts and stems else ""
        return Match(text, level, candidates, ward=ward) if candidates else None

    def _by_stem_and_more(self, text: str, parts: NameParts | None) -> Match | None:
        """Match the stem of a name with the affixes of an organ or account: 横浜の企画課."""
        if parts is None or parts.suffix or parts.misplaced or parts.is_whole:
            return None
        if not parts.by_stem or (affix_kind(parts.beside) is AffixKind.OTHER and not _is_explained(parts)):
            return None
        return Match(text, MatchLevel.STEM, parts.governments, parts.beside)

    def _by_first_word(self, text: str, query: str) -> Match | None:
        """Match a reading with an office or a section behind it: よこはまし 企画課."""
        word, _, rest = query.partition(" ")
        found = self.by_reading(word) if rest else ()
        return Match(text, MatchLevel.READING, found, visible(rest)) if found else None

    def _by_similarity(self, text: str, query: str, parts: NameParts | None) -> Match:
        """Match a name with a typing error or a wrong part: 横兵市, 箱根市, 東京都横浜市."""
        alike = self._with_a_wrong_part(parts) if parts else ()
        candidates = alike or self.similar(query) or (parts.governments if parts else ())
        ward = parts.ward if parts and alike else ""
        return Match(text, MatchLevel.FUZZY, candidates, ward=ward) if candidates else Match(text)

    def _with_a_wrong_part(self, parts: NameParts) -> tuple[LocalGovernment, ...]:
        if parts.is_whole:
            return self.with_other_kind(parts)
        return self.with_unknown_name_in(parts.governments[0], parts.after) if _holds_more_of_a_name(parts) else ()

    def with_other_kind(self, parts: NameParts) -> tuple[LocalGovernment, ...]:
        """Return what a name with the wrong kind may mean (埼玉市), the local government with that reading first."""
        found: tuple[LocalGovernment, ...] = parts.governments
        if parts.suffix:
            by_reading = (
                government for stem in parts.governments for government in self._readings.of_kind(stem, parts.suffix)
            )
            found = tuple(
                government for government in (*by_reading, *parts.governments) if not government.is_ward_of_city
            )
            found = tuple(government for government in found if _is_in(government, parts.prefecture)) or found
        elif parts.misplaced == "prefecture" and not parts.ward:
            found = (*self._names.stems.get(folded(parts.core)[:-1], ()), *found)
            found = tuple(
                government
                for government in found
                if government in parts.governments or _is_in(government, parts.prefecture)
            )
        # 岩手県宮古町 is a typing error for 宮古市, which is in 岩手県
        return tuple(dict.fromkeys(sorted(found, key=lambda government: not _is_in(government, parts.prefecture))))

    def with_unknown_name_in(self, prefecture: LocalGovernment, name: str) -> tuple[LocalGovernment, ...]:
        """Return the local governments of a prefecture that an unknown name may mean: 埼玉市 in 埼玉県."""
        parts = self.read(name)
        found = self.with_other_kind(parts) if parts and parts.is_whole else ()
        return tuple(government for government in found if _is_in(government, prefecture))


def _is_in(government: LocalGovernment, prefecture: LocalGovernment | None) -> bool:
    return prefecture is None or (government.prefecture == prefecture.name and government.kind is not Kind.PREFECTURE)


def _holds_more_of_a_name(parts: NameParts) -> bool:
    """True for 神奈川県横兵市: the prefecture alone was recognised, and what follows looks like a municipality."""
    return parts.governments[0].kind is Kind.PREFECTURE and affix_kind(parts.after) is AffixKind.OTHER


def _is_explained(parts: NameParts) -> bool:
    """府中 東京, 東京の府中: nothing but the prefecture stands around the stem."""
    return parts.prefecture_behind or (parts.short_prefecture and not (parts.before or parts.after))


def _is_partial(parts: NameParts | None) -> bool:
    """Return True if no full name of a local government stands at the beginning."""
    return parts is None or (not parts.is_whole and (parts.by_stem or bool(parts.before)))


def _has_unexplained_prefix(parts: NameParts) -> bool:
    """True for 新横浜市 and 浜北区: a word that explains nothing makes another name of it."""
    if not _ENDS_IN_A_WORD.search(parts.before) or _INTRODUCES.search(parts.before):
        return False
    return affix_kind(parts.before) is AffixKind.OTHER


@cache
def load() -> Registry:
    """Return the registry of the committed tables, which are read once."""
    return Registry(read_governments(), read_former())
