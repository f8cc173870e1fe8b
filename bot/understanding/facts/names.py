"""The account name in a message: quoted, before って名前, behind 名前は, or the whole answer."""

import re

from bot.text.measure import clean

_CUE = r"(?:(?:アカウント|あかうんと|ｱｶｳﾝﾄ|登録|表示|正式|LINE|ライン|ライン上)の?(?:名称?|名前|なまえ)|名称|名前|なまえ|登録名|表示名|アカウント名)(?:改|も|は|が|で言うと)?(?:ですが|ですけど|ひらがなで|画面にですね|正しくは)?"
_QUOTED = re.compile(r"[「『“\"](.+?)[」』”\"]")
_BEFORE = re.compile(
    r"([^\s、。,「」]{1,40}?(?:\s[^\s、。,「」]{1,20})?)[、,]?\s?(?:って|という|(?<!っ)て(?=いう|名前)|と(?=いう))(?:いう)?(?:のが)?(?:名前|名称|なまえ|アカウント|名|ひらがなで出|入って|出て|表示|書いて|なって|登録|やつ(?:です)?$|つけて|なってます)"
)
_WITH = re.compile(
    r"([^\s、。,「」]{2,40}?)(?:で|と)(?:登録|表示(?:され|して)|出(?:て|とり|ております)|やって(?:い|ま)|開設|作って|運用)"
)
_BEHIND = re.compile(
    rf"{_CUE}(?:[\s:：=は、]+|(?![のをにへとでもが]))[「『]?([^「」『』、。,\n]+?)[」』]?(?:$|[、。,\n]|で(?:登録|運用|開設)|と申し|でございま|です|だった|でした|であり|になって|だよ|っす)"
)
_TAIL = re.compile(
    r"(?:(?:の)?(?:ほう|方)?(?:でございます|になってます|になります|となります|になっています|にしてます|にしています|にしました|なんですけど|ですけど|ですが|でした|だった|です|っす|だよ|じゃ|や|だ(?!より)|で|と(?:いう|なっております)?)|だけ|←.*|[。、,.!！〜/／]|\s)+$"
)
_HEAD = re.compile(
    r"^(?:じゃあ|では、|あ、|えーと?|えっと|はい|うん|一応|(?:うち|ウチ)のは|たしか|たぶん|多分|すみません|すまん|ごめんなさい|訂正|正しくは|画面には|画面に|今は|いまは|(?:うち|当方|当課|こちら|私ども|本市|本町|本村|当市|当町|当村)?の?(?:公式)?(?:アカウント|LINE|ライン)(?:の?(?:名前|名称))?は|そのまま|普通に|ふつうに|で、|と、|[、,\s:：=])+"
)
_NO_NAME = re.compile(
    r"(?:(?:でして|まして|おり)$|^(?:って|て|と)?(?:名前|名称|全部|すべて|全角|半角|ひらがな|カタカナ|漢字|英字|[大小]文字|縦棒|括弧|かっこ|そのあと)|(?:名前|名称)は|絵文字|めんど|面倒|です(?:名前|名称)|^後|^りょ(?:です|うかい|$)|だめ|駄目|とおら|通ら|職員|委託|小職|つもり|予定|申込|申し?込|公社の|かな$|気が|^後$|^あと$|のとこ$|^公式$|^公式アカウント$|(?:った|した|んだ)$|中止|県名|括弧|カッコ|まだ|ます|ました|ません|ください|下さい|ている|てる|ない|かな|けど|ので|から|たい|だろ|でしょ|っけ|ですか|んです|だっけ|ちょっと|待っ|見て|きて|きます|後で|あとで|お願い|ありが|すみま|わか|分か|知ら|忘れ|確認|そのまま|そのまんま|同じ|職員|業者|じゃなく|まだ|認証|プラン|無料|やめ|戻|おはよう|こんにち|なるほど|了解|はい$|うん$|変え|[?？])"
)
# The name behind アカウントは and 名前、…に直して, and before が正しい.
_IS = re.compile(
    r"(?:公式)?(?:アカウント|LINE|ライン)は(?P<is>(?![^、。]*(?:という|って))[^「」、。\sをに]*[都道府県市区町村][^「」、。\sをに]{0,12}?)(?:です|であり|でござい|になります|$)"
    r"|(?:名前|名称|アカウント名)(?:は|を|の(?:ほう|方)は|、)\s*(?P<new>[^「」、。\s]{2,30}?)に(?:直|訂正|修正|変え|変更|改め)"
    r"|(?:名前|名称|アカウント名)は(?P<as>[^「」、。\s]{2,30}?)(?:と|で)(?:登録|表示|なって|出て)"
    r"|(?:^|[!！。、])(?P<right>[^「」、。!！\s]{2,30}?)が(?:正しい|正解|ほんと|本当)"
)
# The name before と登録しています and the like, with its spaces, if nothing else stands before it.
_ENTIRE = re.compile(
    r"(?:^|[、,。])[\s　]*(?:(?:今|いま)?(?:見|確認し)たら|画面(?:には|では|に)|登録は|表示は)?[\s　、]*"
    r"([^「」『』。、,\n]{2,40}?)[\s　、]*(?:[(（][^)）]*(?:空白|スペース|半角|全角|英字|ひらがな|漢字|大文字|間に)[^)）]*[)）])?[\s　]*"
    r"(?:って|という|と|に|で)(?:いう|いい|言)?(?:(?:名前|名称)(?:で|に|です|$)|(?:全部|すべて|ぜんぶ)?(?:表示|登録|出て|出で|出と|なって|ひらがな|漢字|大文字)|開設し|審査|(?<=って)(?:いい|言)|(?<=と)(?:いい|言い|申し)ま)"
)
_VAGUE = re.compile(
    r"^(?:画面|表示|(?:町|市|村|県|区)の?(?:名前|名称)|自治体名|団体名|市名|町名|村名|課名|名前|名称|アカウント名?|これ|それ|上記|その|なし|ある|あります|有|無|済|特に|未定|不明|いいえ|ok)$"
)


def find_account_name(raw: str, *, asked: bool, single: bool) -> str | None:
    """Return the name; `asked`: it is the pending question; `single`: the message has no other clause."""
    text = clean(raw).strip()
    cued = re.search(_CUE, text)
    context = bool(
        asked or cued or re.search(r"(?:という|って)(?:名前|名称)|(?:アカウント|LINE|ライン)[^「」]{0,8}「", text)
    )
    arrow = text.rsplit("→", 1)[1] if "→" in text and cued else None
    quoted = _QUOTED.findall(text if arrow is None else arrow)
    if quoted and context:
        if re.search(r"^[^「」]*(?:じゃなく|ではなく)", text) and len(quoted) > 1:
            return _checked(quoted[-1])
        behind = text.rsplit(quoted[-1], 1)[1]
        if re.match(
            r"[」』]?(?:が|も|は)?(?:別|他|ほか)に(?:ある|あり|も)|[」』]?(?:に|へ)(?:変え|改め|変更し|し)(?:たい|よう|る予定)|.{0,3}(?:みたい|のよう|とか|など|では?な|じゃな)|(?:って|と)?(?:つけ|付け|入れ|なら|だと|でも|に(?:し[たてよ]|変))",
            behind,
        ):
            return None
        return _checked(quoted[-1] if len(quoted) > 1 and re.search("じゃなく|ではなく|→", text) else quoted[0])
    if arrow:
        return _checked(_bare(arrow))
    for pattern in (_BEFORE, _BEHIND) if cued or asked else (_BEFORE,):
        match = pattern.search(text)
        if match and pattern is _BEFORE and not (cued or asked or re.search(r"(?:名前|名称|なまえ)", match[0])):
            continue
        if match:
            name = _checked(_bare(re.sub(rf"^.*?{_CUE}[はが:：、\s]*", "", match[1]) or match[1]))
            if name:
                return name
    if asked:
        match = _WITH.search(text)
        if match:
            return _checked(_bare(match[1]))
        return _whole(text, single=single)
    return None


def find_stated_name(raw: str) -> str | None:
    """Return the name of アカウントは…です or 名前、…に直して in any message."""
    match = _IS.search(clean(raw).strip())
    return _checked(match[str(match.lastgroup)]) if match else None


def find_entire_name(raw: str) -> str | None:
    """Return the name that an answer to the question for it gives before と登録しています, with its spaces."""
    match = _ENTIRE.search(clean(raw).strip())
    if match is None or re.search(_CUE, match[1]) or re.search("けど|けれど|ですが", match.string[match.end() :]):
        return None
    return _checked(_HEAD.sub("", match[1]).strip())


def _whole(text: str, *, single: bool) -> str | None:
    """The whole answer, if it can be a name rather than a sentence."""
    name = _bare(re.sub(r"[(（](?:カッコ|括弧|間に|星|スペース|[^)）]*(?:入っ|入り|込|あり|です)).*?[)）]", "", text))
    if not single and len(name) > 24:
        return None
    return _checked(name)


def _bare(text: str) -> str:
    return _TAIL.sub("", _HEAD.sub("", text)).strip().strip("「」『』")


def _checked(name: str | None) -> str | None:
    name = (name or "").strip()
    if not name or len(name) > 60 or _VAGUE.search(name.lower()) or _NO_NAME.search(name):
        return None
    return name if re.search(r"\w", name) else None
