"""Finds local governments whose name differs from a text by a typing or conversion error."""

import re
from functools import cached_property
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.governments.confusables import KANJI_SPELLINGS, edit_cost, shared_ends
from bot.governments.local_government import Kind, LocalGovernment
from bot.governments.reading_index import ReadingIndex
from bot.governments.readings import is_kana, is_latin, kana_key, latin_key
from bot.governments.spelling import folded

MAX_FOUND = 5
_LONGEST = 24  # of a text that could still be one name
_LOOKALIKES = str.maketrans("ハニロカエタト", "八二口力工夕卜")
_TAIL = re.compile(r"(?<=..)(?:役所|役場|(?<=[都道府県])庁).*$")
_FOR_CITY = re.compile("[し氏士死史]$")  # what an input method makes of 市
_LONG_O = re.compile("oh(?![aiueoy])")
_NO_LETTER = re.compile("[^a-z]")
_KINDS = tuple("都道府県市区町村")


class FuzzyMatcher:
    """A matcher over all names by edit distance; a prefecture in front of the text narrows them."""

    def __init__(self, governments: tuple[LocalGovernment, ...], readings: ReadingIndex) -> None:
        self._readings = readings
        self._names: dict[str, list[LocalGovernment]] = {}
        self._prefectures = tuple(government.name for government in governments if government.kind is Kind.PREFECTURE)
        for government in governments:
            for name in (government.name, *KANJI_SPELLINGS.get(government.name, ())):
                self._names.setdefault(folded(name), []).append(government)

    @cached_property
    def _stems(self) -> dict[str, list[LocalGovernment]]:
        stems: dict[str, list[LocalGovernment]] = {}
        for governments in self._names.values():
            for government in governments:
                stems.setdefault(folded(government.stem), []).append(government)
        return stems

    def find(self, visible: str) -> tuple[LocalGovernment, ...]:
        """Return at most five local governments, the likeliest first."""
        key = _TAIL.sub("", visible)
        if len(key) > _LONGEST or not (len(key) > 2 or _FOR_CITY.search(key)):
            return ()
        hits = self._near_readings(key) if is_kana(key) or is_latin(key) else self._near_names(key)
        ranked = sorted(hits, key=lambda hit: _rank(hit, key))
        return tuple(dict.fromkeys(government for _, government in ranked if not government.is_ward_of_city))[
            :MAX_FOUND
        ]

    def _near_readings(self, visible: str) -> list[tuple[float, LocalGovernment]]:
        if is_kana(visible):
            return self._readings.kana.near(kana_key(visible), 1 if len(visible) < 7 else 2)
        # yokohma is two letters short of yokohama once its oh is read as a long vowel
        letters = _NO_LETTER.sub("", visible.lower())
        keys = dict.fromkeys((latin_key(visible), *((letters,) if _LONG_O.search(letters) else ())))
        near = (self._readings.latin.near(key, 1 if len(key) < 8 else 2) for key in keys if len(key) > 3)
        return [hit for hits in near for hit in hits]

    def _near_names(self, typed: str) -> list[tuple[float, LocalGovernment]]:
        """Compare the text as typed and with katakana read as the kanji they look like (ハ戸市 for 八戸市)."""
        keys = dict.fromkeys((folded(typed), folded(typed.translate(_LOOKALIKES)), folded(_FOR_CITY.sub("市", typed))))
        return [hit for key in keys for hit in self._near(key)]

    def _near(self, key: str) -> list[tuple[float, LocalGovernment]]:
        prefecture = next((name for name in self._prefectures if key.startswith(name) and key != name), "")
        return self._near_in(prefecture, key.removeprefix(prefecture))

    def _near_in(self, prefecture: str, key: str) -> list[tuple[float, LocalGovernment]]:
        if len(key) < 3 or key in self._names:
            return [
                (0, government) for government in self._names.get(key, ()) if prefecture in {"", government.prefecture}
            ]
        limit = 1 if len(key) < 6 else 2
        hits = self._hits(self._names, key, limit)
        if not hits and len(key) > 3 and not key.endswith(_KINDS):  # 世田ヶ谷
            hits = self._hits(self._stems, key, 1)
        return [(distance, government) for distance, government in hits if prefecture in {"", government.prefecture}]

    def _hits(
        self, names: dict[str, list[LocalGovernment]], key: str, limit: int
    ) -> list[tuple[float, LocalGovernment]]:
        found = process.extract(key, names.keys(), scorer=OSA.distance, score_cutoff=limit, limit=None)
        by_place = sorted(found, key=itemgetter(2))
        costs = ((edit_cost(int(distance), key, name), name) for name, distance, _ in by_place)
        return [(cost, government) for cost, name in costs for government in names[name]]


def _rank(hit: tuple[float, LocalGovernment], typed: str) -> tuple[float, bool, int, bool]:
    """Return the sort key: distance, then the same word of kind, shared ends and length; else the order stays."""
    distance, government = hit
    name = government.name
    return distance, name[-1] != typed[-1], -shared_ends(typed, name), len(name) != len(typed)
