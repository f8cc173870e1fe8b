"""Spellings that count as one name: widths, variant characters, spaces, invisible marks."""

import re
import unicodedata

from bot.text.normalize import normalize

MAX_LENGTH = 300  # no name is a tenth as long; what stands behind it can change no verdict

# In each group the first stands for all: old, new and hand-written forms of a character of the names.
VARIANT_GROUPS = (
    "亀龜 予豫 児兒 会會 倶俱 函凾 剣劍劔 区區 双雙 台臺 国國 塩鹽 増增 壮壯 壱壹 売賣 奥奧 姫姬 宝寶寳 対對 寿壽 富冨 "
    "属屬 岳嶽 峰峯 島嶋嶌 崎﨑嵜 巣巢 帯帶 帰歸 広廣 庁廳 弥彌 当當 彦彥 徳德 恋戀 恵惠 戸戶 払拂 摂攝 曽曾 村邨 条條 "
    "来來 栄榮 桜櫻 梼檮 桧檜 検檢 楽樂 様樣 横橫 歳歲 気氣 沢澤 浅淺 浜濱濵 淵渕渊 清淸 渋澁 温溫 湾灣 満滿 滝瀧 潴瀦 "
    "瀬瀨 焼燒 狭狹 猪豬 産產 発發 県縣 真眞 砺礪 礼禮 祢禰 稲稻 釜竈竃 竜龍 糸絲 総總 緑綠 縄繩 群羣 胆膽 舎舍 館舘 "
    "芦蘆 芸藝 荘莊 蔵藏 覇霸 観觀 読讀 諫諌 豊豐 軽輕 辺邊邉 郷鄕鄉 関關 隠隱 静靜 青靑 騨驒 高髙 鰺鯵 黒黑 与與 万萬 "
    "柳栁 市巿 亘亙 余餘 内內 寝寢 穂穗 籠篭 栃杤 野埜 巻卷 吉𠮷 磯礒 並竝 桑桒 湧涌"
)
_VARIANTS = str.maketrans({form: group[0] for group in VARIANT_GROUPS.split() for form in group[1:]})
_KANJI = r"[^\W\d_a-zA-Zぁ-ゟァ-ヿ]"
_COUNTER = re.compile(rf"(?<={_KANJI})[ヶケがガヵカか箇](?={_KANJI})")  # 龍ケ崎, 龍ヶ崎, 龍が崎
_POSSESSIVE = re.compile(rf"(?<={_KANJI})[のノ之乃](?={_KANJI})")  # 中之条, 中の条
_LINKING = re.compile("[ヶケがガヵカか箇のノ之乃々]")
_REPEATED = re.compile(rf"({_KANJI})々")
_DROPPED_CATEGORIES = frozenset(("Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp", "Co", "Cs", "Cn"))
_FRAMES = ("<circle>", "<square>")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def official_form(text: str) -> str:
    """Return the form in which names are compared: NFKC without radicals, trimmed, cut at the longest name."""
    return normalize(text.strip()[:MAX_LENGTH]).strip()[:MAX_LENGTH]


def visible(text: str) -> str:
    """The text without spaces and without what cannot be seen, variation selectors among it."""
    if text.isalnum():  # quick for nearly all: nothing to drop is alphanumeric
        return text
    return "".join(c for c in text if unicodedata.category(c) not in _DROPPED_CATEGORIES)


def has_hidden_marks(text: str) -> bool:
    """True for control, format and combining characters, which no name has; selectors are spellings."""
    return any(unicodedata.category(c) in _DROPPED_CATEGORIES and not c.isspace() for c in _SELECTORS.sub("", text))


def has_framed_letters(text: str) -> bool:
    """True for ㊥ and ㍿: letters drawn in a circle or a square, which are ornaments and no spelling."""
    if text.isascii():
        return False
    return any(unicodedata.decomposition(c).startswith(_FRAMES) for c in text[:MAX_LENGTH])


def folded(text: str) -> str:
    """A key that all spellings of a name share, as long as the text itself."""
    if text.isascii():
        return text.lower()
    key = text.translate(_VARIANTS)
    if not _LINKING.search(key):
        return key
    key = _COUNTER.sub("ケ", key)
    key = _POSSESSIVE.sub("の", key)
    return _REPEATED.sub(r"\1\1", key)
