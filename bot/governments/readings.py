"""Readings and Latin spellings, each as a key under which the ways to type one reading meet."""

import re
import unicodedata

from bot.text.normalize import hiragana

_LOOSE_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎぢづゕゖ", "あいうえおつやゆよわじずかけ")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LATIN = re.compile(r"[a-z'.,\-]+")

_CONSONANTS = ("ky", "sh", "ch", "ny", "hy", "my", "ry", "gy", "j", "by", "py")
_DIGRAPHS = {
    **{
        kana + small: base + vowel
        for kana, base in zip("きしちにひみりぎじびぴ", _CONSONANTS, strict=True)
        for small, vowel in zip("ゃゅょ", "auo", strict=True)
    },
    "ふぁ": "fa", "ふぃ": "fi", "ふぇ": "fe", "ふぉ": "fo", "てぃ": "ti", "でぃ": "di", "うぃ": "wi", "しぇ": "she",
    "じぇ": "je", "ちぇ": "che",
}  # fmt: skip
_KANA_ROWS = {
    "あいうえお": "a i u e o", "かきくけこ": "ka ki ku ke ko", "さしすせそ": "sa shi su se so",
    "たちつてと": "ta chi tsu te to", "なにぬねの": "na ni nu ne no", "はひふへほ": "ha hi fu he ho",
    "まみむめも": "ma mi mu me mo", "やゆよ": "ya yu yo", "らりるれろ": "ra ri ru re ro", "わをん": "wa o n",
    "がぎぐげご": "ga gi gu ge go", "ざじずぜぞ": "za ji zu ze zo", "だぢづでど": "da ji zu de do",
    "ばびぶべぼ": "ba bi bu be bo", "ぱぴぷぺぽ": "pa pi pu pe po",
}  # fmt: skip
_LETTERS = {
    kana: latin for row, letters in _KANA_ROWS.items() for kana, latin in zip(row, letters.split(), strict=True)
}
_SYLLABLE = re.compile("|".join([*_DIGRAPHS, *_LETTERS, "[っー]"]))
# Other systems of writing Japanese in Latin letters, and what the Hepburn system of the keys has for them.
_TO_HEPBURN = (
    (re.compile(r"sy([auo])"), r"sh\1"),
    (re.compile(r"[tc]y([auo])"), r"ch\1"),
    (re.compile(r"[zj]y([auo])"), r"j\1"),
    (re.compile(r"dy([auo])"), r"j\1"),
    (re.compile(r"si"), "shi"),
    (re.compile(r"ti"), "chi"),
    (re.compile(r"tu"), "tsu"),
    (re.compile(r"(?<![sc])hu"), "fu"),
    (re.compile(r"[zd]i"), "ji"),
    (re.compile(r"dz?u"), "zu"),
    (re.compile(r"tch"), "cch"),
    (re.compile(r"m(?=[bpm])"), "n"),
    (re.compile(r"nn(?=[aiueoy])"), "n"),
    (re.compile(r"o(?:[uo]|h(?![aiueoy]))+"), "o"),
    (re.compile(r"uu+"), "u"),
    (re.compile(r"l"), "r"),
)


def kana_key(text: str) -> str:
    """よこはま for ヨコハマ; small kana, ぢ and づ count as what they are mistaken for."""
    return hiragana(text).translate(_LOOSE_KANA)


def latin_key(text: str) -> str:
    """Lower-case letters alone, in one system, long vowels short: Ōsaka, oosaka and osaka are one."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    key = "".join(c for c in decomposed if "a" <= c <= "z")
    for pattern, hepburn in _TO_HEPBURN:
        key = pattern.sub(hepburn, key)
    return key


def latin_of(reading: str) -> str:
    """The Latin key of a reading in kana."""
    letters = _SYLLABLE.sub(_syllable, hiragana(reading))
    return latin_key(re.sub(r"!(.)", r"\1\1", letters))


def _syllable(match: re.Match[str]) -> str:
    found = match[0]
    if found in "っー":
        return "!" if found == "っ" else ""  # ! is doubled into the consonant that follows
    return _DIGRAPHS.get(found) or _LETTERS[found]


def latin_words(text: str) -> list[str]:
    """The words of a text, lower case, with their accents."""
    return _WORD.findall(text.lower())


def is_kana(text: str) -> bool:
    return _KANA.fullmatch(text) is not None


def is_latin(text: str) -> bool:
    """True for Latin letters with or without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return _LATIN.fullmatch(plain.replace(" ", "")) is not None
