"""The day of the application in a clause, and words about it that name no day."""

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.parsing.dates import read_date
from bot.text.normalize import fold

_N = r"(?:[0-3]?\d|[一二三四五六七八九十]{1,3})"
_WEEKDAY = r"(?:[(（]?[月火水木金土日](?:曜日?|よう(?:び)?)?[)）])?"
_KANA_WEEKDAYS = {"げつ": "月", "か": "火", "すい": "水", "もく": "木", "きん": "金", "ど": "土", "にち": "日"}
_DAY = re.compile(
    rf"(?:20\d\d[年/.\-]|(?:令和|れいわ|r)(?:元|{_N})[年/.\-]|(?:今年|来年|本年)の?)?{_N}(?:月の?|[/.\-]){_N}日?(?!\d|円|通|[/.\-]\d|か月|ヶ月){_WEEKDAY}"
    rf"|20\d\d(?:0\d|1[0-2])[0-3]\d|(?:今月|来月|再来月|翌月|当月|年明け|1月)の?{_N}日?{_WEEKDAY}(?!\d)|(?<![\d月/.年]){_N}日(?!間|後|以内|前|連|に1){_WEEKDAY}"
    rf"|(?:今週|来週|再来週|さ来週|翌週|今度|次)の?[月火水木金土日](?:曜日?|よう(?:び)?)?(?!末|の?(?:頭|初|半|課))|[月火水木金土日]曜日?"
    r"|今日|(?<!しゃ)きょう|本日|当日|明日|あした|あす(?!か)|明後日|あさって|しあさって|明々後日|翌営業日|(?:\d{1,2}|[一二三四五六七八九十])(?:日|週間|営業日)後|月末日|月の最終日|(?:今月|来月)の?(?:末日|最終日|初日)"
)
_EDGE = re.compile(rf"(?:今月|来月|再来月|{_N}月)の?(?:末|まつ)(?!日)|月末(?!日)")
_VAGUE = re.compile(
    rf"(?:今月|来月|再来月|翌月|{_N}月|月)の?(?:頭|初め|始め|はじめ|初旬|上旬|中旬|下旬|半ば|中|前半|後半|あたま|アタマ|あたり|ごろ|頃)|上旬|中旬|下旬|年内|年度(?:内|末|明け|初め)?|年明け|来年|春|夏|秋|冬|そのうち|近々|近いうち|なるはや|早め|できるだけ早く|すぐ|来週(?:中|頭|あたり|くらい|末|明け)?|今週(?:中|末)?|再来週|来月|再来月|週末|週明け|連休明け|正月|数日"
)
_ABOUT_APPLYING = re.compile(
    r"早めて|(?:明日|明後日|今日|曜|末日)に(?:し(?:て|と|ろ|たい|ます|ました)|する|変|改)|延ばして|ずらして|\d日?に(?:し(?:て|と|ろ|たい|ます|ました)|する|変|改)|申し?込|(?:申請|提出|送信|適用)(?!し[たて]|済|中|が通)|出(?:す|し(?:ます|たい|ちゃ|とき|たく)|そう|せ|します)|やりま|やっちゃい|やる|日(?:にち|程)|(?<!\d)日付|送(?:り|信)|希望|予定|にします|お願い|考えて|目指|つもり|想定"
)
_ELSE = re.compile(
    r"(?:認証|審査|ばっじ|結果|開設|取得|登録|作(?:っ|り)|つくっ|更新|届|おり(?:た|まし)|取れ|通知|反映|見込|連絡|返事|聞[きくい]|確認|調べ|分か|わか|出勤|戻[りる]|帰|議会|決裁(?!が下り)|会議|打ち?合わせ(?!て|し)|研修|締め?切|異動|運用(?:開始)?|解約|休|着任|説明会|ひら|発行|公開|切替|変え|請求|支払|施行|選挙|祭|まつり|定年|退職|いべんと|生まれ|採用|答え|電話)"
)
_PAST = re.compile(
    r"(?:し|っ|い|き|け|れ|え|せ|べ|め|し|まし|でし|だっ|んだ)た(?!い|ら|く|し|ほう|方|だ)|に(?:申請|開設|取得)(?:済|し)|から(?:使|運用|続)|先月|先週|昨日|去年|昨年|以来|\d日付|付けで(?:取|認|開)"
)
_MOVED = r"変更|延ば|延期|ずら|(?:日|て|に)(?:に)?(?:変え|改め|直し)|早め|前倒"
_RANGE = re.compile(
    r"(?:から|~|〜|ー|-)(?=[^、。]{0,3}\d).{0,12}(?:まで|日)|以降|以前|までの間|のどこか|(?:か|または|もしくは)[^、。]{0,4}\d+日|過ぎ|すぎ|前後|(?:か|or)(?=[^、。]{0,6}(?:日|曜|/\d))"
)

_ABOUT_THEN = re.compile(r"日(?:の)?(?:あたり|辺り|ごろ|頃|くらい|ぐらい)")
_ALONE = re.compile(
    rf"(?:申し?込み?[:=]?)?(?:{_DAY.pattern}|あさって|あした)(?:送信|提出|申込)?(?:に|で|です|予定|希望|[、。,.!w])*"
)


@dataclass(frozen=True)
class FoundDay:
    """The day, or None with `vague`: a time that is no day; `likely` is the day it may mean."""

    day: date | None = None
    vague: bool = False
    likely: date | None = None


_FROM_ANOTHER_DAY = re.compile(
    r"その(?:翌日|次の日|[一二三四五六七1-7](?:日|週間)後|あと|後)|^(?:その)?翌(?:週|々日|日)の?[月火水木金土日]?"
)
_OF_AN_EVENT = re.compile(
    r"(?:式|会議|議会|祭|まつり|行事|研修|訓練|大会|説明会|イベント|締切|期限|出張|健診|選挙)[^、。]{0,6}(?:が|は)[^、。]{0,10}日に?(?:あ|開|予定|行|ござい)"
    r"|日(?:に|は|が)[^、。]{0,14}(?:式|会議|議会|祭|まつり|行事|研修|訓練|大会|説明会|イベント|出張|健診|選挙)(?:が|の)?(?:あ|入|予定|開)"
)


def find_day(raw: str, today: date, *, bare: bool) -> FoundDay | None:
    """Return the day on which the clause says the application is planned; `bare`: the date was asked."""
    plain = re.sub(
        r"(げつ|か|すい|もく|きん|ど|にち)よう(?:び)?",
        lambda m: _KANA_WEEKDAYS[m[1]] + "曜",
        fold(raw, pictures=False, spaces=False),
    )
    plain = (
        re.sub(r"(?<=\d)にち", "日", plain)
        .replace("やのあさって", "")  # the third day or the fourth, by region
        .replace("あした", "明日")
        .replace("しあさって", "明々後日")
        .replace("あさって", "明後日")
    )
    plain = re.sub(r"(?<=\d)月(?=(\d{1,2})(?![\d日月円]))(\d{1,2})", r"月\2日", plain)
    plain = re.sub(
        r"[^、。]*?日(?:は|が|で|じゃ)?(?:[^、。]{0,8}?(?:不在|出張|(?<!て)いな[いく])|無理|むり|だめ|駄目|きつ|厳し|間に合わ)[^、。]*",
        "",
        plain,
    )
    plain = re.sub(r"日(?:付|にち)(?:は|を|:)?(\d{1,2})(?!\d|[月日/.])", r"申込\1日", plain)
    plain = re.sub(r"(?<![\d/月.])(\d{1,2})に(?=し(?:て|と|たい|ます)|する|変|改|直)", r"\1日に", plain)
    plain = plain.replace("クリスマスイブ", "12月24日").replace("クリスマス", "12月25日")
    if plain.count("→"):
        plain = plain.rsplit("→", 1)[1]
    plain = re.sub(
        r"[^、。]*?(?:(?:じゃ|や)(?:なく|ない|のう)て?|ではなく(?:て)?|でなく(?:て)?|はやめ[でて])", "", plain
    )
    about = bool(_ABOUT_APPLYING.search(plain))
    if not bare and not about:
        return None
    if _ELSE.search(plain) and not re.search(rf"申し?込|提出|日(?:にち|付)|{_MOVED}", plain):
        return None
    if _PAST.search(plain) and not re.search(
        rf"{_MOVED}|間違|まちが|でした$|だった|なりました|決まりました|決まった", plain
    ):
        return None
    if re.search(r"第[1-5一二三四五]", plain):
        return FoundDay(vague=True)  # 第2月曜: of which month is not always said
    if _FROM_ANOTHER_DAY.search(plain):
        return FoundDay(vague=True)
    if _OF_AN_EVENT.search(plain):
        return None
    days = [
        day for day in _days(plain, today) if bare or (day - today).days < 330
    ]  # 11/25 in December was last month's
    if _RANGE.search(plain) and days:
        return FoundDay(vague=True)
    if days and _ABOUT_THEN.search(plain):
        return FoundDay(vague=True, likely=days[-1])
    if days:
        return (
            FoundDay(day=days[-1])
            if len(set(days)) == 1 or re.search("ずらし|延ば|変更|変え|に(?:します|して)", plain)
            else FoundDay(vague=True)
        )
    if bare or re.search(r"申し?込|出す|出し", plain):
        edge = _EDGE.search(plain)
        if edge:
            found = read_date(re.sub("まつ", "末", edge[0]), today=today)
            return FoundDay(vague=True, likely=found.day if not found.problem else None)
        if _VAGUE.search(plain):
            return FoundDay(vague=True)
    return None


def is_day_alone(raw: str) -> bool:
    """Return True if a clause is nothing but a day, as in a list of answers: 無料、lg.jp、12月9日."""
    return bool(_ALONE.fullmatch(fold(raw, pictures=False, spaces=False)))


def is_weekday_alone(raw: str) -> bool:
    """Return True if a clause names a day by its weekday only."""
    plain = fold(raw, pictures=False, spaces=False)
    return bool(re.search("[月火水木金土日]曜", plain)) and not re.search(
        r"\d|[一二三四五六七八九十]日|[今来]週|明日", plain
    )


def _days(plain: str, today: date) -> list[date]:
    found = []
    spelt = re.sub(r"年明け(?:て|の)?(?=\d)", "1月", plain)
    spelt = re.sub(r"(年明け|年が明け(?:まして|て))(?:の)?(?=\d)", "", spelt)
    spelt = re.sub(r"^1月(?=\d{1,2}月)", "", spelt).replace("1月1月", "1月")
    spelt = re.sub(r"1月(?=\d{1,2}/)", "", spelt)
    for match in _DAY.finditer(spelt):
        typed = re.sub(r"^(?:次|今度)の?", "", match[0])
        if typed in {"月", "日"}:
            continue
        read = read_date(typed, today=today)
        if read.day is not None and read.problem is None:
            found.append(read.day)
    if len(found) > 1 and re.search(r"\d[^、。]{0,4}(?:の)?[(（]?[月火水木金土日]曜", spelt):
        explicit = [day for day, match in zip(found, _DAY.finditer(spelt), strict=False) if re.search(r"\d", match[0])]
        found = explicit or found
    return found
