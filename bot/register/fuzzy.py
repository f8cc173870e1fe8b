"""Bodies of which a text may be a slip of the keyboard or of the input method."""

import re
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.register.body import Body, Kind
from bot.register.readings import is_kana, is_latin, kana_key, latin_key
from bot.register.sounds import Sounds
from bot.register.spelling import folded

MOST = 5
_LONGEST = 24  # of a text that could still be one name
_LOOKALIKES = str.maketrans("ハニロカエタト巿", "八二口力工夕卜市")
_TAIL = re.compile(r"(?<=..)(?:役所|役場|県庁|都庁|府庁|道庁).*$")


class Slips:
    """The names of all bodies, to be compared with a text; a prefecture in front narrows them."""

    def __init__(self, bodies: tuple[Body, ...], sounds: Sounds) -> None:
        self._sounds = sounds
        self._names: dict[str, list[Body]] = {}
        self._prefectures = tuple(body.name for body in bodies if body.kind is Kind.PREFECTURE)
        for body in bodies:
            self._names.setdefault(folded(body.name), []).append(body)

    def find(self, visible: str) -> tuple[Body, ...]:
        """At most five, the likeliest first."""
        key = _TAIL.sub("", visible)
        if not 2 < len(key) <= _LONGEST:
            return ()
        hits = self._near_sounds(key) if is_kana(key) or is_latin(key) else self._near_names(key)
        ranked = sorted(hits, key=lambda hit: _rank(hit, key))
        return tuple(dict.fromkeys(body for _, body in ranked if not body.is_ward_of_city))[:MOST]

    def _near_sounds(self, visible: str) -> list[tuple[int, Body]]:
        if is_kana(visible):
            return self._sounds.kana.near(kana_key(visible), 1 if len(visible) < 7 else 2)
        key = latin_key(visible)
        return self._sounds.latin.near(key, 1 if len(key) < 8 else 2) if len(key) > 3 else []

    def _near_names(self, typed: str) -> list[tuple[int, Body]]:
        """ハ戸市 in katakana is no slip at all of 八戸市; ニセコ町 is no 二セコ町."""
        keys = dict.fromkeys((folded(typed), folded(typed.translate(_LOOKALIKES))))
        return [hit for key in keys for hit in self._near(key)]

    def _near(self, key: str) -> list[tuple[int, Body]]:
        prefecture = next((name for name in self._prefectures if key.startswith(name) and key != name), "")
        return self._near_in(prefecture, key.removeprefix(prefecture))

    def _near_in(self, prefecture: str, key: str) -> list[tuple[int, Body]]:
        limit = (0, 0, 0, 1, 1, 1)[len(key)] if len(key) < 6 else 2
        names = self._names if limit else {}
        hits = process.extract(key, names.keys(), scorer=OSA.distance, score_cutoff=limit, limit=None)
        return [
            (int(slips), body)
            for name, slips, _ in sorted(hits, key=itemgetter(2))
            for body in names[name]
            if prefecture in {"", body.prefecture}
        ]


def _rank(hit: tuple[int, Body], typed: str) -> tuple[int, bool, bool]:
    """Fewer slips first, then the same word of kind, the same beginning; else the given order stays."""
    slips, body = hit
    return slips, body.name[-1] != typed[-1], body.name[0] not in typed
