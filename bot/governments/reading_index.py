"""Finds local governments by the reading of their names: hiragana, katakana, Latin letters."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.governments.local_government import Kind, LocalGovernment
from bot.governments.readings import is_kana, is_latin, kana_key, latin_key, latin_of, latin_words

Suffixes = Mapping[Kind, tuple[str, ...]]

KANA_SUFFIXES: Suffixes = {
    Kind.PREFECTURE: ("けん", "ふ", "と"),
    Kind.CITY: ("し",),
    Kind.TOWN: ("まち", "ちよう"),
    Kind.VILLAGE: ("むら", "そん"),
    Kind.SPECIAL_WARD: ("く",),
    Kind.DESIGNATED_WARD: ("く",),
}
LATIN_SUFFIXES: Suffixes = {
    Kind.PREFECTURE: ("ken", "fu", "to", "prefecture", "pref", "metropolis"),
    Kind.CITY: ("shi", "city"),
    Kind.TOWN: ("machi", "cho", "town"),
    Kind.VILLAGE: ("mura", "son", "village"),
    Kind.SPECIAL_WARD: ("ku", "city", "ward"),
    Kind.DESIGNATED_WARD: ("ku", "ward"),
}
_KINDS_OF = {
    "市": (Kind.CITY,),
    "町": (Kind.TOWN,),
    "村": (Kind.VILLAGE,),
    "区": (Kind.SPECIAL_WARD, Kind.DESIGNATED_WARD),
    **dict.fromkeys("都道府県", (Kind.PREFECTURE,)),
}
_OFFICE = re.compile(r"(?<=.)(?:やくしょ|ヤクショ|やくば|ヤクバ|役所|役場|庁)$")
_MIXED = re.compile(r"([ぁ-ゖァ-ヺー]+|[a-zA-ZÀ-ſ'\-]+)([市区町村都道府県])")
_NOT_IN_NAMES = frozenset(word for words in LATIN_SUFFIXES.values() for word in words if len(word) > 2) | {
    "fu",
    "ku",
    "of",
    "the",
    "office",
    "hall",
    "government",
    "official",
    "metropolitan",
    "municipal",
    "local",
    "japan",
}


class ReadingTable:
    """A table from the readings of full names and stems, in one script, to local governments."""

    def __init__(
        self, governments: Iterable[LocalGovernment], key_of: Callable[[str], str], suffixes: Suffixes
    ) -> None:
        self._suffixes = suffixes
        self._table: defaultdict[str, list[LocalGovernment]] = defaultdict(list)
        self._prefectures: dict[str, LocalGovernment] = {}
        for government in governments:
            keys = dict.fromkeys((key_of(government.reading), key_of(stem_reading(government))))
            for key in keys:
                self._table[key].append(government)
            if government.kind is Kind.PREFECTURE:
                self._prefectures.update(dict.fromkeys(keys, government))

    def find(
        self, key: str, prefecture: str = "", kinds: tuple[Kind, ...] = tuple(Kind)
    ) -> tuple[LocalGovernment, ...]:
        """Return the local governments with this key, with another word of their kind, or behind their prefecture."""
        found = _only([*self._table.get(key, ()), *self._with_suffix(key)], prefecture, kinds)
        if found or prefecture:
            return found
        for start, government in self._prefectures.items():
            rest = key.removeprefix(start)
            if rest != key and (behind := self.find(rest, government.name, kinds)):
                return behind
        return ()

    def prefecture(self, key: str) -> str:
        """Return the prefecture with this key, or an empty string."""
        return self._prefectures[key].name if key in self._prefectures else ""

    def near(self, key: str, limit: int) -> list[tuple[float, LocalGovernment]]:
        """Return the local governments within `limit` edits of a key, each with its distance."""
        hits = process.extract(key, self._keys, scorer=OSA.distance, score_cutoff=limit, limit=None)
        by_place = sorted(hits, key=itemgetter(2))
        return [(int(distance), government) for hit, distance, _ in by_place for government in self._table[hit]]

    @cached_property
    def _keys(self) -> list[str]:
        return list(self._table)

    def _with_suffix(self, key: str) -> list[LocalGovernment]:
        """はこねちょう for はこねまち: the stem, with any word of its kind."""
        return [
            government
            for kind, suffixes in self._suffixes.items()
            for suffix in suffixes
            if key.endswith(suffix)
            for government in self._table.get(key.removesuffix(suffix), ())
            if government.kind is kind
        ]


class ReadingIndex:
    """An index of the readings of all local governments in kana and in Latin letters."""

    def __init__(self, governments: tuple[LocalGovernment, ...]) -> None:
        self._prefectures = tuple(government.name for government in governments if government.kind is Kind.PREFECTURE)
        with_wards = {
            (government.prefecture, government.city) for government in governments if government.is_ward_of_city
        }
        self._prefecture_readings = {
            government.name: government.reading for government in governments if government.kind is Kind.PREFECTURE
        }
        self._cities = tuple(
            government for government in governments if (government.prefecture, government.name) in with_wards
        )
        self.kana = ReadingTable(governments, kana_key, KANA_SUFFIXES)
        self.latin = ReadingTable(governments, latin_of, LATIN_SUFFIXES)

    def find(self, text: str, visible: str) -> tuple[LocalGovernment, ...]:
        """Return the local governments with this reading, whole ones first; `visible` has no spaces."""
        if is_latin(visible):
            key = latin_key(visible)
            return self.latin.find(key) or self._by_words(text) or _wards_of(self.latin, self._latin_cities, key)
        spoken = _OFFICE.sub("", visible)
        prefecture = next((name for name in self._prefectures if spoken.startswith(name)), "")
        rest = spoken.removeprefix(prefecture)
        if match := _MIXED.fullmatch(rest):
            if is_latin(match[1]):
                return self.latin.find(latin_key(match[1]), prefecture, _KINDS_OF[match[2]])
            return self.kana.find(kana_key(match[1]), prefecture, _KINDS_OF[match[2]])
        if not is_kana(rest):
            return ()
        # long vowels as they are heard: とーきょー, おーさか
        found = self.kana.find(kana_key(rest), prefecture) or self.latin.find(latin_of(rest), prefecture)
        return found or _wards_of(self.kana, self._kana_cities, kana_key(rest))

    @cached_property
    def _kana_cities(self) -> tuple[tuple[str, LocalGovernment], ...]:
        return self._city_keys(kana_key)

    @cached_property
    def _latin_cities(self) -> tuple[tuple[str, LocalGovernment], ...]:
        return self._city_keys(latin_of)

    def _city_keys(self, key_of: Callable[[str], str]) -> tuple[tuple[str, LocalGovernment], ...]:
        """The designated cities by their readings, with and without prefecture and し, the longest first."""
        keys = [
            (key_of(before + reading), city)
            for city in self._cities
            for before in ("", self._prefecture_readings[city.prefecture])
            for reading in (city.reading, stem_reading(city))
        ]
        return tuple(sorted(keys, key=lambda pair: -len(pair[0])))

    def of_kind(self, government: LocalGovernment, word: str) -> tuple[LocalGovernment, ...]:
        """Return those with the same reading and another word of kind: さいたま市 for 埼玉 and 市."""
        return self.kana.find(kana_key(stem_reading(government)), kinds=_KINDS_OF[word])

    def _by_words(self, text: str) -> tuple[LocalGovernment, ...]:
        """Yokohama City, Kanagawa; City of Kobe."""
        keys = [latin_key(word) for word in latin_words(text) if word not in _NOT_IN_NAMES]
        whole = self.latin.find("".join(keys))
        if whole or len(keys) < 2:
            return whole
        prefecture = self.latin.prefecture(keys[-1])
        return self.latin.find("".join(keys[:-1]), prefecture) if prefecture else ()


def _wards_of(
    table: ReadingTable, cities: tuple[tuple[str, LocalGovernment], ...], key: str
) -> tuple[LocalGovernment, ...]:
    """よこはましにしく: a ward behind its city."""
    for reading, city in cities:
        if key.startswith(reading):
            found = table.find(key.removeprefix(reading), city.prefecture, (Kind.DESIGNATED_WARD,))
            if fitting := tuple(ward for ward in found if ward.city == city.name):
                return fitting
    return ()


def stem_reading(government: LocalGovernment) -> str:
    """よこはま for よこはまし; 北海道 has no shorter one."""
    key = kana_key(government.reading)
    for suffix in KANA_SUFFIXES[government.kind]:
        if key.endswith(suffix):
            return government.reading[: -len(suffix)]
    return government.reading


def _only(governments: list[LocalGovernment], prefecture: str, kinds: tuple[Kind, ...]) -> tuple[LocalGovernment, ...]:
    """Each once, of these kinds, and of that prefecture if one was named."""
    return tuple(
        dict.fromkeys(
            government
            for government in governments
            if government.kind in kinds
            and (not prefecture or (government.prefecture == prefecture and government.kind is not Kind.PREFECTURE))
        )
    )
