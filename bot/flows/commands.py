"""Commands: words that always work, in any spelling."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.content.texts import WordsText
from bot.text import normalize

LONGEST = 40
_CLOSING = "。、.,!?！「」『』[]【】()（）・~〜-"
_POLITE = re.compile(
    r"(を?(見せて|みせて|教えて|おしえて|開いて|ひらいて|始めて)?(ください|下さい)?|(を|で)?お願いします"
    r"|を?(知り|しり|見|み|探し|さがし|調べ|しらべ|確かめ|開き|ひらき|使い|つかい|やり|始め|はじめ|受け)たい(のですが|んですが|です)?"
    r"|を?したい(のですが|んですが|です)?|(について)?です)$"
)


_LOOKED_AT = re.compile(r"[のを](確認|計算|チェック|比較)$")


@dataclass(frozen=True, slots=True)
class Command:
    """A command. `always` controls the conversation itself; `function` opens a function."""

    kind: Literal["always", "function"]
    name: str


class CommandParser:
    """The parser of commands. A command is a whole message, never a part of one."""

    def __init__(self, words: WordsText) -> None:
        self._commands = {**_index("always", words.always), **_index("function", words.functions)}

    def read(self, text: str) -> Command | None:
        """Return the command if the whole text is one: 「ﾒﾆｭｰ」「メニューを見せて。」. None otherwise."""
        if len(text) > LONGEST:
            return None
        plain = fold(text)
        request = _without_politeness(plain)
        forms = (plain, request, _without_long_vowel(_LOOKED_AT.sub("", request)))
        return next((self._commands[form] for form in forms if form in self._commands), None)


def fold(text: str) -> str:
    """Make width, case, kana, dashes, spaces, pictures and closing punctuation alike; a lone sign stays."""
    plain = normalize.fold(text, kana=True, vowels=True, pictures=False, spaces=False)
    return _without_long_vowel(plain.strip(_CLOSING)) if len(plain) > 1 else plain


def bare(text: str) -> str:
    """Return the folded words without a polite ending: 「予約・施設を見たいです」 is 「予約・施設」."""
    return _without_politeness(fold(text))


def _without_politeness(plain: str) -> str:
    return _without_long_vowel(_POLITE.sub("", plain, count=1))


def _without_long_vowel(plain: str) -> str:
    """Drop a long vowel at the end, so that 「メニュ〜」, 「メニュー」 and 「戻る〜」 are all understood."""
    return plain.rstrip("ー") or plain


def _index(kind: Literal["always", "function"], groups: Mapping[str, tuple[str, ...]]) -> dict[str, Command]:
    found: dict[str, Command] = {}
    for name, variants in groups.items():
        for variant in variants:
            command = found.setdefault(fold(variant), Command(kind, name))
            if command.name != name:
                raise ValueError(f"{variant} stands for {command.name} and {name}")
    return found
