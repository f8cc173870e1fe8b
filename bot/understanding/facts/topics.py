"""The question of the pre-check that a clause speaks of by its own words."""

import re

VERIFY = re.compile(
    r"認証|ばっじ|ばっち|まーく|青い(?:の|やつ|ます|印|丸)|(?:青|灰)[^、。]{0,8}(?:印|盾|しるし)|青色|青(?:です|だ|なっ|に|の|$)|^青|紺|灰色|審査"
)
_PLAN = re.compile(
    r"適用|(?:地方公共団体|自治体|公共団体|団体|その|この|該当|例の|同)(?:の)?ぷらん(?!.{0,6}(?:らいと|無料|すたんだ))|ぷらん(?:の?ほう)?(?:は|も|を|に|自体|だば)?(?:もう|まだ|既に|すでに|どこも|どれも|なんも|何も|一つも|ひとつも|1つも|一度も|以?前から|どこにも)*(?:申し?込ん|使|つか|つこ|つこう|入っ|加入|初|未)"
    r"|(?:ほか|他|別|よそ|どこ)(?:の課)?(?:で|でも|に)(?:は|も)?.{0,8}(?:使|つか|つこ)|(?:課|係|室|部|あかうんと|やつ|line|らいん|本体|の方|のほう)(?:んと|の)?で.{0,10}(?:もう|既に|すでに)?.{0,6}(?:使|つか|つこ|適用)"
    r"|どれも普通のぷらん|ぷらん(?:適用|使用|利用)?(?:無$|なし)|(?:使|つか).{0,10}(?:この|別の|本)あかうんとで|あかうんとに(?:は)?(?:付|つ)[けい]て"
)
_BARE_PLAN = re.compile(
    r"^(?:ええと|まあ|あの|うちは|当市は|で)*ぷらん(?:は|も|を|が|については|の方は)?(?:まだ|もう|使|つか|利用|未|これから|なし|ない)"
)
_MONEY = re.compile(
    r"らいと|すたんだー?ど|standard|light|communication|こみゅ|こみに|こみゅに|無料|無償|ふりー|free|ただの|ただで|ただです|^ただ$|円|[0-9]千|0えん|せんえん|200通|お金|金(?:は|を|額)|料金|月額|有料|はら(?:っ|い|と)|はろ|払|安い|いちばん下|一番下|最安|(?:200|二百)通|ぷらんの(?:名前|種別|種類|名称)|課金"
)
ACCOUNT = re.compile(r"あかうんと(?!名|の名)|らいん|line|公式(?!です)|開設|友(?:だち|達)|ともだち")


def topic_of(text: str) -> str | None:
    """Return the question that a clause speaks of by its own words."""
    if _PLAN.search(text) and not re.search(
        r"申込.{0,4}検討|適用.{0,6}(?:前|審査|され(?:る|たい)|して(?:いただ|もら|ほし)|した[いく])", text
    ):
        return "plan_in_use"
    if _BARE_PLAN.search(text):
        return "plan_in_use"
    if VERIFY.search(text):
        return "verified"
    if _MONEY.search(text):
        return "current_plan"
    if re.search(r"めーる|あどれす|どめいん|メアド|めあど|@|lg(?:\.|ど)?", text):
        return "email_domain"
    if re.search(r"(?:あかうんと|登録|表示|正式(?:な)?|line|らいん)の?名|名称|名前|なまえ|表示名", text):
        return "account_name"
    if re.search(r"申し?込(?:む|み|者|主体)?の?(?:人|者|主体|方|は|=|:)|申請者|(?:誰|だれ)が", text) and not re.search(
        r"日|月|曜", text
    ):
        return "applicant"
    if re.search(
        r"^申し?込み?(?:は|の件は?)?$|申し?込(?:み)?(?:の)?(?:日|時期)|日にち|日付|日程|時期|\d日(?:は)?(?:無理|むり|だめ|駄目|きつ|厳し|間に合わ)",
        text,
    ):
        return "apply_date"
    if ACCOUNT.search(text):
        return "has_account"
    if re.search(r"ぷらん", text):
        return "current_plan"
    return None
