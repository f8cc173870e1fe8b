"""Names of which a part was typed in kana: 塩がま市 for 塩竈市, さつま川内市 for 薩摩川内市."""

import re
from collections.abc import Iterable

from bot.governments.local_government import LocalGovernment
from bot.governments.readings import kana_key
from bot.governments.spelling import folded

_RUN = re.compile(r"[ぁ-ゖァ-ヺー]+|[^ぁ-ゖァ-ヺー]+")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]{2,}")
_KINDS = "都道府県市区町村"
_OFFICE = re.compile(r"(?:役所|役場|庁)$")
_LONGEST = 10


class MixedScriptIndex:
    """An index of names and readings, a line each, for one regular expression to search."""

    def __init__(self, governments: Iterable[LocalGovernment]) -> None:
        self._governments = tuple(governments)
        self._prefectures = tuple(dict.fromkeys(government.prefecture for government in self._governments))
        lines = (
            f"{place}\t{folded(government.name)}\t{kana_key(government.reading)}"
            for place, government in enumerate(self._governments)
        )
        self._lines = "\n".join(lines)

    def find(self, visible: str) -> tuple[LocalGovernment, ...]:
        """Return the local governments with these kanji in the name and these kana in the reading, in this order."""
        prefecture = next((name for name in self._prefectures if visible.startswith(name) and name != visible), "")
        typed = _OFFICE.sub("", visible.removeprefix(prefecture))
        if len(typed) > _LONGEST or not _KANA.search(typed):
            return ()
        runs = _RUN.findall(folded(typed) if typed[-1] in _KINDS else folded(typed) + "*")
        if len(runs) < 2 or not any(run.strip(_KINDS + "*") and not _KANA.match(run) for run in runs):
            return ()
        found = (self._governments[int(match[1])] for match in _pattern(runs).finditer(self._lines))
        return tuple(government for government in found if prefecture in {"", government.prefecture})


def _pattern(runs: list[str]) -> re.Pattern[str]:
    kind = f"[{_KINDS}]"
    name = "".join("[^\t\n]+" if _is_kana(run) else re.escape(run).replace(r"\*", kind) for run in runs)
    reading = "".join(re.escape(kana_key(run)) if _is_kana(run) else "[^\t\n]+" for run in runs)
    return re.compile(f"^([0-9]+)\t{name}\t{reading}$", re.MULTILINE)


def _is_kana(run: str) -> bool:
    return "ぁ" <= run[0] <= "ー"
