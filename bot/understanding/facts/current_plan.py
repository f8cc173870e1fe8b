"""Reads in one clause the plan of today."""

import re
from collections.abc import Mapping

_PLANS: Mapping[str, str] = {
    "light": r"らいと(?!あっぷ)|light|(?<![0-9万1])5[,.]?000円?(?!通)|(?<![0-9万])5千円?|(?<![万んん])(?:ごせん|五千)(?:えん|円)|5,?000通|真ん中|まんなか|月5千|(?<![0-9,])5000",
    "standard": r"すたんだー?ど|standard|1[,.]?5[,.]?000|15千|1万5|1万五千|一万五千|いちまんごせん|一番(?:上|高)|3万通|30,?000通|高いほう",
    "communication": r"一銭も|1円も|一円も|こみゅ|こみに|communication|(?<!有)無料|無償|ふりー|free|ただ(?:の(?!.*(?:市|町|村|県|区|役場|役所))|で(?!さえ)|です|だ|よ$|や$|ね$|じゃ|ばい|$)|(?:200|二百)通|(?<![0-9,])0円|0えん|ゼロ円|200通|一番(?:安|下)|いちばん(?:安|下)|最安|(?:お?金|料金|費用)(?:は|を|も|とか|の|が)?(?:一切|いっさい|特に|まったく)?(?:払|はら|か[かけ]|掛)[^、。]{0,4}?(?:ない|ません|へん|とら|てん|ねえ|おら|ず)",
}  # fmt: skip
_CHANGING = re.compile(
    r"への(?:変更|移行|切り?替え|乗り?換え)|(?:に|へ)(?:は)?(?:変え|替え|かえ|下げ|落と|切り?替え|変更|戻|おと)(?!て(?:あり|い|お|る|ます|し?た)|た(?!い)|まし|ました|し(?:まし|た(?!い))|済)[^、。]{0,12}$|(?:に|へ)(?:する|しよ|したい|なる)(?!と)|予定|つもり|かも|検討|たい(?:と|ん|です|って)?|てほし|なれば|だと|来年"
)


_UNTIL_LATELY = re.compile(
    r"^(?:従前|以前|もともと|元々|かつて)は"
    r"|(?:先月|去年|昨年|昨年度|前年度|先週|[0-9]+月|この前|こないだ)まで[^、。]*(?:だった|でした|やった|使って(?:い)?た)"
)


def current_plan(text: str) -> tuple[str, ...]:
    """Return the plan of today: several if a plan with costs is meant, and not which."""
    if re.search("管理画面|と(?:出て|表示|聞)|(?:別|他|ほか|よそ)の(?:あかうんと|課|係)", text):
        return ()
    if re.search(r"安い[^、。]{0,3}有料|有料[^、。]{0,8}(?:安い|下)", text):
        return ("light",)
    if _UNTIL_LATELY.search(text):
        return ()  # 先月までは有料だった: nothing of today
    rest = re.sub(r"(?:さっき|先ほど)", "", text)
    excluded, found = set(), []
    for plan, words in _PLANS.items():
        for match in re.finditer(words, rest):
            after = rest[match.end() :]
            if re.match(
                r"(?:ぷらん|の?やつ|契約|の?方|もの|の|会員)*(?:では|じゃ|で|と(?:か)?じゃ)(?:は)?(?:ない|なく|ねえ|のうて|ありません|なさ)",
                after,
            ):
                excluded.add(plan)
            elif re.match(r"(?:ぷらん|の方|のほう)?から(?!です|$)|→", after):
                continue
            elif re.match(r"(?:ぷらん)?(?:以外|未満|は(?:使|契約).{0,4}ない)", after):
                excluded.add(plan)
            elif re.match(r"の?(?:自治体|地方公共団体|範囲に|になる|ってのに|通|期間)", after):
                continue
            else:
                found.append((match.start(), plan))
    if found and _CHANGING.search(rest) and not re.search("直し|訂正|修正", rest):
        return ()
    names = {plan for _, plan in found}
    if len(names) > 1:
        return tuple(names)
    if names:
        return tuple(names - excluded) or _paid()
    if excluded:
        return tuple(plan for plan in _PLANS if plan not in excluded)
    paying = re.search(
        r"有料|(?:お?金|料金|費用|月額)(?:は|を|も)?(?:払って|払っとる|はらって|はらっとる|はろ(?:て|と)|かかって|取られて|払う)|(?:毎月|月々)(?:払|はら)",
        rest,
    )
    return _paid() if paying else ()


def _paid() -> tuple[str, ...]:
    return ("light", "standard")
