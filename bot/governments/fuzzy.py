"""Bodies of which a text may be a slip of the keyboard or of the input method."""

import re
from functools import cached_property
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.governments.likeness import IN_KANJI, cost, shared_ends
from bot.governments.local_government import Kind, LocalGovernment
from bot.governments.readings import is_kana, is_latin, kana_key, latin_key
from bot.governments.sounds import Sounds
from bot.governments.spelling import folded

MOST = 5
_LONGEST = 24  # of a text that could still be one name
_LOOKALIKES = str.maketrans("ハニロカエタト", "八二口力工夕卜")
_TAIL = re.compile(r"(?<=..)(?:役所|役場|(?<=[都道府県])庁).*$")
_FOR_CITY = re.compile("[し氏士死史]$")  # what an input method makes of 市
_LONG_O = re.compile("oh(?![aiueoy])")
_NO_LETTER = re.compile("[^a-z]")
_KINDS = tuple("都道府県市区町村")


class Slips:
    """The names of all bodies, to be compared with a text; a prefecture in front narrows them."""

    def __init__(self, governments: tuple[LocalGovernment, ...], sounds: Sounds) -> None:
        self._sounds = sounds
        self._names: dict[str, list[LocalGovernment]] = {}
        self._prefectures = tuple(government.name for government in governments if government.kind is Kind.PREFECTURE)
        for government in governments:
            for name in (government.name, *IN_KANJI.get(government.name, ())):
                self._names.setdefault(folded(name), []).append(government)

    @cached_property
    def _stems(self) -> dict[str, list[LocalGovernment]]:
        stems: dict[str, list[LocalGovernment]] = {}
        for governments in self._names.values():
            for government in governments:
                stems.setdefault(folded(government.stem), []).append(government)
        return stems

    def find(self, visible: str) -> tuple[LocalGovernment, ...]:
        """At most five, the likeliest first."""
        key = _TAIL.sub("", visible)
        if len(key) > _LONGEST or not (len(key) > 2 or _FOR_CITY.search(key)):
            return ()
        hits = self._near_sounds(key) if is_kana(key) or is_latin(key) else self._near_names(key)
        ranked = sorted(hits, key=lambda hit: _rank(hit, key))
        return tuple(dict.fromkeys(government for _, government in ranked if not government.is_ward_of_city))[:MOST]

    def _near_sounds(self, visible: str) -> list[tuple[float, LocalGovernment]]:
        if is_kana(visible):
            return self._sounds.kana.near(kana_key(visible), 1 if len(visible) < 7 else 2)
        # yokohma is two letters short of yokohama once its oh is read as a long vowel
        letters = _NO_LETTER.sub("", visible.lower())
        keys = dict.fromkeys((latin_key(visible), *((letters,) if _LONG_O.search(letters) else ())))
        near = (self._sounds.latin.near(key, 1 if len(key) < 8 else 2) for key in keys if len(key) > 3)
        return [hit for hits in near for hit in hits]

    def _near_names(self, typed: str) -> list[tuple[float, LocalGovernment]]:
        """ハ戸市 in katakana is no slip at all of 八戸市; ニセコ町 is no 二セコ町."""
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
        return [(slips, government) for slips, government in hits if prefecture in {"", government.prefecture}]

    def _hits(
        self, names: dict[str, list[LocalGovernment]], key: str, limit: int
    ) -> list[tuple[float, LocalGovernment]]:
        found = process.extract(key, names.keys(), scorer=OSA.distance, score_cutoff=limit, limit=None)
        by_place = sorted(found, key=itemgetter(2))
        return [(cost(int(slips), key, name), government) for name, slips, _ in by_place for government in names[name]]


def _rank(hit: tuple[float, LocalGovernment], typed: str) -> tuple[float, bool, int, bool]:
    """Fewer slips first, then the same word of kind, the same ends, the same length; else the given order stays."""
    slips, government = hit
    name = government.name
    return slips, name[-1] != typed[-1], -shared_ends(typed, name), len(name) != len(typed)
