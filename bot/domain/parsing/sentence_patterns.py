"""Whole sentences as answers: what a listed word does not cover, read by what it says.

Tried in order after the word lists have failed, on folded text (katakana as hiragana); the first that is found wins.
"""

import re
from collections.abc import Mapping

from bot.domain.parsing.applicants import NOT_STAFF, STAFF

Phrases = tuple[tuple[str, re.Pattern[str]], ...]

NEEDS_CLARIFICATION = ""  # it speaks of the question, but says only what is not so, or more than one thing

LONGEST = 40

_BUT = re.compile(r"(?:でも|ただ|但し|しかし|けど|だけど|けれど|とはいえ|(?:では|じゃ|で)(?:な|あり))")
# A request for information is not an answer, even if it contains the words of one.
_ASKS = re.compile(
    r"\?|か[。!]*$|教え|おしえ|知りたい|とは(?:何|なに|$)|ください|下さい|ほしい|欲しい|たいです|たい$|でしょう|かな$|方法|やり方|仕方|しかた"
    r"|手順|流れ|場合|ときは|時は|とき$|いくら|いつ|なぜ|どう(?!か|だった)|どこ(?!も)|どれ(?!か)|どんな|料金|月額|通数|目安|費用|(?:違い|ちがい)(?![まな])|条件|できる|できます|られる|べき|いい$"
)
_END = r"(?:です|でした|だ|である|になります|と思います|と思う|はず|よ|ね|が|けど|ので|[。!、])*$"
# 「操作がわからない」 wants help; 「バッジの色がわからない」 answers.
_HELP = (
    r"操作|使い方|つかい方|やり|仕方|設定|ろぐいん|送り|意味|入力|登録|書き|見方|ぱすわーど|画面が|場所|連絡|問い合わせ"
    r"|所が|点が|こと[がも]"
)
_UNKNOWN = (
    rf"^(?!.*(?:{_HELP})).{{0,12}}(?:(?:わか|分か|判|解)(?:ら|り(?:ませ|かね)|んな)(?:な|ん|ず|ね)?(?:い|ます|ん)?|不明|未定|未確認"
    r"|確認中|要確認|確認(?:して|し|が必要)(?:い?ます|い?ません|い?ない|い?る|みます|です)?|知りません|知らない|調べ(?:て|ます).{0,4}"
    r"|把握(?:して|でき)い?(?:ない|ません|ておりません)|はっきりし(?:ない|ません)|自信が?(?:ない|ありません)"
    rf"|覚えてい?(?:ない|ません)|(?:決まって|決めて)い?(?:ない|ません))な?{_END}"
)
_NOT = r"(?:ない|無い|なし|無し|ません|おらず)"
_ING = r"(?:て|で)?(?:い|お|あ|おり|あり)?(?:る|ます|まーす|ました|た|り)"
_SO_FAR = (
    r"^(?:(?:はい|うん|ええ|いいえ|いや|もう|既に|すでに|まだ|今は|今のところ|現在は?|特に|一応|いちおう|とりあえず"
    r"|line|らいん|公式|あかうんと|ぷらん|[はがもを、。])*)"
)
_OWN = r"(?:持っ|もっ|作っ|つくっ|作り|開設|取得|作成|運用|利用|使っ|使用|保有|用意|登録|準備|公開)"
_USE = r"(?:使っ|使用|利用|適用|入っ|つかっ|つかわれ|使われ)"
_THIS = r"(?:この|今の|いまの|本|同じ|当該?|その|こちらの|うちの)あかうんと"
_IN_USE = rf"{_USE}(?:し|され|されて|して)?(?:{_ING}|中|済み?){_END}"
_PLANS = r"(?:こみゅにけーしょん|ふりー|無料|らいと|すたんだーど)"
_HAVING = r"(?:使|利用|契約|入っ|加入|ぷらん|やつ|もの|方|ほう|まま|範囲|運用|申し?込|なって)"
_HAVE_PLAN = rf"(?:ぷらん)?(?:[をにでがの]{_HAVING}.{{0,8}})?{_END}"
_FIRM = r"(?:代理店|業者|委託先|委託会社|受託者|制作会社|べんだー|こんさる|(?<!い)会社|(?<!い)企業|事業者|民間|外注先?)"
_THROUGH = r"(?:に(?:頼|任|委託|お願い|依頼).{0,8}|経由.{0,6}|を通.{0,8})"
_OUTSIDE = (
    r"(?:外郭団体|財団|社団|第[三3]せくたー|[三3]せく|協会|協議会|社協|公社|指定管理者?|商工会(?:議所)?|行政法人)"
)
_DOES = r"(?:(?:が|で|に|から|本人が|自身が)(?:申し?込|申請|手続|行|対応|やり|し|代行|代わり|勤め).{0,8})?"

# What is not so, not yet or no longer so: looked for before anything that sounds like a yes.
_NOT_THAT = r"(?:では|じゃ|で)(?:ない|ありません)"
_TWICE_NOT = r"(?:ない|ません|なし)(?:という)?(?:わけ|こと[はも]|とは|とも|に?限)"
_BEFORE = r"(?:以前|昔|かつて|もともと|元々|(?<![年月日週名午])前)(?:は|に|まで)"
_TO_COME = r"予定|つもり|これから|見込み|検討|希望|(?:使|つか)(?:う|おう)|する(?!こと)"
_ENDED = (
    r"削除|閉鎖|解約|退会|解除|廃止|停止|凍結|失効|取り?消|剥奪|消え|消し|消さ"
    r"|外れ|外さ|なくな|やめ|辞め|終わ|終了|下げ|失敗|断念|諦め|あきらめ"
)
_USED = (
    r"(?:持って|もって|使って|つかって|使用して|利用して|運用して|保有して|開設して|取得して|適用されて|入って|契約して|頼んで|委託して)"
    r"い?(?:まし)?た"
)
_REFUSED = r"落ち(?!着)|落とさ|却下|否認|不承認|不合格|断られ|通らな|通りませ|通れ(?:な|ま)|見送ら|だめ|駄目|非承認"
_OPENING_NOW = (
    r"(?:作成|開設|取得|準備|申請|手続き?)中|(?:作って|作成して|開設して|取得して)い?る(?:ところ|所|最中|途中)"
)
_SOON = (
    r"来月|来週|来年|今度|近々|もうすぐ|(?:受け|取得し|もらい|もらえ|され|取れ|取り|完了し)ます"
    r"|(?:受ける|取得する|される|もらう|もらえる|取れる)(?!ところ)"
)
_BADGE = r"青(?:い|色の?|の)?(?:認証)?(?:ばっじ|まーく|ちぇっく(?:まーく)?|やつ|ほう|方|丸|星)?"
_SHOWN = r"(?:つい|付い|つき|付き|あり|ある|出|見え|表示|なっ|もらっ|もらい|取得|取れ|いただ|され|し)"
_CONTRARY = ((NEEDS_CLARIFICATION, _TWICE_NOT), (NEEDS_CLARIFICATION, rf"以外|{_BEFORE}"))

_RULES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "has_account": (
        ("unknown", _UNKNOWN),
        *_CONTRARY,
        (NEEDS_CLARIFICATION, rf"{_ENDED}|{_USED}|登録中"),
        (
            "true",
            rf"^.{{0,10}}(?:あ(?:る|ります)|持って.{{1,3}}|作.{{1,5}})(?:が|けど|けれど|ものの).{{0,6}}(?:使|利用|運用|配信).{{0,6}}{_NOT}{_END}",
        ),
        (NEEDS_CLARIFICATION, rf"(?:ある|あります|持って.{{1,3}}|た)(?:が|けど|けれど|ものの).*{_NOT}"),
        ("false", rf"(?:(?:作成|開設|取得|用意|準備)(?:します|する)|(?:作|つく)(?:ります|る)){_END}"),
        (NEEDS_CLARIFICATION, rf"(?:運用|利用|使用|公開|登録)(?:します|する){_END}"),
        ("false", rf"{_OPENING_NOW}.{{0,4}}{_END}"),
        ("false", rf"{_SO_FAR}(?:ない|無い|無し|なし|ありません|ございません|何もし.{{0,4}}{_NOT}){_END}"),
        ("false", rf"{_OWN}.{{0,6}}{_NOT}{_END}|未(?:開設|取得|作成|登録)|{_OWN}前{_END}"),
        ("false", rf"^.{{0,10}}(?:これから|準備|検討|予定).{{0,12}}(?:す|だ|る|た|中|定|から)$|まだ{_END}"),
        ("true", rf"{_SO_FAR}(?:あり|有り|ござい)ます{_END}|{_SO_FAR}(?:ある|有る){_END}"),
        ("true", rf"^.{{0,14}}{_OWN}(?:し)?(?:{_ING}|済み?|中){_END}"),
    ),
    "applicant": (
        ("unknown", _UNKNOWN),
        *_CONTRARY,
        (NEEDS_CLARIFICATION, rf"{_NOT_THAT}|{_NOT}|{_ENDED}|{_USED}"),
        ("affiliate", rf"^.{{0,8}}{_OUTSIDE}(?:の(?:職員|者|もの|人|担当者?))?{_DOES}{_END}"),
        (
            "agency",
            rf"^.{{0,6}}{_FIRM}(?:の(?:者|もの|人|担当者?|会社|職員|社員|従業員))?(?:さん)?(?:{_THROUGH}|{_DOES}){_END}",
        ),
        (NEEDS_CLARIFICATION, NOT_STAFF),
        ("staff", rf"{STAFF}{_END}"),
    ),
    "verified": (
        ("unknown", _UNKNOWN),
        *_CONTRARY,
        ("no", _REFUSED),
        (
            NEEDS_CLARIFICATION,
            rf"{_ENDED}|(?:通って|下りて|おりて)い?(?:ない|ません)|(?:されて|受けて|取得して|済んで)い?(?:まし)?た|青.*(?:灰|ぐれー)|済み?と.*{_NOT}",
        ),
        ("no", rf"青(?:く|では|じゃ|色では|色じゃ).{{0,4}}{_NOT}{_END}"),
        (NEEDS_CLARIFICATION, rf"^(?!.*(?:申請|審査|まだ|待|{_NOT}|予定|{_TO_COME})).*(?:{_SOON})"),
        ("yes", r"(?:通り|通っ|下り|おり)(?:ました|た|て)"),
        ("pending", r"申請(?:済み?|しました|中)(?:です|だ)?(?:が|けど)|結果[がは]?(?:まだ|待)|審査.{0,6}(?:もら|途中)"),
        ("pending", rf"(?:申請|審査|認証|手続き?|結果|返事|連絡).{{0,4}}(?:中|待ち|待って.*){_END}|^待って|待ち{_END}"),
        (
            "pending",
            rf"申請.{{0,2}}(?:しました|したところ|した|したばかり|して(?:い|お)?ます|済み?|出し(?:まし)?た){_END}",
        ),
        (
            "pending",
            rf"申し?込(?:みました|んだ.{{0,6}}|み済み?|んで(?:い|お)?(?:る|ます)){_END}|依頼(?:中|しました){_END}",
        ),
        (
            "no",
            rf"^(?!.*(?:わか|分か|判)).*(?:認証|ばっじ|まーく|申請|取得|審査).{{0,10}}(?:{_NOT}|前|まだ|これから|予定){_END}|未(?:認証|申請|取得).{{0,6}}{_END}",
        ),
        (
            "no",
            rf"^.{{0,8}}(?:まだ|これから|灰色|ぐれー){_END}|(?:申請|認証|取得)(?:する|の)?(?:予定|準備).{{0,4}}{_END}|これから.{{0,8}}(?:申請|認証|取得)|(?:申請|取得)しよう",
        ),
        (
            "yes",
            rf"認証.{{0,6}}(?:済み?|済み?に.*|済み?あかうんと|あかうんと|済んで.*|完了.*|されて.*|されました|受け.*|取れ.*|取得.*|取りました|もらい.*|もらっ.*|あり|しました|した){_END}",
        ),
        (
            "yes",
            rf"^.{{0,4}}{_BADGE}(?:[がはにをので]|も)?(?:{_SHOWN}(?:て|で)?{_ING}?)?{_END}|(?:ばっじ|まーく).{{0,4}}(?:つい|付い|あり|ある|出て|青).{{0,4}}{_END}|取得.{{0,3}}(?:済み?|しました|した){_END}",
        ),
    ),
    "plan_in_use": (
        ("unknown", _UNKNOWN),
        *_CONTRARY,
        (
            NEEDS_CLARIFICATION,
            rf"(?:この|今の|本)あかうんと[とや].*(?:別|他|ほか)|(?:別|他|ほか).*あかうんと[とや]|でした{_END}|だった"
            rf"|(?:別|他|ほか|隣)の(?:市|町|村|区|県|自治体|団体)|(?<!ど)のあかうんとで.*{_NOT}",
        ),
        (NEEDS_CLARIFICATION, rf"{_NOT_THAT}|{_ENDED}|{_USED}|(?:別|他|ほか|この|今の|本).{{0,3}}あかうんと.*{_NOT}"),
        (
            "none",
            rf"{_USE}.{{0,5}}る(?:あかうんと|もの|ところ|部署|課)[はが]?(?:あり)?{_NOT}|{_SO_FAR}(?:ない|無い|なし|無し|ありません){_END}",
        ),
        (NEEDS_CLARIFICATION, rf"{_USE}.{{0,6}}{_NOT}.*{_USE}.{{0,6}}(?:る|ます|中|済)"),
        (
            "none",
            rf"{_USE}(?:し|され|て|で|い|お|り)*{_NOT}{_END}|{_USE}(?:し)?たことは?(?:あり)?{_NOT}|(?:使|つか)ってません{_END}|{_USE}なし|未(?:利用|使用|適用)|^.{{0,4}}(?:初めて|はじめて)",
        ),
        (NEEDS_CLARIFICATION, rf"{_TO_COME}|(?:申請|審査|申し?込み?)中"),
        (
            "this_account",
            rf"^.{{0,4}}{_THIS}(?:[でにがはをも、]|のみ|だけ)*(?:{_IN_USE}|{_USE}.{{0,6}}(?:る|ます){_END})?{_END}|^(?:もう|既に|すでに)?(?:ぷらん)?[はがを]?適用(?:済み?|され.{{0,4}}|中){_END}",
        ),
        (
            "other_account",
            rf"(?:別|他|ほか|違う|もう(?:一つ|1つ|ひとつ)).*(?:{_IN_USE}|あかうんと[にで]?{_END}|課{_END}|部署{_END})|.課[がで]{_IN_USE}",
        ),
        ("other_account", rf".{{2,}}(?:の|用)あかうんと[でにが].*{_IN_USE}"),
    ),
    "current_plan": (
        ("unknown", rf"{_UNKNOWN}|ぷらん.*忘れ"),
        *_CONTRARY,
        (
            NEEDS_CLARIFICATION,
            rf"{_NOT_THAT}|{_PLANS}.*{_PLANS}|{_NOT}|{_ENDED}|{_USED}|{_TO_COME}|から(?:変|切)|でした|だった",
        ),
        (
            "communication",
            rf"^.{{0,6}}(?:こみゅにけーしょん|こみゅ|ふりー|無料|(?<![0-9,])0円|(?<![0-9,])200通){_HAVE_PLAN}",
        ),
        ("light", rf"^.{{0,6}}(?:らいと|(?<![0-9,])5,?000[円通]){_HAVE_PLAN}"),
        ("standard", rf"^.{{0,6}}(?:すたんだーど|標準|15,?000円|30,?000通){_HAVE_PLAN}"),
    ),
    "apply_date": (("unknown", _UNKNOWN),),
    "email_domain": (
        ("unknown", _UNKNOWN),
        (NEEDS_CLARIFICATION, rf"{_NOT}|なく|以外|{_BEFORE}|{_TO_COME}|違|ちが|か(?!ら)"),
    ),
    "review": (
        (NEEDS_CLARIFICATION, rf"{_NOT}|でも|ただ|但|しかし|けど|違|ちが|誤|間違|変|直|修正|訂正|待|まだ|以外"),
        (NEEDS_CLARIFICATION, r"^(?!よろしく|宜しく|お願い|おねがい|ありがと|どうも|すみません)"),
    ),
}
PHRASES: Mapping[str, Phrases] = {
    question: tuple((value, re.compile(pattern)) for value, pattern in rules) for question, rules in _RULES.items()
}


def asks(plain: str) -> bool:
    """True for what wants an answer rather than gives one."""
    return bool(_ASKS.search(plain))


def read_phrase(plain: str, phrases: Phrases) -> str | None:
    """Return the value that a folded sentence means. None if it asks something or means none of the values."""
    if len(plain) > LONGEST or not phrases or asks(plain):
        return None
    said = re.sub(r"^.*(?:では|じゃ|で)なくて?、?", "", plain)  # 業者ではなく職員です
    return _first(said, phrases) or None


def speaks_against(piece: str, value: str, phrases: Phrases) -> bool:
    """Return True if the words beside a known word revoke it: はい、でも…; 職員 ではない; はい、未認証のままです."""
    if _BUT.match(piece):
        return True
    found = _first(piece, phrases)
    return found is not None and found != value


def _first(plain: str, phrases: Phrases) -> str | None:
    return next((value for value, pattern in phrases if pattern.search(plain)), None)
