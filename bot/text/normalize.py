"""One folding for all readers: what a person takes for the same text becomes the same text.

Every reader calls `fold` with the steps it needs, so that no reader folds less than another by accident.
"""

import re
import unicodedata
from functools import lru_cache

import regex

SHORT = 200  # characters of a text whose foldings are remembered
HYPHENS = "-‐‑‒–—―−─━⁃˗﹘﹣－➖"  # what keyboards and other programs give for a hyphen or a minus
DASHES = f"{HYPHENS}ーｰ"  # and the long-vowel mark, which is typed for a dash and the other way round
WAVES = "~〜～〰∼"
# Radicals of their own code, as text copied from a PDF has them, and the ideographs that they look like: Unicode's
# Equivalent_Unified_Ideograph. NFKC leaves them as they are; it covers the block of the Kangxi radicals only.
RADICALS = (
    "⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 ⺔彑 "
    "⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪𤴔 "
    "⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽𦥑 ⺾艹 "
    "⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 "
    "⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 "
    "⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀"
)

_RADICALS = {ord(pair[0]): pair[1] for pair in RADICALS.split()}
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_ALL_RADICALS = {**_KANGXI, **_RADICALS, ord("⺟"): "母", ord("⻳"): "龟"}
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_BLANK_CONTROLS = regex.compile(r"[\t\v\f\r\x85\p{Zl}\p{Zp}]+")
# Controls, formats, marks that joined no letter, surrogates, private use, unassigned, and letters that are blank.
_UNSEEN = regex.compile(
    r"[[\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}\p{Co}\p{Cn}\ufffc\u115f\u1160\u3164\uffa0\u2800]--[\n]]", regex.V1
)
_UNSEEN_BEFORE_NFKC = regex.compile(r"[\p{Cf}\p{Variation_Selector}\ufffc\u115f\u1160\u3164\uffa0\u2800]")
_PICTURES = regex.compile(r"[\p{So}\p{Sk}\p{Regional_Indicator}]")
_EMOJI = regex.compile(r"[\p{Extended_Pictographic}--[\p{P}]]", regex.V1)  # not ‼, ⁉ and 〰
_SPACES = re.compile(r"\s+")
_AFTER_KANA = re.compile(rf"(?<=[ぁ-ヿｦ-ﾟ])[{re.escape(DASHES + WAVES)}]+")
_DRAWN_DASHES = str.maketrans(dict.fromkeys("─━˗➖", "-"))  # symbols by their category, typed as dashes
_HYPHENS = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_DASHES = str.maketrans(dict.fromkeys(DASHES, "-"))
_READABLE = regex.compile(r"[\p{L}\p{N}]")


def normalize(text: str) -> str:
    """Return the text in NFKC, with radicals as the ideographs that they look like."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_RADICALS)


def ideographs(text: str) -> str:
    """Write radicals as the ideographs that they look like, and leave all else as it is."""
    return text if text.isascii() else text.translate(_ALL_RADICALS)


def visible(text: str) -> str:
    """Drop what cannot be seen or read; line feeds stay, other blank controls become a space."""
    return _UNSEEN.sub("", _BLANK_CONTROLS.sub(" ", text))


def without_pictures(text: str) -> str:
    """Drop emoji and other symbols."""
    return _PICTURES.sub("", text)


def hiragana(text: str) -> str:
    """Write katakana as hiragana; the long-vowel mark stays."""
    return text.translate(_HIRAGANA)


def long_vowels(text: str) -> str:
    """Write any dash or wave after kana, and any run of them, as one long-vowel mark."""
    return _AFTER_KANA.sub("ー", text)


def hyphens(text: str) -> str:
    """Write all dashes as the ASCII hyphen; the long-vowel mark stays."""
    return text.translate(_HYPHENS)


def dashes(text: str) -> str:
    """Write all dashes as the ASCII hyphen, the long-vowel mark too: for texts in which no kana is expected."""
    return text.translate(_DASHES)


def is_readable(text: str) -> bool:
    """Return True if the text contains a letter or a digit; without one it cannot be parsed."""
    return _READABLE.search(visible(normalize(_UNSEEN_BEFORE_NFKC.sub("", text)))) is not None


def fold(text: str, *, kana: bool = False, vowels: bool = False, pictures: bool = True, spaces: bool = True) -> str:
    """Make width, case and invisible characters alike; folding a folded text changes nothing.

    kana: katakana becomes hiragana. vowels: dashes after kana become the long-vowel mark. pictures: False drops emoji
    and symbols. spaces: False drops white space.
    """
    work = _remembered if len(text) <= SHORT else _fold_until_stable
    return work(text, kana, vowels, pictures, spaces)


def _fold_until_stable(text: str, kana: bool, vowels: bool, pictures: bool, spaces: bool) -> str:  # noqa: FBT001 - keywords cost the cache more
    folded = _fold(text, kana=kana, vowels=vowels, pictures=pictures, spaces=spaces)
    if unicodedata.is_normalized("NFKC", folded):
        return folded
    # What was dropped has brought together what now composes: rare, and over after one more round.
    return _fold(folded, kana=kana, vowels=vowels, pictures=pictures, spaces=spaces)


# The readers of one message fold it about twenty times, in six ways, in each of the threads of a worker.
_remembered = lru_cache(maxsize=2048)(_fold_until_stable)


def _fold(text: str, *, kana: bool, vowels: bool, pictures: bool, spaces: bool) -> str:
    seen = _UNSEEN_BEFORE_NFKC.sub("", text)
    if vowels:
        seen = long_vowels(seen)  # before pictures go: ➖ is one
    if not pictures:
        seen = _EMOJI.sub("", seen.translate(_DRAWN_DASHES))  # before NFKC, which makes letters of 🈚 and ㊗
    plain = visible(normalize(seen).lower())
    plain = plain if pictures else without_pictures(plain)
    plain = plain if spaces else _SPACES.sub("", plain)
    plain = long_vowels(plain) if vowels else plain
    return hiragana(plain) if kana else plain
