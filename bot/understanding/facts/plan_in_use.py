"""Reads in one clause which account has the plan for local governments."""

import re

from bot.understanding.facts.topics import topic_of
from bot.understanding.facts.wording import NEG

_TWICE = re.compile(
    r"(?:ない|なく|ません|なし)(?:という)?(?:わけ|こと[はもが]|とは|とも)?(?:で|じゃ)?(?:は|も)?(?:ない|ありません|な[くい])"
)
_USE = r"(?:(?:付|つ)[けい]て(?!な)|使|つか|つこ|つこう|適用|入(?:っ|れ|と)|利用|導入|加入|契約)"
_NOBODY_USES = re.compile(
    rf"{_USE}[^、。]{{0,14}}?(?<!で)(?<!じゃ)(?:は|も|が)(?:特に|とくに|全く|まったく|一切)?(?:ござい|あ)?{NEG}(?:[^いかな]|$)"
)  # 他の課で使ってるやつはない, 他での適用はございません
_INTRODUCES = re.compile(
    r"[都道府県市区町村](?:役場|役所|庁)?の?[一-龥]{1,8}(?:課|係|室|部)(?:長)?(?:です|でござ|の者|のもの|と申)|^お世話|^所属"
)
_USED_ONCE = re.compile(
    r"(?:以?前|昔|かつて|年度?まで|月まで)(?:に|は|、)?[^、。]{0,8}(?:使って|つかって|適用されて|入って|加入して|利用して|使用して)(?:い|おりまし)?た"
)
_PLAN_NONE = re.compile(
    rf"解約|(?:適用|利用|使用)[^、。]{{0,20}}(?:一件|1件|一つ|ひとつ|1つ|いずれ|どれ|どこ)[^、。]{{0,14}}?{NEG}|(?:適用)[^、。]{{0,20}}受けて(?:い|お)?(?:は)?{NEG}|(?:適用|利用|使用)(?:は|も|が)ござい{NEG}|(?:適用|使うの|利用)[はを]?(?:や|止)め(?:た|て|まし)|(?:適用|利用|使用)(?:歴|実績|状況)?[:=]?(?:無|なし|0$|ゼロ)|申し?込ん(?:で|じょ|ど)(?:い|お)?{NEG}|申し?込んじょらん|未(?:適用|使用|利用|導入|加入|契約|$|[。、です])|(?:適用|使用|利用|導入|実績)(?:実績)?(?:は|も|が)?{NEG}|適用:?無|適用は誤(?:認|り)|(?:使|つか|つこ)(?:っ|い|う|わ)?(?:て|と|ち|たこと)?(?:い|お|は|も|が)?(?:る(?:ところ|課|とこ)(?:は|も)?)?{NEG}|使うとら|使とら|つかわ{NEG}|(?:適用|利用|使用|導入|加入|契約)(?:を|は|も)?(?:し|され|受け)(?:て|と|た)(?:い|お|こと)?(?:は|も|が)?{NEG}|入って(?:い|お)?{NEG}|入っとら|入ってねえ"
    rf"|初めて|はじめて|初です|初(?:で|だ)|初めて|初回|初利用|今回が初|(?:他|ほか|どこ|よそ)(?:で|に|の(?:課|部署|あかうんと))?(?:は|も|でも|にも)?(?:使って|適用|入って)?(?:い|お)?{NEG}|ぷらんなし|まだ(?:です|だ|なん|や|どこも|どれも|一度も)|一度も|これから|どれも普通|普通のぷらん|適用(?:前|ゼロ|0|はゼロ)|(?:ひとつ|一つ|1つ)も"
)
_THIS = re.compile(
    r"(?:この|今の|いまの|本|同じ|その|こちらの|うちの|当|市の|町の|村の|県の|区の|今回の)(?:公式)?(?:あかうんと|らいん|line|本体|やつ)|本あかうんと|本体(?:で|に|の)|これで(?:使|つか)|ここで(?:使|つか)|自分とこ"
)
_OTHER = re.compile(
    r"(?:別|べつ|他|ほか|違う|もう(?:一つ|1つ|ひとつ)|旧|以前の|前の|古い|防災|観光|子育て|教育|広報|消防|図書館|水道|保健|健康|福祉|環境|ごみ|議会|移住|税|交通)[^。]{0,10}(?:あかうんと|らいん|line|課|係|室|やつ|もの|ほう|方|部|垢|もん|やつ|局|の)|(?:よそ|別|他|ほか|隣|区民|住民|市民|[一-龥]{1,5})の?(?:課|係|部|室|局|部署|担当)(?:の|ん|で|が|さん|と)|別(?:で|に|個)|ほかで|他で"
)


def plan_in_use(text: str, *, bare: bool) -> tuple[str, ...]:
    """Return the values a clause gives; several if it leaves open which account has the plan."""
    if not (bare or topic_of(text) == "plan_in_use"):
        return ()
    if _USED_ONCE.search(text):
        return ()  # what is now stands in the next clause
    if _TWICE.search(text):
        return ("this_account", "other_account")
    if _PLAN_NONE.search(text) or (
        bare
        and re.search(
            rf"^(?:いや|いえ|いいえ|まだ|特に|とくに|ううん)*(?:{NEG}|未|無$|まだ|いいえ|いえ|いや|ちが|違)", text
        )
    ):
        return ("none",)
    if _NOBODY_USES.search(text):
        return ("none",)
    if re.search(rf"{_USE}|適用済|^(?:はい|うん|ええ|もう)", text) and (bare or re.search(_USE, text)):
        if re.search(
            r"(?:使|つか)(?:う|い)(?:予定|たい|つもり|お)|使おう|使えば|適用(?:して|され)?(?:もら(?!って|い?まし|っと)|いただ(?!い)|ほし|たい)",
            text,
        ):
            return ("none",) if bare else ()
        if _THIS.search(text):
            return ("this_account",)
        return ("other_account",) if _OTHER.search(text) else ("this_account", "other_account")
    if _INTRODUCES.search(text):
        return ()
    if bare and _OTHER.search(text) and not re.search("ない|知ら|わか", text):
        return ("other_account",)
    if bare and _THIS.search(text) and not re.search("ない|知ら|わか", text):
        return ("this_account",)
    return ()
