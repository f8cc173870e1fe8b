"""Reads in one clause who applies."""

import re

from bot.understanding.facts.topics import topic_of
from bot.understanding.facts.wording import NEG

_FIRM = (
    r"(?:弊社|業者|代理(?:店|人)?|委託(?:先|会社|業者|してる会社|している会社|事業者)|受託(?:者|会社|業者)|制作会社|広告(?:会社|屋)|べんだー|こんさる(?:会社)?|事業者|外注(?:先)?|(?:しすてむ|it|開発|構築|運営|支援)会社|会社(?:の(?:人|者|方))?"
    r"|(?:せんたー|株式会社|[(]株[)]|社)さん|民間|外部の?(?:人|会社)|代行|(?:任せ|まかせ|頼ん|委託し)(?:て|で)(?:い)?(?:る)?(?:とこ(?:ろ)?|会社|先|相手))"
)
_OF_A_FIRM = re.compile(
    r"[^、。]{0,12}(?:お願いし|頼ん|任せ|委託し)て(?:い|お)?る(?=業者|会社|代理|事業者|制作)"
)  # 保守をお願いしている業者
_ENTRUSTED = re.compile(
    r"(?:運用|構築|保守|制作)?(?:を|は)?(?:任せ|まかせ|頼ん|委託し)(?:て|で)(?:い)?(?:る)?(?:とこ(?:ろ)?|会社|先|相手)"
)
_HANDED_OVER = re.compile(
    rf"(?:うちは|全部|ぜんぶ|それは)*{_FIRM}(?:さん)?に(?:全部|ぜんぶ|一括で?)?(?:もう)?(?:頼ん|お?願いし|お?任せし?|まかせ|委託し)(?:で|て)(?:い|お)?(?:る|ます|ります)(?:ん?です|よ|ね|わ)*"
)
_BODY_OUTSIDE = r"(?:外郭|しゃきょう|財団|公社|協会(?!けんぽ)|社協|社会福祉協議会|第三せく|三せく|指定管理|商工会|協議会|社団|法人|びゅーろー|dmo|シルバー|文化事業団|事業団)"
_STAFF = (
    r"(?:職員|公務員|会計年度任用|部下|後輩|新人|係長|(?<!前の)課長(?!の?決裁|の?承認|の?判断|の頃|に)|主査|主事|主任|部長|次長|補佐|室長|局長|担当(?:者|職員|係|の(?:者|私))?(?:が|です|本人)?|(?:^|は|、|=|:|の|,)(?:私(?!ども)|わたし|わし|おら|うち(?!に)|自分|僕|ぼく|俺|おれ|わい|我々|あたし)|私(?:ども|たち|ら)?(?!.{0,3}(?:不?慣れ|忙し|わか))|わたし(?:ら|ども|たち)?|自分|じぶん|小職|本人|当方|僕|ぼく"
    r"|[一-龥]{1,6}(?:課|係|室|広報)(?:です|の(?:者|もの|人|私|担当)|で|が|$|で申)|(?:役場|役所|市役所|町役場|村役場|県庁|庁|市|町|村|県|区)の(?:者|もの|もん|人間|人)|(?:課|係|室)のもん|庁内|先輩|うちの(?:課|係|職員)|町長名|市長名|職務で)"
)
_APPLY = r"(?:申し?込|申請(?!者数)|出し|出す|提出|手続|やる|やり|やって|やっ|行う|する|します|いたし|頼|お願い|任せ|まかせ|委託|代行|代わり|かわり|から|名義|送信|入力|に)"
_NO_PART = re.compile(
    r"(?:通し|使い|頼み|入れ)ませ|(?:介|通)(?:す|する)ことなく|(?:介|通)さず(?:に)?|(?:関与|経由|通さ|かんで|噛んで|介さ|使わ|頼ま|関係)(?:は)?(?:せず|(?:して|し)?(?:ない|おり?ませ|いませ|ませ|ず|せん|ん))"
)
_OTHER_WORK = re.compile(
    r"(?:運用|構築|作成|制作|設定|開発|作る|作った|作って|作っ|保守|運営|サポート|さぽーと|配信|でざいん|初期)"
)
_NOT_SO = r"(?:(?:は|を)(?:やめて|止めて)|ちゃうわ|(?:さん|の人|の方)?(?:では|じゃ|で|には|とかじゃ|や)(?:は)?(?:なく(?:て)?|ない|ねえ|のうて|ありません)|なく(?:て)?)"


_OUTSIDE_IN_BRACKETS = re.compile(rf"(?:事業団|公社|財団|協会)[(（][^)）]*{_BODY_OUTSIDE}[^)）]*[)）]の?職員")


def applicant(text: str, *, bare: bool) -> tuple[str, ...]:
    """Return who applies: several values if only one was excluded."""
    if re.search(
        r"営業(?:が|に|の)?(?:き|来|電話|を?受)|売り込み|提案(?:を|が)|(?:代理|代行)[^、。]{0,6}(?:不可|でき(?:ない|ません)|だめ|駄目)",
        text,
    ):
        return ()
    if _HANDED_OVER.fullmatch(text):
        return ("agency",)
    if re.search(r"か.{1,8}か(?:$|、|は|が)", text):
        return ()  # 職員か委託先か
    if _OUTSIDE_IN_BRACKETS.search(text):
        return ("affiliate",)
    if re.search(r"先方|出向|(?:うち|わし|私|当方|わたし)(?:は|ら).*(?:市|町|村|県|区|府|都)(?:です|だ|や|じゃ)", text):
        return ()
    if (
        re.search(rf"{_FIRM}[^、。]{{0,12}}(?:任せ|委託|依頼|頼[んみ]|たの[んみ])", text)
        and re.search("申し?込|申請|手続", text)
        and not re.search(NEG, text)
    ):
        return ("agency",)
    on_topic = (
        bare
        or topic_of(text) == "applicant"
        or bool(re.search(r"申し?込|申請者|申請代行|申請(?:は|を)(?!し)|手続|(?:出す|送る)(?:の|もの)は", text))
    )
    excluded = set()
    rest = text.rsplit("→", 1)[-1]
    for value, words in (("agency", _FIRM), ("affiliate", _BODY_OUTSIDE), ("staff", _STAFF)):
        cut = re.sub(rf"[^、。]{{0,8}}{words}[^、。]{{0,4}}?{_NOT_SO}", "", rest)
        if cut != rest:
            excluded.add(value)
            rest = cut
    if _NO_PART.search(rest) and re.search(_FIRM, rest):
        excluded.add("agency")
        rest = _NO_PART.split(rest)[-1]
    works_else = bool(_OTHER_WORK.search(_ENTRUSTED.sub("", _OF_A_FIRM.sub("", rest)))) and not re.search(
        r"申し?込|申請|出し|出す|手続|籍", rest
    )
    if (
        re.search(_BODY_OUTSIDE, rest)
        and (bare or re.search(r"申し?込|申請|職員|です|の(?:人|者)", rest))
        and not works_else
    ):
        return ("affiliate",)
    staff_after = re.search(rf"(?:申し?込|申請|手続)[^、。]{{0,6}}(?:は|が)[^、。]{{0,4}}{_STAFF}", rest)
    if re.search(_FIRM, rest) and not works_else and not staff_after:
        me = re.search(
            rf"{_FIRM}(?:の(?:者|もの|職員|社員)|です$|でござい|から(?:の)?(?:ご)?連絡)", rest
        ) or _ENTRUSTED.match(rest)
        if me or (on_topic and (bare or re.search(_APPLY, rest))):
            return ("agency",)
        return ()
    if re.search(_STAFF, rest) and not (re.search(_FIRM, rest) and works_else):
        if bare and not re.search(rf"{NEG}.{{0,4}}$|元職員|退職|代わり|でした$|課の?名", rest):
            return ("staff",)
        if re.search(r"職員(?!に|名|数|向|研|も|間|用)", rest) and re.search(
            r"職員(?:です|だ|の|で|が|が?申|申|=|$|なん|本人|で確定|名義|や|っす|じゃ)|=職員|は職員", rest
        ):
            return ("staff",)
        if (
            re.search(r"(?:申し?込|申請|手続|出し|出す)", rest)
            and re.search(
                rf"{_STAFF}.{{0,8}}{_APPLY}|(?:申し?込|申請|手続|出す)[^、。]{{0,8}}(?:は|=|の|が|者)[^、。]{{0,6}}{_STAFF}",
                rest,
            )
            and not re.search(r"^(?:私|わたし|自分)(?:は|の)", rest)
        ):
            return ("staff",)
    if excluded and on_topic:
        return tuple(value for value in ("staff", "agency", "affiliate") if value not in excluded)
    return ()
