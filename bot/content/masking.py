"""Masking of unanswered questions before they are stored: short, in one spelling, without personal data."""

import regex

from bot.content.disguises import respelled, without_invisible
from bot.text.measure import clean, cut_units
from bot.text.normalize import normalize

MOST = 100
_READ = 1500  # nothing later can be among the characters that are kept

_SPACES = regex.compile(r"\s+")
_DIGIT = r"[\d〇零一二三四五六七八九]"
_KANJI_NUMBER = "[〇零一二三四五六七八九十百千]"
_DASH = regex.compile(rf"(?<=\d|{_KANJI_NUMBER})\s?[-‐‑‒–—―−─ー]\s?(?=\d|{_KANJI_NUMBER})")
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

_LOCAL = r"[A-Za-z0-9._%+-]{1,64}"
_AT_WORD = "アットマーク|アット|あっとまーく|あっと"
_AT_IN_BRACKETS = rf"[(\[<{{【〔「] ?(?:{_AT_WORD}|at mark|at|a|@) ?[)\]>}}】〕」]"
_AT = rf"(?: ?{_AT_IN_BRACKETS} ?| ?(?:{_AT_WORD}) ?| (?:at|at mark) )"
_DOT = r" ?(?:\.|[(\[<{【〔「]? ?(?:ドット|どっと|dot|\.) ?[)\]>}】〕」]?) ?"

# Anything between the digits of one number; five of them are enough to be somebody's.
_BETWEEN = r"[^\p{L}\p{N}〔〕]{0,3}[のノー]?[^\p{L}\p{N}〔〕]{0,2}"
_NUMBER = regex.compile(rf"\+?{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{4,}}+(?P<unit>(?: ?[通円人件名社台回])?)")
_LONG_NUMBER = regex.compile(rf"(?<!\+){_DIGIT}(?:{_BETWEEN}{_DIGIT}){{11,}}+(?! ?[通円])")
_AMOUNT = regex.compile(r"[1-9]\d{0,2}(?:,\d{3}){1,3}|[1-9]\d{4,8}")

_N = rf"(?:\d{{1,4}}|{_KANJI_NUMBER}{{1,4}}|元)"
_ERA = r"(?:明治|大正|昭和|平成|令和|[MTSHR])"
_DATE = rf"(?:(?:{_ERA} ?)?{_N} ?[年./-] ?)?{_N} ?[月./-] ?{_N} ?日?"
_AGO = rf"(?:(?:明治|大正|昭和|平成) ?{_N}|(?:18|19)\d\d) ?[年./-] ?{_N} ?[月./-] ?{_N} ?日?"
_BORN = r" ?(?:生(?!成|活)|うまれ|誕生|産まれ)"

_PLACE = r"[市区町村郡][\p{Han}\p{Hiragana}\p{Katakana}ーヶ々]{0,8}"
_NOBODY = (
    r"(?!必要|不要|部署|変更|交代|交替|複数|何名|何人|窓口|代理|別途|別々|同じ|同一|異動|誰|どなた)"  # 担当は必要ですか
)
_LINES_OWN = r"(?!(?:Official|Messaging|Business|Premium|Rich|Flex|Mini|Manager|Account) )"

# In this order: what is longer and surer first. Lengths are bounded, so that no text can make a search slow.
_MASKS = (
    (regex.compile(r"\b[UCR][0-9a-f]{32}\b"), "〔ID〕"),
    (regex.compile(r"(?:https?://|www\.)[!-~]+(?:(?<=[/=_-])[\p{L}\p{N}!-~]+)?", regex.I), "〔URL〕"),
    (regex.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"), "〔メール〕"),
    (regex.compile(rf"{_LOCAL} ?@ ?[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}}", regex.I), "〔メール〕"),
    (regex.compile(rf"{_LOCAL}@[\w-]{{1,63}}"), "〔メール〕"),
    (regex.compile(rf"{_LOCAL}{_AT}[A-Z0-9-]{{1,63}}(?:{_DOT}[A-Z0-9-]{{1,63}}){{1,5}}", regex.I), "〔メール〕"),
    (regex.compile(rf"{_LOCAL} ?{_AT_IN_BRACKETS} ?[\w-]{{1,63}}", regex.I), "〔メール〕"),
    (regex.compile(rf"{_LOCAL}(?: dot | ?ドット ?)[A-Z0-9-]{{1,63}}", regex.I), "〔メール〕"),
    (
        regex.compile(r"(?<![\w.-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20}(?::\d{1,5})?/[\p{L}\p{N}!-~]*", regex.I),
        "〔URL〕",
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
    (regex.compile(rf"(?:{_DATE}|(?:{_ERA} ?)?{_N}年)(?={_BORN})"), "〔生年月日〕"),
    (regex.compile(rf"(?<=(?:生年月日|誕生日)[はが:]? ?){_DATE}"), "〔生年月日〕"),
    (regex.compile(_AGO), "〔生年月日〕"),
    (regex.compile(r"〒\s?\d{3}-?\d{4}"), "〔郵便番号〕"),
    (_LONG_NUMBER, "〔番号〕"),
    (regex.compile(r"\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){1,3}"), "〔電話〕"),
    (regex.compile(r"\(0\d{1,4}\) ?\d{1,4}[ -]?\d{3,4}"), "〔電話〕"),
    (regex.compile(r"\(?\d{2,5}\)?[- (]{1,2}\d{1,4}[- )]{1,2}\d{3,4}|\b0\d{9,10}\b"), "〔電話〕"),
    (regex.compile(r"(?<![\d-])\d{3}-\d{4}(?![\d-])"), "〔郵便番号〕"),
    (
        regex.compile(rf"(?:\d{{1,5}}|{_KANJI_NUMBER}{{1,6}})(?:丁目|番地)(?:[の-]?{_N}(?:番地?|号)?){{0,3}}"),
        "〔番地〕",
    ),
    (
        regex.compile(rf"\d{{1,5}}番(?:[の-]?{_N}号?){{0,2}}|{_KANJI_NUMBER}{{1,6}}番[の-]?{_KANJI_NUMBER}{{1,4}}号"),
        "〔番地〕",
    ),
    (regex.compile(rf"(?<={_PLACE}){_N}(?:[のノ-]{_N}){{1,3}}"), "〔番地〕"),
    (regex.compile(rf"(?<={_PLACE})(?!19\d\d|20\d\d){_N}(?: ?[/、,・] ?{_N}){{2,3}}"), "〔番地〕"),
    (
        regex.compile(
            r"(?<=[町村区郡][\p{Han}ヶ々]{0,8})(?!20[0-4]\d)\d{1,5}(?![\d年月日通円人件名社歳時分頁回%ヶか])"
        ),
        "〔番地〕",
    ),
    (regex.compile(rf"(?<=[町村区郡]\p{{Han}}{{0,8}}){_KANJI_NUMBER}{{3,6}}(?![年月日通円人件名社])"), "〔番地〕"),
    (regex.compile(rf"(?<=内線(?:番号)?[はが:]? ?){_DIGIT}{{2,6}}"), "〔番号〕"),
    (regex.compile(r"(?<=\p{Han})\d{1,4}(?:-\d{1,4}){1,3}"), "〔番地〕"),
    (_NUMBER, "〔番号〕"),
    (regex.compile(rf"(?:{_NAME})(?<!{_ANYONE})(?={_TITLE})"), "〔名前〕"),
    (regex.compile(r"(?<=[課係部室局所場市町村県]の)[\p{Han}々ヶ]{1,6}(?=です|と)"), "〔名前〕"),
    (regex.compile(rf"(?:{_HAN}|{_KATAKANA})(?= ?(?:と(?:申|もう)しま|でございま))"), "〔名前〕"),
    (regex.compile(r"[\p{Han}々ヶ]{2,6}(?=とい(?:います|う者))|(?<=[私僕]は)[\p{Han}々ヶ]{2,6}(?=です)"), "〔名前〕"),
    (regex.compile(rf"(?<!\p{{Han}}){_FAMILY}[ ]?[\p{{Han}}々ヶ]{{0,3}}(?=です|だ(?:が|けど)|\(|が申し)"), "〔名前〕"),
    (regex.compile(rf"(?<!\p{{Han}}){_FAMILY}(?=(?:課長|係長|部長|室長|主任|主事|主査|職員)(?![会級]))"), "〔名前〕"),
    (regex.compile(r"(?<=(?:氏名|担当|担当者|名前)[:] ?)[^\s、。]{2,12}(?: [\p{Han}]{1,4}(?!\p{Han}))?"), "〔名前〕"),
    (
        regex.compile(
            rf"(?<=(?:担当者?|責任者|係)[はが] ?){_NOBODY}[\p{{Han}}々ヶ]{{2,6}}+"
            r"(?<![課部局室係庁所署市町村県区都府会社])"
            r"(?: \p{Han}{1,4})?(?=で|と|より|$|[、。 ])"
        ),
        "〔名前〕",
    ),
    (regex.compile(rf"(?<=(?:担当者?|責任者|係)[はが] ?)(?:{_KATAKANA}|{_LATIN})(?=で|$)"), "〔名前〕"),
    (
        regex.compile(rf"(?<!\p{{Han}}){_FAMILY}[ ]?[\p{{Han}}々ヶ]{{0,3}}(?=より)|[\p{{Han}}々ヶ]{{3,5}}(?=より$)"),
        "〔名前〕",
    ),
    (
        regex.compile(
            rf"\b{_LINES_OWN}[A-Z](?:[a-z]{{1,20}}|[A-Z]{{1,20}}) [A-Z][a-z]{{1,20}}"
            r"(?= ?(?:です|と申|と言|といい|より))"
        ),
        "〔名前〕",
    ),
    (regex.compile(r"(?<=氏名 )[^\s、。]{2,12}(?: [\p{Han}]{1,4}(?!\p{Han}))?"), "〔名前〕"),
)


def masked(text: str) -> str:
    """The text in one spelling, masked, in at most 100 characters; made to be counted, not to be read back."""
    plain = normalize(without_invisible(clean(text[:_READ])))
    plain = _DASH.sub("-", _SPACES.sub(" ", plain)).strip(" 。、.,!?")
    plain = respelled(plain)
    for pattern, mask in _MASKS:
        plain = pattern.sub(_number_or_amount if pattern is _NUMBER else mask, plain)
    return cut_units(plain, MOST)


def _number_or_amount(found: regex.Match[str]) -> str:
    """Masks a number, but not "30,000通": what is counted is nobody's."""
    unit = found["unit"]
    digits = found[0].removesuffix(unit)
    return found[0] if unit and _AMOUNT.fullmatch(digits) else f"〔番号〕{unit}"
