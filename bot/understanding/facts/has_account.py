"""Reads in one clause whether there is an account."""

import re

from bot.understanding.facts.topics import ACCOUNT, topic_of
from bot.understanding.facts.wording import NEG, OUTSIDERS, first, table

_HAVE = r"(?:あり(?!え)|ある(?!か(?:どうか|わ))|あr|有(?!料)|もっ?(?:て|ち|と)|持[っちと]|保有|所有|作っ(?:て(?!から|[^いあまおるしきもか]*(?:申し?込|出[すし]))|た(?!ら)|ち|と)|作りまし|作らせ|作成し|作成済|つくっ(?:て(?!から)|た(?!ら)|ち)|つくりまし|開設(?:し|済|は|を(?:し|終)|さ)|取得(?:し|済)|運用(?:し|中|開始)|使っ(?:て|と|ち)|使い(?:ゆ|よ)|使用中|つこう?(?:て|と)|動い|立ち上げた|立ち上げて|既存|(?<!で)ござい(?!ません)|稼働|放置|(?<!で)あっ(?:て|た)|やって(?:い|る|ま)|やっとる)"
_ACCOUNT_VALUES = table(
    true__=rf"{NEG}(?:という)?(?:わけ|こと(?:は|も)|とは)(?:で|じゃ)?(?:は|も)?{NEG}|なくはない|{NEG}ことも?{NEG}",
    false=(
        rf"(?:個人|私用|プライベート|ぷらいべーと)[^、。]{{0,12}}(?:しか|だけ)|至って(?:い|お)?{NEG}|未(?:開設|作成|取得|保有|導入)|(?:あかうんと|らいん|line|公式|^|(?<![でじゃ])は|も|が|まだ|を)(?!ではない){NEG}(?!くな)|あり(?:ま)?(?:せ|へ)ん|ありゃせん|(?:持|も)(?:って|っ?ち|っと)(?:い|お|は|も)?{NEG}|持ちませ|やって(?:い|お|は|も)?{NEG}|(?:作|つく)(?:って|っ?ち|っと|れて|られて|り)?(?:い|お|は|ゃあ|ゃ)?{NEG}|(?:開設|取得|作成|運用|保有|準備|利用|登録|導入)(?:は|も)?(?:でき|し|され)?(?:て|と)?(?:い|お|は)?{NEG}"
        r"|(?:作|つく)(?:っ(?:て|たら)から?[^いあまおるしきもか]*(?:申し?込|出[すし])|ります|ろう)|これから|今から|いまから|新規|新しく(?:作る|開設)|(?:作る|つくる|開設する|開設|作成|取得)(?:の)?(?:予定|つもり|計画|とこ|ところ|ん?です|方向)|作りたい|開設したい|準備中|検討中|まだ(?:です|だ|なん|や|$|っす|じゃ|け|ない|や?けど)|開設前|閉じ|閉鎖|削除|消し|なくなり"
    ),
    true=_HAVE,
)  # fmt: skip


def has_account(text: str, *, bare: bool) -> tuple[bool, ...]:
    """Return whether there is an account."""
    if re.search(r"(?:使って|つかって)(?:い)?た(?:と|って|ん|けど|が)", text):
        return ()
    if OUTSIDERS.search(text) and not re.search("しか|だけ", text):
        return ()
    if re.search(rf"(?:別|他|ほか|よそ)の?(?:あかうんと|らいん|line)[^、。]{{0,8}}{NEG}", text):
        return ()  # ほかのアカウントはない: says nothing of this one
    if not bare and topic_of(text) == "plan_in_use" and not re.search("持っ|もっ[てと]", text):
        return ()
    if not bare and (
        not ACCOUNT.search(text) or re.search(r"県|(?:別|他|ほか|よそ)の?(?:課|あかうんと)|あかうんと名", text)
    ):
        return ()
    if bare and re.search(r"^(?:いいえ|いえ|ううん|いいや|のー|いや)", text) and not re.search(_HAVE, text):
        return (False,)
    found = first(text, _ACCOUNT_VALUES)
    if (
        found is None
        and bare
        and re.search(r"^(?:はい|うん|ええ|んだ|そう(?!なん|か|です[かね]|い|だった|なの)|はーい|いえす|yes)", text)
    ):
        return (True,)
    return () if found is None else (found.startswith("true"),)
