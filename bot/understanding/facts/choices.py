"""Values of the pre-check's closed questions in one clause: account, verification, plan in use, applicant, plan now."""

import re
from collections.abc import Mapping

NEG = (
    r"(?:ない|なかった|なく(?!な)|無い|なし|無し|ないす|ねえ|ねぇ|ねー|ねす|ねず|ねっす|ねーす|り?ませ(?:ん|ぬ)|まへん|へん|せん(?!ぱい)|ゼロ|ぜろ|0件|"
    r"とらん|ちょらん|どらん|とらず|おらず|おらん|ておらん|てん(?!ぷ)|せず|なかと|なか(?=$|です|ばい|とよ)|にゃあ|んのよ|のうて|んかった)"
)
_LAST = r"(?:です|だ|で|よ|ね|わ|けど|が|す|っす|な|の|ばい|けん|じゃ|や|ー|、|。)*$"
_TWICE = re.compile(
    r"(?:ない|なく|ません|なし)(?:という)?(?:わけ|こと[はもが]|とは|とも)?(?:で|じゃ)?(?:は|も)?(?:ない|ありません|な[くい])"
)
_VERIFY = re.compile(
    r"認証|ばっじ|ばっち|まーく|青い(?:の|やつ|ます|印|丸)|(?:青|灰)[^、。]{0,8}(?:印|盾|しるし)|青色|青(?:です|だ|なっ|に|の|$)|^青|紺|灰色|審査"
)
_PLAN = re.compile(
    r"適用|(?:地方公共団体|自治体|公共団体|団体|その|この|該当|例の|同)(?:の)?ぷらん(?!.{0,6}(?:らいと|無料|すたんだ))|ぷらん(?:の?ほう)?(?:は|も|を|に|自体|だば)?(?:もう|まだ|既に|すでに|どこも|どれも|なんも|何も|一つも|ひとつも|1つも|一度も|以?前から|どこにも)*(?:申し?込ん|使|つか|つこ|つこう|入っ|加入|初|未)"
    r"|(?:ほか|他|別|よそ|どこ)(?:の課)?(?:で|でも|に)(?:は|も)?.{0,8}(?:使|つか|つこ)|(?:課|係|室|部|あかうんと|やつ|line|らいん|本体|の方|のほう)(?:んと|の)?で.{0,10}(?:もう|既に|すでに)?.{0,6}(?:使|つか|つこ|適用)"
    r"|どれも普通のぷらん|ぷらん(?:適用|使用|利用)?(?:無$|なし)|(?:使|つか).{0,10}(?:この|別の|本)あかうんとで|あかうんとに(?:は)?(?:付|つ)[けい]て"
)
_MONEY = re.compile(
    r"らいと|すたんだー?ど|standard|light|communication|こみゅ|こみに|こみゅに|無料|無償|ふりー|free|ただの|ただで|ただです|^ただ$|円|[0-9]千|0えん|せんえん|200通|お金|金(?:は|を|額)|料金|月額|有料|はら(?:っ|い|と)|はろ|払|安い|いちばん下|一番下|最安|(?:200|二百)通|ぷらんの(?:名前|種別|種類|名称)|課金"
)
_ACCOUNT = re.compile(r"あかうんと(?!名|の名)|らいん|line|公式(?!です)|開設|友(?:だち|達)|ともだち")


def topic_of(text: str) -> str | None:
    """Return the question that a clause speaks of by its own words."""
    if _PLAN.search(text) and not re.search(
        r"申込.{0,4}検討|適用.{0,6}(?:前|審査|され(?:る|たい)|して(?:いただ|もら|ほし)|した[いく])", text
    ):
        return "plan_in_use"
    if _VERIFY.search(text):
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
        r"申し?込(?:み)?(?:の)?(?:日|時期)|日にち|日付|日程|時期|\d日(?:は)?(?:無理|むり|だめ|駄目|きつ|厳し|間に合わ)",
        text,
    ):
        return "apply_date"
    if _ACCOUNT.search(text):
        return "has_account"
    if re.search(r"ぷらん", text):
        return "current_plan"
    return None


def _first(text: str, table: tuple[tuple[str, re.Pattern[str]], ...]) -> str | None:
    return next((value for value, pattern in table if pattern.search(text)), None)


def _table(**patterns: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name.rstrip("_"), re.compile(pattern)) for name, pattern in patterns.items())


_VERIFIED = _table(
    no__=r"(?:これから|今から|今後).{0,6}(?:審査|認証)|(?:認証|審査).{0,10}申請(?:を)?(?:いたし|し)ます",
    pending__=r"(?:申請|審査)中(?!で(?:は|も)|じゃ)|(?:返事|返答|回答|結果|審査|承認)(?:を|は|の)?お?まち(?!が)",  # まだ取れておりませんで申請中です
    yes__=r"(?:認証|青|ばっじ|まーく|審査).{0,8}(?:なく(?:は)?ない|ないわけ|ないこと)",
    no=(
        rf"未認証|みにんしょう|み認証|認証[^、。]{{0,4}}未(?:取得|了|済|承認|申請)|(?:認証|審査|申請)(?:済み?)?(?:は|が|も|を|の方(?:は|が)|のほうは|なんて)?(?:まだ(?!.*(?:返事|結果|審査中|申請中))|これから|前|未了|不可|なん?て)"
        rf"|認証.{{0,10}}(?:まだ取れて{NEG}|取れて{NEG}|取って{NEG}|とって{NEG}|受けて{NEG}|して{NEG}|しとら|しちょら|できて{NEG}|とれて{NEG}|され(?:て)?{NEG}|出して{NEG}|申請(?:して)?{NEG})"
        rf"|申請(?:も|は|を)?(?:まだ|これから|して{NEG}|しとら|出して{NEG}|前)|認証(?:は|が|も)?{NEG}|認証済み?(?:では|じゃ|で)(?:は)?{NEG}|認証なし"
        r"|(?:未着手|手つかず|手付かず|通っとらん)|(?:灰|ぐれー|緑|みどり)(?:色)?(?!の?(?:じゃ|では|や(?:のう|なく)))|申請.{0,10}これから|白い?(?:ばっじ|まーく)|(?:審査|認証).{0,6}(?:落ち|おち|通らな|通りませ|通って(?:い)?(?:ない|ませ)|却下|否認|だめ|駄目|はね)|(?:落ち|おち)(?:ました|た|て|ちゃ)|落とさ|却下|差し戻"
        rf"|(?:ばっじ|ばっち|まーく|青い?(?:の|やつ)?|印)(?:は|が|も|なんて|とか)?(?:まだ)?(?:つい|付い)?(?:て|と)?(?:い|お)?(?:は)?{NEG}|(?:ばっじ|まーく).{{0,6}}(?:つか|見当た|出て|{NEG})(?:な|て(?:ない|ませ)|ら|い)"
        r"|認証.{0,8}(?:予定|つもり|たい|いらない|必要ない)|失効|認証.{0,4}外れ"
    ),
    pending=(
        r"審査(?:中|待ち|に出し|して(?:い|もら)|をして|受付)|申請(?:して$|中|済|ずみ|だした|出した|出し(?:て|ま)|した(?!い)|しまし|して(?:い|る|お|ま|あ)|しと|しちょ|だし|を?いたし(?!ます)|をかけ|ぼたん(?:を)?お|受付|先週|先月|は出)"
        r"|結果(?:は|が|も)?(?:待ち?|未着|まだ|見込|来て(?:い)?(?:ない|ませ)|こない|来ない)|(?:返事|返答|回答|連絡)(?:は|が|も|を)?お?(?:待ち?|まだ|きて?ちゃ|来て|こない|来ない|(?:頂戴|もらっ|いただ|受け)[^、。]{0,4}ない)|手続き?中|(?:待って(?:い|る|ます))|認証.{0,4}(?:出して(?:ある|いる|る)|依頼中)|審査(?:を)?(?:受け|待)"
    ),
    yes=(
        r"(?:認証)(?:は|が|も|を|の方は|につきましては)?.{0,4}(?:済|ずみ|すみ|スミ|完了|あり|有|取得|ok|とれ(?:て|た|ま)|取れ(?:て|た|ま)|取って|とって|受けて|受けた|された?|されて|して(?:い|あ|る|ま|お)|しと|しちょ|した$|しました|おり(?:た|ま|て)|下り|とお|通[っり]|もら[いっ]|いただ[いき]|頂[いき]|なって|終わ|おわ|うけ|ばっちり|完璧)"
        r"|承認(?!待)|(?:審査|認証)?(?:に)?(?:通った|通りました|とおった|とおりました|通過|合格|受かっ|うかり)|青(?!森|ヶ|ケ|ゖ|梅|木|葉|垣)(?:い|色)?(?:の|ばっじ|ばっち|まーく|やつ|印)?.{0,12}(?:つい|付い|ある|あり|有|でて|出て|です|だ|なって|$)|^青(?:い?(?:の|です|だよ?|色)?)?$"
        r"|(?:ばっじ|ばっち|まーく)(?:は|が|も)?.{0,6}(?:つい|付い|ある|あり|有|青|紺)|紺"
    ),
)  # fmt: skip
_SOME_VERIFIED = re.compile(
    rf"(?:認証)?(?:して|され|済)[^、。]{{0,14}}(?:と|も)[^、。]{{0,10}}(?:して|され|認証で?)(?:い)?{NEG}[^、。]{{0,8}}(?:あり(?!ません)|ある|両方|ござい(?!ません))"
    r"|認証済み?(?:の(?:もの)?)?(?:と|も)[^、。]{0,4}未認証"
)  # 認証してるアカウントとしてないのがあります
_VERIFIED_BARE = _table(
    no=rf"(?:これから|今から|今後).{{0,6}}申請|申請(?:を)?(?:いたし|し)ます|^(?:いや|いえ|いいえ|うーん|ううん|今)*(?:は)?(?:ま[んー]*だ(?!お?(?:返事|返答|回答|結果|連絡))|未(?!済み)|これから|{NEG}|して{NEG}|なって{NEG}|(?:取|と)っ(?:て|ちょ|と)?{NEG}|取れて{NEG}|されて{NEG}|ついて{NEG}|付いて{NEG}|何もして|いいえ|いえ|いいや|違い?ます)",
    yes=r"^(?:はい|うん|ええ|もう|ちゃんと|既に|すでに|とっくに|はあ|一応)*(?:済|ずみ|すみ(?!ま)|すん[でだ]|もらって(?!な)|完了|ok|おっけー|つい(?:て|と)|付い(?:て|と)|あり|ある|有|して(?:い|る|ま|あ)|しと|しちょ|され|取(?:れ|っ)|とれ|終わ|はい|うん|ええ|なって|そう(?:です)?)",
    pending=r"^(?:今|いま|ちょうど)?(?:待ち|まち(?!が)|申請|審査|手続)|出して(?:は)?(?:あ|い)?る|(?:先方|らいん|line)(?:さん)?の(?:返|回|連)",
)
_HAVE = r"(?:あり(?!え)|ある(?!か(?:どうか|わ))|あr|有(?!料)|もっ?(?:て|ち|と)|持[っちと]|保有|所有|作っ(?:て(?!から|[^いあまおるしきもか]*(?:申し?込|出[すし]))|た(?!ら)|ち|と)|作りまし|作らせ|作成し|作成済|つくっ(?:て(?!から)|た(?!ら)|ち)|つくりまし|開設(?:し|済|は|を(?:し|終)|さ)|取得(?:し|済)|運用(?:し|中|開始)|使っ(?:て|と|ち)|使い(?:ゆ|よ)|使用中|つこう?(?:て|と)|動い|立ち上げた|立ち上げて|既存|(?<!で)ござい(?!ません)|稼働|放置|(?<!で)あっ(?:て|た)|やって(?:い|る|ま)|やっとる)"
_ACCOUNT_VALUES = _table(
    true__=rf"{NEG}(?:という)?(?:わけ|こと(?:は|も)|とは)(?:で|じゃ)?(?:は|も)?{NEG}|なくはない|{NEG}ことも?{NEG}",
    false=(
        rf"(?:個人|私用|プライベート|ぷらいべーと)[^、。]{{0,12}}(?:しか|だけ)|至って(?:い|お)?{NEG}|未(?:開設|作成|取得|保有|導入)|(?:あかうんと|らいん|line|公式|^|(?<![でじゃ])は|も|が|まだ|を)(?!ではない){NEG}(?!くな)|あり(?:ま)?(?:せ|へ)ん|ありゃせん|(?:持|も)(?:って|っ?ち|っと)(?:い|お|は|も)?{NEG}|持ちませ|やって(?:い|お|は|も)?{NEG}|(?:作|つく)(?:って|っ?ち|っと|れて|られて|り)?(?:い|お|は|ゃあ|ゃ)?{NEG}|(?:開設|取得|作成|運用|保有|準備|利用|登録|導入)(?:は|も)?(?:でき|し|され)?(?:て|と)?(?:い|お|は)?{NEG}"
        r"|(?:作|つく)(?:っ(?:て|たら)から?[^いあまおるしきもか]*(?:申し?込|出[すし])|ります|ろう)|これから|今から|いまから|新規|新しく(?:作る|開設)|(?:作る|つくる|開設する|開設|作成|取得)(?:の)?(?:予定|つもり|計画|とこ|ところ|ん?です|方向)|作りたい|開設したい|準備中|検討中|まだ(?:です|だ|なん|や|$|っす|じゃ|け|ない|や?けど)|開設前|閉じ|閉鎖|削除|消し|なくなり"
    ),
    true=_HAVE,
)  # fmt: skip
_USE = r"(?:(?:付|つ)[けい]て(?!な)|使|つか|つこ|つこう|適用|入(?:っ|れ|と)|利用|導入|加入|契約)"
_NOBODY_USES = re.compile(
    rf"{_USE}[^、。]{{0,14}}?(?<!で)(?<!じゃ)(?:は|も|が)(?:特に|とくに|全く|まったく|一切)?(?:ござい|あ)?{NEG}(?:[^いかな]|$)"
)  # 他の課で使ってるやつはない, 他での適用はございません
_INTRODUCES = re.compile(
    r"[都道府県市区町村](?:役場|役所|庁)?の?[一-龥]{1,8}(?:課|係|室|部)(?:長)?(?:です|でござ|の者|のもの|と申)|^お世話|^所属"
)
_USED_ONCE = re.compile(
    r"(?:以?前|昔|かつて)(?:に|は|、)?[^、。]{0,8}(?:使って|つかって|適用されて|入って|加入して)(?:い)?た"
)
_PLAN_NONE = re.compile(
    rf"解約|(?:適用|使うの|利用)[はを]?(?:や|止)め(?:た|て|まし)|(?:適用|利用|使用)(?:歴|実績|状況)?[:=]?(?:無|なし|0$|ゼロ)|申し?込ん(?:で|じょ|ど)(?:い|お)?{NEG}|申し?込んじょらん|未(?:適用|使用|利用|導入|加入|契約|$|[。、です])|(?:適用|使用|利用|導入|実績)(?:実績)?(?:は|も|が)?{NEG}|適用:?無|適用は誤(?:認|り)|(?:使|つか|つこ)(?:っ|い|う|わ)?(?:て|と|ち|たこと)?(?:い|お|は|も|が)?(?:る(?:ところ|課|とこ)(?:は|も)?)?{NEG}|使うとら|使とら|つかわ{NEG}|(?:適用|利用|使用|導入|加入|契約)(?:を|は|も)?(?:し|され|受け)(?:て|と|た)(?:い|お|こと)?(?:は|も|が)?{NEG}|入って(?:い|お)?{NEG}|入っとら|入ってねえ"
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


_FIRM = (
    r"(?:業者|代理(?:店|人)?|委託(?:先|会社|業者|してる会社|している会社|事業者)|受託(?:者|会社|業者)|制作会社|広告(?:会社|屋)|べんだー|こんさる(?:会社)?|事業者|外注(?:先)?|(?:しすてむ|it|開発|構築|運営|支援)会社|会社(?:の(?:人|者|方))?"
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
    r"(?:通し|使い|頼み|入れ)ませ|(?:関与|経由|通さ|かんで|噛んで|介さ|使わ|頼ま|関係)(?:は)?(?:せず|(?:して|し)?(?:ない|おり?ませ|いませ|ませ|ず|せん|ん))"
)
_OTHER_WORK = re.compile(
    r"(?:運用|構築|作成|制作|設定|開発|作る|作った|作って|作っ|保守|運営|サポート|さぽーと|配信|でざいん|初期)"
)
_NOT_SO = r"(?:(?:は|を)(?:やめて|止めて)|ちゃうわ|(?:さん|の人|の方)?(?:では|じゃ|で|には|とかじゃ|や)(?:は)?(?:なく(?:て)?|ない|ねえ|のうて|ありません)|なく(?:て)?)"


def applicant(text: str, *, bare: bool) -> tuple[str, ...]:
    """Return who applies: several values if only one was excluded."""
    if re.search(r"営業(?:が|に|の)?(?:き|来|電話|を?受)|売り込み|提案(?:を|が)", text):
        return ()
    if _HANDED_OVER.fullmatch(text):
        return ("agency",)
    if re.search(r"か.{1,8}か(?:$|、|は|が)", text):
        return ()  # 職員か委託先か
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
        rest = ""
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
        me = re.search(rf"{_FIRM}の(?:者|もの|職員|社員)", rest) or _ENTRUSTED.match(rest)
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


_OUTSIDERS = re.compile(
    r"(?:観光協会|社協|社会福祉協議会|商工会(?:議所)?|財団|公社|協会|業者|個人)(?:さん)?の?(?:あかうんと|らいん|line|やつ)"
)
_PLANS: Mapping[str, str] = {
    "light": r"らいと(?!あっぷ)|light|(?<![0-9万1])5[,.]?000円?(?!通)|(?<![0-9万])5千円?|(?<![万んん])(?:ごせん|五千)(?:えん|円)|5,?000通|真ん中|まんなか|月5千|(?<![0-9,])5000",
    "standard": r"すたんだー?ど|standard|1[,.]?5[,.]?000|15千|1万5|1万五千|一万五千|いちまんごせん|一番(?:上|高)|3万通|30,?000通|高いほう",
    "communication": r"一銭も|1円も|一円も|こみゅ|こみに|communication|(?<!有)無料|無償|ふりー|free|ただ(?:の(?!.*(?:市|町|村|県|区|役場|役所))|で(?!さえ)|です|だ|よ$|や$|ね$|じゃ|ばい|$)|(?:200|二百)通|(?<![0-9,])0円|0えん|ゼロ円|200通|一番(?:安|下)|いちばん(?:安|下)|最安|(?:お?金|料金|費用)(?:は|を|も|とか|の|が)?(?:一切|いっさい|特に|まったく)?(?:払|はら|か[かけ]|掛)[^、。]{0,4}?(?:ない|ません|へん|とら|てん|ねえ|おら|ず)",
}  # fmt: skip
_CHANGING = re.compile(
    r"(?:に|へ)(?:は)?(?:変え|替え|かえ|下げ|落と|切り?替え|変更|戻|おと)(?!て(?:あり|い|お|る|ます|し?た)|た(?!い)|まし|ました|し(?:まし|た(?!い))|済)[^、。]{0,12}$|(?:に|へ)(?:する|しよ|したい|なる)(?!と)|予定|つもり|かも|検討|たい(?:と|ん|です|って)?|てほし|なれば|だと|来年"
)


def current_plan(text: str) -> tuple[str, ...]:
    """Return the plan of today: several if a plan with costs is meant, and not which."""
    if re.search("管理画面|と(?:出て|表示|聞)|(?:別|他|ほか|よそ)の(?:あかうんと|課|係)", text):
        return ()
    if re.search(r"安い[^、。]{0,3}有料|有料[^、。]{0,8}(?:安い|下)", text):
        return ("light",)
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


def verified(text: str, *, bare: bool) -> tuple[str, ...]:
    """Return the state of the verification."""
    if _OUTSIDERS.search(text):
        return ()
    if re.search(r"認証(?:後|の結果(?:は|が)?いつ|につい$|は?そのまま)|審査(?:結果|日数|期間)は?$", text):
        return ()
    if _SOME_VERIFIED.search(text):
        return ("yes", "no")
    found = (
        _first(text, _VERIFIED)
        if (_VERIFY.search(text) or "申請" in text or bare or re.search("通った|承認", text))
        else None
    )
    if found is None and bare:
        found = _first(text, _VERIFIED_BARE)
    if found == "yes" and re.search(r"(?:取れ|とれ|取|通)(?:たら|れば|次第|り次第)|通り次第|次第", text):
        return ()
    return (found.rstrip("_"),) if found else ()


def has_account(text: str, *, bare: bool) -> tuple[bool, ...]:
    """Return whether there is an account."""
    if re.search(r"(?:使って|つかって)(?:い)?た(?:と|って|ん|けど|が)", text):
        return ()
    if _OUTSIDERS.search(text) and not re.search("しか|だけ", text):
        return ()
    if re.search(rf"(?:別|他|ほか|よそ)の?(?:あかうんと|らいん|line)[^、。]{{0,8}}{NEG}", text):
        return ()  # ほかのアカウントはない: says nothing of this one
    if not bare and topic_of(text) == "plan_in_use" and not re.search("持っ|もっ[てと]", text):
        return ()
    if not bare and (
        not _ACCOUNT.search(text) or re.search(r"県|(?:別|他|ほか|よそ)の?(?:課|あかうんと)|あかうんと名", text)
    ):
        return ()
    if bare and re.search(r"^(?:いいえ|いえ|ううん|いいや|のー|いや)", text) and not re.search(_HAVE, text):
        return (False,)
    found = _first(text, _ACCOUNT_VALUES)
    if found is None and bare and re.search(r"^(?:はい|うん|ええ|んだ|そう|はーい|いえす|yes)", text):
        return (True,)
    return () if found is None else (found.startswith("true"),)
