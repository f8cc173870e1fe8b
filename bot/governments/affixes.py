"""Prefixes and suffixes of a name: they decide whether it is a local government, an organ of one or another body."""

import re
from enum import StrEnum


class AffixKind(StrEnum):
    """The kind of organisation that a prefix or suffix makes of a local government's name."""

    UNION = "union"
    NATIONAL = "national_body"
    AFFILIATE = "affiliate"
    ORGAN = "section_or_organ"
    DECORATION = "decoration"
    OTHER = "extra_text"


# An association of people or firms, even if it calls itself some kind of 組合.
_MEMBERSHIP = r"協同組合|労働組合|職員組合|森林組合|共済組合|健康保険組合|商店街|農協|漁協|生協|土地改良区"
_UNION = (
    r"組合|企業団|広域(?:連合|行政|市町村|圏|消防|事務|水道|環境|衛生)"
    r"|滞納整理機構|滞納整理回収機構|地方税回収機構|租税債権管理機構|財産区|港務局"
)
_NATIONAL = (
    r"^国$|国の機関|政府|省庁|(?:総務|法務|外務|財務|文部科学|厚生労働|農林水産|経済産業|国土交通|環境|防衛|文科|厚労|経産|国交)省"
    r"|内閣|首相官邸|(?:デジタル|復興|こども家庭|宮内|金融|消費者|公安調査|警察|検察|国税|文化|スポーツ|林野|水産|資源エネルギー"
    r"|特許|中小企業|観光|気象|海上保安|防衛装備|出入国在留管理|警察)庁|(?<!東京)消防庁|国家公安委員会|公正取引委員会"
    r"|税務署|国税局|法務局|労働局|労働基準監督署|ハローワーク|公共職業安定所|年金事務所|年金機構|裁判所|地検|高検|検察"
    r"|税関|検疫所|入国管理|入管|自衛隊|地方協力本部|気象台|地方整備局|運輸局|運輸支局|経済産業局|農政局|森林管理"
    r"|財務局|財務事務所|厚生局|総合通信局|海上保安|刑務所|拘置所|少年院|国会|衆議院|参議院|会計検査院|人事院|日本銀行"
    r"|国道事務所|河川事務所|港湾事務所|(?<!地方)独立行政法人|国土地理院|国立(?:大学|病院|公園|研究|競技|美術|博物|国会|劇場|がん)"
)
_AFFILIATE = (
    r"\((?:[株有合資社財学福独医特]|[一公][社財])\)|公社|会社|代理店|郵便局|財団|社団|法人|事業団|振興会|協会|協議会|社協|社会福祉|商工会|会議所|ビューロー"
    r"|コンベンション|(?<![a-z])NPO(?![a-z])|連盟|連合会|連合|クラブ|自治会|町内会|町会|大学|機構|ファンド|第三セクター|第3セクター|三セク"
    r"|外郭団体|知事会|市長会|町村会|区長会|議長会|後援会|保存会|同窓会|実行委員会|シルバー人材|鉄道|バス株"
)
_ORGAN_ANYWHERE = (
    r"^警$|企業庁|教育委員会|教委|選挙管理|選管|農業委員会|監査委員|人事委員会|公平委員会|公安委員会|議会|議員|消防|警察|県警|府警|道警"
    r"|警視庁|水道|交通局|清掃|病院|医療センター|図書館|博物館|美術館|動物園|資料館|公民館|小学校|中学校|高校|高等学校"
    r"|学校|学園|保育|幼稚園|こども園|児童館|保健所|保健センター|福祉事務所|支所|出張所|総合支庁|支庁|振興局|地方振興"
    r"|庁舎|本庁|市長|町長|村長|区長|知事|市会|県会|税事務所|土木事務所|県民局|県民センター|会館|ホール"
)
_ORGAN_AT_END = r"(?:局|部|課|室|係|班|署|(?<!役)所|館|園|校|院|会|場|チーム|センター|グループ|本部|窓口|委員会)"
_DECORATION = (
    r"公式|オフィシャル|official|line|ライン|アカウント|account|防災|災害|緊急|避難|子育て|こども|子ども|観光|移住|定住"
    r"|ごみ|ゴミ|コロナ|ワクチン|ニュース|news|広報|情報|通知|配信|お知らせ|おしらせ|ポータル|アプリ|デジタル|スマート|スマホ"
    r"|dx|web|ウェブ|ネット|bot|ボット|チャット|相談|案内|pr|応援|魅力|くらし|暮らし|便り|だより|通信|メール|安全|安心"
    r"|シティー?|タウン|健康|福祉|人事|採用|ふるさと|マイナンバー|ようこそ|こちら|みんな|がんばれ|city|town|ver|版"
)
_RULES = (
    (AffixKind.AFFILIATE, re.compile(_MEMBERSHIP)),
    (AffixKind.UNION, re.compile(_UNION)),
    (AffixKind.NATIONAL, re.compile(_NATIONAL)),
    (AffixKind.AFFILIATE, re.compile(_AFFILIATE, re.IGNORECASE)),
    (AffixKind.ORGAN, re.compile(_ORGAN_ANYWHERE + rf"|{_ORGAN_AT_END}$|^[会長]$")),
    (AffixKind.DECORATION, re.compile(_DECORATION + r"|^[\W_]+$|[^\w\s]", re.IGNORECASE)),
)
_EDGES = re.compile(rf"^(?:[\W_]|{_DECORATION})+|(?:[\W_]|{_DECORATION})+$", re.IGNORECASE)
_OTHER_ORGANISATIONS = (AffixKind.UNION, AffixKind.NATIONAL, AffixKind.AFFILIATE)


def affix_kind(text: str) -> AffixKind | None:
    """Return the kind of the text beside a name. None if there is none."""
    if not text:
        return None
    for kind, pattern in _RULES:
        if pattern.search(text):
            return kind
    return AffixKind.OTHER


def is_other_organisation(kind: AffixKind | None) -> bool:
    """Return True if the affix names an organisation apart from the local government, such as a union or a company."""
    return kind in _OTHER_ORGANISATIONS


def without_decoration(text: str) -> str:
    """Return the text without ornaments at its two ends: 【公式】横浜 → 横浜."""
    return _EDGES.sub("", text)


# Organs and offices that are known under a name of their own, and whose they are.
ORGANS_WITH_OWN_NAMES = {
    "警視庁": "東京都",
    "東京消防庁": "東京都",
    "都庁": "東京都",
    "都議会": "東京都",
    "道庁": "北海道",
    "道議会": "北海道",
    "道警": "北海道",
}
