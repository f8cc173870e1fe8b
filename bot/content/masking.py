"""What may be kept of a question nobody could answer: short, in one spelling, without what points to a person."""

import unicodedata

import regex

from bot.replies.limits import clean, cut_units

MOST = 100
_READ = 1500  # nothing later can be among the characters that are kept

_NOTHING = regex.compile(r"[\u200b\u200c\u2060\ufeff\u00ad]")
_SPACES = regex.compile(r"\s+")
_DASH = regex.compile(r"(?<=\d)\s?[-‐‑‒–—―−─ー]\s?(?=\d)")
_HAN = r"(?:[\p{Han}々ヶ]{1,4}[ ])?[\p{Han}々ヶ]{1,6}"
_KATAKANA = r"[\p{Katakana}ー]{2,12}(?:[・ ][\p{Katakana}ー]{2,12}){0,2}"
_LATIN = r"[A-Za-z]{2,20}(?:[ .]{1,2}[A-Za-z]{1,20}){0,2}"
_NAME = rf"{_HAN}|{_KATAKANA}|\p{{Hiragana}}{{2,6}}|{_LATIN}"
# Frequent family names, known for names even without a title after them: 佐々木健太です.
_FAMILIES = (
    "佐藤 鈴木 高橋 髙橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 "
    "山田 佐々木 山口 松本 井上 木村 斎藤 斉藤 齋藤 清水 山崎 池田 橋本 阿部 "
    "森田 石川 前田 藤田 小川 岡田 後藤 長谷川 村上 近藤 石井 坂本 遠藤 青木 "
    "藤井 西村 福田 太田 三浦 藤原 岡本 松田 中川 中島 中野 原田 小野 田村 "
    "竹内 金子 和田 中山 石田 上田 森本 小島 柴田 原口 宮崎 酒井 工藤 横山 "
    "宮本 内田 高木 安藤 島田 谷口 大野 高田 丸山 今井 河野 藤本 村田 武田 "
    "上野 杉山 増田 小山 大塚 平野 菅原 久保 松井 千葉 岩崎 桜井 野口 松尾 "
    "木下 菊地 野村 佐野 新井 渡部 松下 杉本 菅野 大西"
)
_FAMILY = "(?:" + "|".join(_FAMILIES.split()) + ")"
# Said of anyone, so no name: お客様, 皆さん, 業者さん, 同様, 仕様, 様式.
_ANYONE = (
    r"(?:お客|皆|みな|業者|職員|住民|市民|町民|村民|県民|区民|代理店|担当者?|団体|自治体|会社|企業|パートナー|ヤフー|利用者"
    r"|同|仕|多|異|模|一|有)"
)
_TITLE = r" ?(?:さん|さま|様(?![式々子相態])|氏(?!名)|殿(?!堂)|くん|ちゃん|先生)"

_AT = r"[(\[<【]? ?(?:アットマーク|アット|あっと|at|at mark) ?[)\]>】]"
_DOT = r"[(\[<【]? ?(?:ドット|dot) ?[)\]>】]"

# In this order: what is longer and surer first. Lengths are bounded, so that no text can make a search slow.
_MASKS = (
    (regex.compile(r"\b[UCR][0-9a-f]{32}\b"), "〔ID〕"),
    (regex.compile(r"(?:https?://|www\.)[!-~]+", regex.I), "〔URL〕"),
    (regex.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"), "〔メール〕"),
    (
        regex.compile(rf"[\w.+-]{{1,64}} ?{_AT} ?[\w-]{{1,63}}(?: ?(?:\.|{_DOT}) ?[\w-]{{1,63}}){{1,5}}", regex.I),
        "〔メール〕",
    ),
    (regex.compile(r"@[A-Za-z0-9_.-]{2,40}"), "〔ID〕"),
    (
        regex.compile(r"(?<=(?<![A-Za-z])(?:ID|アイディー)(?:[はがを:= ]|→|->|⇒){1,3})[A-Za-z0-9_.-]{3,40}", regex.I),
        "〔ID〕",
    ),
    (
        regex.compile(
            r"(?<![A-Za-z0-9_.-])[A-Za-z0-9_.-]{3,40}(?= ?という(?:LINEの?|ラインの?)?(?:ID|アカウント))", regex.I
        ),
        "〔ID〕",
    ),
    (regex.compile(r"〒\s?\d{3}-?\d{4}"), "〔郵便番号〕"),
    (regex.compile(r"\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){1,3}"), "〔電話〕"),
    (regex.compile(r"\(0\d{1,4}\) ?\d{1,4}[ -]?\d{3,4}"), "〔電話〕"),
    (regex.compile(r"\(?\d{2,5}\)?[- (]{1,2}\d{1,4}[- )]{1,2}\d{3,4}|\b0\d{9,10}\b"), "〔電話〕"),
    (regex.compile(r"(?<![\d-])\d{3}-\d{4}(?![\d-])"), "〔郵便番号〕"),
    (regex.compile(r"\d{1,4}(?:丁目|番地?)(?:の?\d{1,4}(?:番地?|号|-\d{1,4})?){0,2}"), "〔番地〕"),
    (
        regex.compile(
            r"[一二三四五六七八九十]{1,3}丁目(?:[一二三四五六七八九十百]{1,4}番地?(?:の?[一二三四五六七八九十]{1,3}号?)?)?"
        ),
        "〔番地〕",
    ),
    (regex.compile(r"(?<=内線:? ?)\d{2,6}"), "〔番号〕"),
    (regex.compile(r"(?<=\p{Han})\d{1,4}(?:-\d{1,4}){1,3}"), "〔番地〕"),
    (regex.compile(r"\d[\d -]{4,40}\d(?! ?[通円人件])|\d{5,40}(?![\d通円人件])"), "〔番号〕"),
    (regex.compile(rf"(?:{_NAME})(?<!{_ANYONE})(?={_TITLE})"), "〔名前〕"),
    (regex.compile(r"(?<=[課係部室局所場市町村県]の)[\p{Han}々ヶ]{1,6}(?=です|と)"), "〔名前〕"),
    (regex.compile(rf"(?:{_HAN}|{_KATAKANA})(?= ?(?:と(?:申|もう)しま|でございま))"), "〔名前〕"),
    (regex.compile(r"[\p{Han}々ヶ]{2,6}(?=とい(?:います|う者))|(?<=[私僕]は)[\p{Han}々ヶ]{2,6}(?=です)"), "〔名前〕"),
    (regex.compile(rf"(?<!\p{{Han}}){_FAMILY}[ ]?[\p{{Han}}々ヶ]{{0,3}}(?=です|だ(?:が|けど)|\(|が申し)"), "〔名前〕"),
    (regex.compile(rf"(?<!\p{{Han}}){_FAMILY}(?=(?:課長|係長|部長|室長|主任|主事|主査|職員)(?![会級]))"), "〔名前〕"),
    (regex.compile(r"(?<=(?:氏名|担当|担当者|名前)[:] ?)[^\s、。]{2,12}(?: [\p{Han}]{1,4}(?!\p{Han}))?"), "〔名前〕"),
    (regex.compile(r"(?<=氏名 )[^\s、。]{2,12}(?: [\p{Han}]{1,4}(?!\p{Han}))?"), "〔名前〕"),
)


def masked(text: str) -> str:
    """The text in one spelling, masked, in at most 100 characters; made to be counted, not to be read back."""
    plain = unicodedata.normalize("NFKC", _NOTHING.sub("", clean(text[:_READ])))
    plain = _DASH.sub("-", _SPACES.sub(" ", plain)).strip(" 。、.,!?")
    for pattern, mask in _MASKS:
        plain = pattern.sub(mask, plain)
    return cut_units(plain, MOST)
