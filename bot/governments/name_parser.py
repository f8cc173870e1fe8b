"""Parses a written name into prefecture, county, municipality, ward, office, and the text around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.governments.affixes import AffixKind, affix_kind, without_decoration
from bot.governments.local_government import Kind, LocalGovernment
from bot.governments.name_index import NameIndex
from bot.governments.name_parts import NameParts
from bot.governments.spelling import folded

_OFFICE = re.compile(r"役所|役場|庁(?!舎)")
_COUNTY = re.compile(r"[^市区町村道府県]{1,4}?郡")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_LINK = re.compile(r"[\W_の]")
_MARKET = re.compile(r"[場街]")  # 大田市場 holds no 大田市
_FARTHEST_LINK = 12  # characters between a prefecture and the municipality that it still narrows
_SUFFIX = re.compile(r"[都道府県市区町村]")
_KANA_NAME = re.compile(r"[ぁ-ゖ]+")
_GOES_ON = re.compile(r"(?!(?:の|です|だ)(?![ぁ-ゖ]))[ぁ-ゖー]")  # おおいた is no おおい, and いのです is いの
_WARD = re.compile(r"[^市区町村\W\d_a-zA-Z]{1,4}区")
_LONGEST_STEM = 6


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with the key it is compared by; both are of one length."""

    written: str
    key: str


class NameParser:
    """Finds the parts of a text in which no spaces or hidden marks are left."""

    def __init__(self, names: NameIndex) -> None:
        self._names = names

    def parse(self, written: str) -> NameParts | None:
        """Return the best parse, from the left. None if the text holds no local government or ward."""
        parts = self._best(written)
        return parts and self._narrowed_from_behind(parts)

    def _narrowed_from_behind(self, parts: NameParts) -> NameParts:
        """府中市（東京）, 府中 東京都: the prefecture behind the name counts as one before it."""
        word = _AROUND.sub("", folded(parts.after))
        known = (*self._names.stems.get(word, ()), self._names.prefectures.get(word)) if word else ()
        names = {government.name for government in known if government and government.kind is Kind.PREFECTURE}
        fitting = tuple(
            government
            for government in parts.governments
            if government.prefecture in names and government.kind is not Kind.PREFECTURE
        )
        return replace(parts, governments=fitting, prefecture_behind=True) if fitting else parts

    def _best(self, written: str) -> NameParts | None:
        text = _Text(written, folded(written))
        may_be_full = _SUFFIX.search(text.key) is not None  # no full name is without one
        full = self._full(text, 0) if may_be_full else None
        if full and full.is_whole:
            return full
        stem = self._stem(text, 0)
        # 東村山 is the stem of a city, although 東村 is a village
        if stem and (stem.is_whole or (full and len(stem.after) < len(full.after))):
            return stem
        inside = self._inside(text) if may_be_full and not (full or stem) else None
        return full or stem or inside or self._between_ornaments(written) or self._stem_at_end(text)

    def _stem_at_end(self, text: _Text) -> NameParts | None:
        """NPO法人横浜: a stem behind words that only stand beside names."""
        for start in range(max(1, len(text.key) - _LONGEST_STEM), len(text.key) - 1):
            governments = self._names.stems.get(text.key[start:], ())
            before = text.written[:start]
            if governments and (affix_kind(before) is AffixKind.AFFILIATE or not without_decoration(before)):
                core = text.written[start:]
                return NameParts(_fitting(governments, None, core), core, by_stem=True, before=before)
        return None

    def _between_ornaments(self, written: str) -> NameParts | None:
        inner = without_decoration(written)
        if not inner or inner == written:
            return None
        parts = self._stem(_Text(inner, folded(inner)), 0)
        before, _, after = written.partition(inner)
        return parts and replace(parts, before=before, after=parts.after + after)

    def _inside(self, text: _Text) -> NameParts | None:
        """A full name that something stands before; of several the one that leaves least over."""
        found = (
            replace(parts, before=text.written[:start])
            for start in range(1, len(text.key) - 1)
            if (parts := self._full(text, start))
        )
        return min(found, key=lambda parts: len(parts.before) + len(parts.after), default=None)

    def _full(self, text: _Text, start: int) -> NameParts | None:
        """A name with its 都道府県市区町村 at this place."""
        prefecture, end = self._prefecture(text, start)
        options = [self._municipality(text, end, prefecture), self._ward_alone(text, end, prefecture)]
        if prefecture:
            stem = self._stem(text, end, prefecture)
            options.append(stem if stem and stem.is_whole else None)
            alone = self._with_tail(NameParts((prefecture,), text.written[start:end]), text, end)
            options += [alone, self._linked(text, end, prefecture) if alone.after else None]
        return min(filter(None, options), key=_misfit, default=None)

    def _linked(self, text: _Text, end: int, prefecture: LocalGovernment) -> NameParts | None:
        """神奈川県・横浜市, 東京都大島支庁三宅村: a municipality that something parts from its prefecture."""
        found = [
            replace(parts, link=text.written[end:start])
            for start in range(end + 1, min(end + _FARTHEST_LINK, len(text.key) - 1))
            if (parts := self._named(text, start, prefecture)) and not _MARKET.match(parts.after)
        ]
        return min(found, key=lambda parts: (bool(parts.misplaced), len(parts.link)), default=None)

    def _prefecture(self, text: _Text, start: int) -> tuple[LocalGovernment | None, int]:
        for length in (3, 4):
            if found := self._names.prefectures.get(text.key[start : start + length]):
                return found, start + length
        return None, start

    def _municipality(self, text: _Text, start: int, prefecture: LocalGovernment | None) -> NameParts | None:
        """A city, town, village or special ward, perhaps behind its county."""
        behind_counties = (self._behind_county(text, start, end, prefecture) for end in self._county_ends(text, start))
        options = [*behind_counties, self._named(text, start, prefecture)]
        return min(filter(None, options), key=_misfit, default=None)

    def _behind_county(self, text: _Text, start: int, end: int, prefecture: LocalGovernment | None) -> NameParts | None:
        parts = self._named(text, end, prefecture)
        if parts is None:
            return None
        county = text.written[start:end]
        inside = tuple(government for government in parts.governments if folded(government.county) == folded(county))
        misplaced = parts.misplaced or ("" if inside else "county")
        return replace(parts, governments=inside or parts.governments, county=county, misplaced=misplaced)

    def _county_ends(self, text: _Text, start: int) -> Iterator[int]:
        for end in range(start + 2, min(start + 6, len(text.key))):
            if text.key[start:end] in self._names.counties:
                yield end
        if match := _COUNTY.match(text.key, start):
            yield match.end()

    def _named(self, text: _Text, start: int, prefecture: LocalGovernment | None) -> NameParts | None:
        elsewhere = None
        for end in range(min(start + self._names.longest, len(text.key)), start + 1, -1):
            governments = self._names.municipalities.get(text.key[start:end], ())
            core = text.written[start:end]
            if fitting := _fitting(governments, prefecture, core):
                return self._with_ward(NameParts(fitting, core, prefecture), text, end)
            if governments and elsewhere is None:
                elsewhere = NameParts(_fitting(governments, None, core), core, prefecture, misplaced="prefecture"), end
        return self._with_ward(elsewhere[0], text, elsewhere[1]) if elsewhere else None

    def _with_ward(self, parts: NameParts, text: _Text, end: int) -> NameParts:
        """Adds a ward of a designated city; one that was dissolved is a ward all the same."""
        cities = tuple(
            government
            for government in parts.governments
            if (government.prefecture, government.name) in self._names.cities_of_wards
        )
        if not cities:
            return self._with_tail(parts, text, end)
        known = self._ward_alone(text, end, None)
        wards = tuple(ward for ward in known.wards if self._city_of(ward) in cities) if known else ()
        match = _WARD.match(text.key, end)
        if known and wards:
            ward_end = end + len(known.ward)
        elif match:
            ward_end = match.end()
        else:
            return self._with_tail(parts, text, end)
        ward = text.written[end:ward_end]
        return self._with_tail(replace(parts, governments=cities, ward=ward, wards=wards), text, ward_end)

    def _ward_alone(self, text: _Text, start: int, prefecture: LocalGovernment | None) -> NameParts | None:
        """西区, 横浜の西区 without its city: the result is the cities that have such a ward."""
        for end in range(min(start + 5, len(text.key)), start + 1, -1):
            everywhere = self._names.wards.get(text.key[start:end], ())
            if not everywhere:
                continue
            wards = tuple(ward for ward in everywhere if prefecture in {None, self._prefecture_of(ward)})
            parts = NameParts(
                self._names.cities_of(wards or everywhere),
                text.written[start:end],
                prefecture,
                ward=text.written[start:end],
                wards=wards or everywhere,
                misplaced="" if wards else "prefecture",
            )
            return self._with_tail(parts, text, end)
        return None

    def _city_of(self, ward: LocalGovernment) -> LocalGovernment:
        return self._names.cities_of_wards[ward.prefecture, ward.city]

    def _prefecture_of(self, government: LocalGovernment) -> LocalGovernment:
        return self._names.prefectures[government.prefecture]

    def _stem(self, text: _Text, start: int, prefecture: LocalGovernment | None = None) -> NameParts | None:
        """横浜, 箱根市, 横浜中区, 神奈川横浜市, 横浜公式; a single character only if nothing else is there."""
        for end in range(min(start + _LONGEST_STEM, len(text.key)), start, -1):
            governments = self._names.stems.get(text.key[start:end], ())
            core = text.written[start:end]
            if _KANA_NAME.fullmatch(core) and _GOES_ON.match(text.written, end):
                continue
            if prefecture is None and (parts := self._behind_short_prefecture(governments, text, end)):
                return parts
            if fitting := _fitting(governments, prefecture, core):
                parts = self._stem_with_tail(NameParts(fitting, core, prefecture, by_stem=True), text, end)
                if parts.is_whole or end - start > 1:
                    return parts
        return None

    def _behind_short_prefecture(
        self, governments: tuple[LocalGovernment, ...], text: _Text, end: int
    ) -> NameParts | None:
        for prefecture in governments:
            if prefecture.kind is Kind.PREFECTURE:
                link = _LINK.match(text.key, end)
                start = link.end() if link else end
                parts = self._municipality(text, start, prefecture)
                if parts is None or parts.misplaced:
                    parts = self._whole_stem(text, start, prefecture)
                if parts:
                    return replace(parts, short_prefecture=True, link=link[0] if link else "")
        return None

    def _whole_stem(self, text: _Text, start: int, prefecture: LocalGovernment) -> NameParts | None:
        """神奈川横浜, 東京府中: nothing but a stem behind the stem of its prefecture."""
        parts = self._stem(text, start, prefecture)
        return parts if parts and parts.is_whole and not parts.suffix and len(parts.core) > 1 else None

    def _stem_with_tail(self, parts: NameParts, text: _Text, end: int) -> NameParts:
        with_ward = self._with_ward(parts, text, end)
        if with_ward.ward:
            return with_ward
        match = _SUFFIX.match(text.key, end)
        if match is None:
            return self._with_tail(parts, text, end)
        with_suffix = self._with_tail(replace(parts, suffix=match[0]), text, match.end())
        # 横浜市場 is no 横浜市; what follows a wrong word of kind has to be an office or nothing
        return with_suffix if with_suffix.is_whole else self._with_tail(parts, text, end)

    def _with_tail(self, parts: NameParts, text: _Text, end: int) -> NameParts:
        match = _OFFICE.match(text.key, end)
        if match is None:
            return replace(parts, after=text.written[end:])
        return replace(parts, office=match[0], after=text.written[match.end() :])


def _fitting(
    governments: tuple[LocalGovernment, ...], prefecture: LocalGovernment | None, core: str
) -> tuple[LocalGovernment, ...]:
    """Return the local governments of that prefecture: only those spelled so, if there are any."""
    if prefecture is not None:
        governments = tuple(
            government
            for government in governments
            if government.prefecture == prefecture.name and government.kind is not Kind.PREFECTURE
        )
    exact = tuple(
        government for government in governments if core in {government.name, government.also, government.stem}
    )
    return exact or governments


def _misfit(parts: NameParts) -> int:
    """Return the sort key of a reading: parts that belong together and leave no text over come first."""
    if parts.link:
        return 4
    if parts.misplaced:
        return 3 if parts.after else 2
    if parts.after:
        return 5 if parts.governments[0].kind is Kind.PREFECTURE else 1
    return 0
