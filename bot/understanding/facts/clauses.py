"""Takes a message apart into clauses and marks what a clause cannot state: a question, a condition, others' affairs."""

import re
from dataclasses import dataclass

from bot.content.speech import standard
from bot.text.normalize import fold

MOST = 1000  # characters that are read

_OPEN, _CLOSE = '「『【〈《“"', '」』】〉》”"'
_END = re.compile(
    r"[。!?！？\n…‥;；]+|(?<![にをへ])(?<!プランは)[、，,/／|](?!\d)(?!(?:って|と|て)(?:名前|いう))|・(?!\d|[^、。\s]{0,9}(?:組合|企業団|連合))|(?<!\d)[、，,](?=\d)|(?<![A-Za-zの])[\s　]+(?![→←]|では|じゃな|を|って|という|と(?:全|な|表|登|出)|て名|に(?:なっ|し)|です|なん|でござ|で(?:登録|審査))|(?<=[A-Za-z])[\s　]+(?![→←]|では|じゃ|は(?!い)|[A-Z][A-Za-z]*(?:[\s(（ぁ-ん]|$)|って|という|と(?:全|な|表|登|出)|に(?:なっ|し)|です|でござ)|(?<=[すた])[〜~]+(?=[^\s\d])|(?<=[^\da-zａ-ｚ０-９])[.．]|(?<=[)）])(?=[^\s。、,)）])(?!って|と|で|の)"
    r"|(?<=[ぁ-ん])[😀-🙏🌀-🗿💀-📿]+"
    r"|(?:ん|の)?(?:です|ます|でした|ました|ません)(?:けれども|けれど|けども|けど|ので|から|んで|し|が)[、,]?"
    r"|(?<=[ぁ-んァ-ヶ一-龥])(?:けれども|けれど|けんども|けんど|けども|けど|だども|ばってん|っちゃけど|っけど)[、,]?"
    r"|(?<=[ぁ-ん])(?:ので|のに)(?!す|しょ|[はも](?:ござい|あり|な))[、,]?"
    r"|(?:まして(?![はも])|でして|ており|しており)[、,]?(?!ます|まし|ませ)|(?:ます|ました)ところ[、,]"
    r"|(?<=[たいるなだ])が[、,]"
    r"|(?:し|て|で)[、,]"
)
_IN_A_SENTENCE = re.compile(r"[?？](?=[はがもを])|[!！](?=\s*(?:って|という))")  # 認証?はまだです
_CONDITION = re.compile(r"(?:[いんっし]?たら|れば|場合[はに]?|[くる]ときは?|[たる]時は)[、,]?")
_QUESTION_MARK = re.compile(r"[?？]")
_ASKS = re.compile(
    r"(?:です|ます|でしょう|ました|ません|ない|いい|可能|だめ|よい|良い|る|た|必要|可|の|ん|んだべ|だべ|だい|だ|もの|そう|ある)か(?:い|ね|な|ねえ|なあ|しら|のう|ー)?$"
    r"|(?:の|ん)(?:かい|け|かね|かな|かの|かや)$|(?:のけ|べか|だべか|すか|っすか|とか\?)$"
    r"|教え(?:て|てく)|おしえて|知りたい|(?:伺|うかが|お聞き|お尋ね)(?:い)?(?:し)?たい|って(?:何|なん(?:の|だ|や|です|$))|(?<!あかうん)とは(?:何|なに)?$|(?:ください|もらえ)ます$"
    r"|(?:可否|要否|有無|如何|是非|方法|手順|期間|日数|理由|要件|条件|必要書類)(?:は|について|を)?$|^(?:質問|問)|べきか(?:否か)?$|か否か$|(?:御|ご)?教示(?:賜|くだ|下さ|いただ|願|を)|(?:御|ご)案内(?:を)?(?:お?願い|いただけ|賜)"
    r"|(?:どう(?!も)|どこ(?!も|[にで]も|にでも)|いつ(?!も)|いくら|何日|何通|なぜ|どれくらい|どのくらい|どうやって|どやって|誰)(?!か).{0,14}(?:の|ん|か|ね|すか|でしょ|です|ます|ば|と)?$"
    r"|(?:だめ|駄目|あかん|いい|ええ|よい|良い|よろし|大丈夫|可能|ok|必要|いる|でき(?:る|ん)|使える|通る|間に合う|足りる)(?:なん|ん|の|もん)?(?:です|でしょう)?(?:かな|かね|かの|やろか|だろうか|じゃろか)(?:あ|ー|う)?$"
    r"|(?:とおら|通ら|なら|いけ|でき)(?:ない|ねえ|ん)(?:です)?か(?:ね|な|の)?$|(?:です|ます)かね?$|でしょ(?:うか)?$|んでしょ$|大丈夫です$(?<=か)|アリです$"
)
_SURELY_ASKS = re.compile(
    r"(?:だめ|駄目|あかん|いい|ええ|よい|大丈夫|可能|必要|いる|できる|使える|通る|間に合う|とおらない|とおらねえ)(?:なん|ん|の|もん)?(?:です)?(?:かな|かね|かの)"
)
_PREDICATE = re.compile(
    r"(?:です|ます|ました|ません|でした|だ|だった|た|る|ない|なし|済み?|中|ある|あり)"
    r"(?:ん|の)?(?:です|だ)?(?:けれども|けれど|けども|けど|けん|ので|んで|から|し|が|て|っけ|ところ)?[ー〜~っ!w笑、,。]*$"
)
_GUESS = re.compile(
    r"(?:です|ます)かね(?:ー|え|ぇ)?$|かな(?:ー|あ|ぁ)?$|かも$|とか$|どうだか$|(?:決め|決まっ)て(?:い)?(?:ない|ません|へん)$"
)
_OTHERS = re.compile(
    r"(?:隣接?|となり|近隣|近く|周り|まわり|よそ|他所|別|ほか|他)の(?:市|町|村|区|県|自治体|役場|市町村|団体|庁舎)"
    r"|隣接?(?:市|町|村|する)|隣の(?!係|課|席|人|者|島|部)|となりの(?!係|課|席|人)|横の庁舎|他(?:市|町|村|県|自治体|団体)|近隣|先進地|知り合い|友達|友人|前の(?:職場|部署|所属|課|勤務先|自治体|役場)で"
    r"|(?:市|町|村|区|県|府|都|道)さん(?!.{0,12}(?:委託|受託|常駐|代理|請け負|業者|支援))(?:は|も|が|の|で|に|みた|では|と)|(?:市|町|村|区|県|府|都|道)(?:みたい|のよう|と同じ|を参考|に倣|にならっ)"
    r"|^例[:：えは]|たとえば|例えば|他の自治体|よその自治体|国(?:は|の|も|が)|みたいな感じ"
)
_THE_PREFECTURE = re.compile(
    r"(?<![一-龥])県(?:庁|本庁)?(?:は|の(?!職員|[一-龥]+課|広報|出先|者)|も|が|では|で(?!す|ござ)|のほう|さん)"
)
_OWN = re.compile(
    r"うち|当(?:市|町|村|区|県|方|課|団体|自治体)|本(?:市|町|村|区|県)|我が|わが|こちら|弊|自分|わたし|私|ここ|ウチ|おら|わし|うぢ"
)
_RETRACTED = re.compile(
    r"(?:と|って|て)(?:は)?(?:言っ|いっ|言い|言う|ゆう|申し上げ|申し|お答え|答え|書い|書き|回答し|入力し|伝え|送っ|打っ)(?:た|い|て(?!い?[たる]|ました|おり|ます|あ)|ましたが|まし).{0,12}$"
    r"|の話(?:でした|だった|です)|破棄|撤回|前答"
)
# だから認証は取れたって言ってんべ: said before, and said once more.
_INSISTS = re.compile(
    r"(?:っ?つって(?:ん|る|い)|って(?:言|い|ゆ)って(?:ん|る(?=でしょ|だろ|じゃ|の)))[^、。]{0,5}$|だってば$|ってば$"
)
_BY_OTHERS = re.compile(r"前任|先輩|課長|係長|上司|部長|担当|業者|彼|本人以外|センパイ|せんぱい|情シス|誰か|同僚")
_REPORTED = re.compile(
    r"らしい|(?:と|って|て)(?:言|い|ゆ)っ?て(?:い|お|ま)|と(?:聞|伺|うかが)|(?:だ|[たる])そう|との(?:こと|由)|とのこと|(?:の|る)由|いわく|って(?:聞|きい)|噂|っぽい|なんだって|だって$"
)
_DOUBT = re.compile(
    r"(?:そう|よう)な気|気[がも](?:する|します)|(?:あり|なさ)そう|怪し|疑わし|本当か|ほんとか|不確か|自信(?:は|が)?(?:ない|な|あり)|かもしれ|かも$|かどうか|あるようなないような|だったような|ったか|はっきりし|微妙"
)
_FUTURE = re.compile(
    r"予定|つもり|これから|今から|今後|来年|来春|いずれ|そのうち|(?:し|作り|取り|とり|使い|入り|変え|替え|出し)たい|(?:よ|お)うと|見込|検討|考えて|計画|想定|準備中|(?:れ|え)たらいい|将来|目標|(?:る|く)(?:ところ|とこ)(?:です|だ|な|$)"
)
_PAST = re.compile(
    r"た(?:です|ん|の|と|ところ|とこ|ばかり|ばっか|ばっかり|けど|が|よ|ね|わ|[。!]|$)|昨日|きのう|先月|先週|去年|昨年|前回|[〇0-9]年前"
)


@dataclass(frozen=True)
class Clause:
    """A clause: `raw` as typed, `text` folded without spaces; `sentence` counts the sentences.

    `asks`: by its own words. `seems_to_ask`: its sentence is like the questions that staff ask, as スタンダードとの違い is.

    `asks`, `condition`, `others`, `retracted`: it states nothing of the user's own. `reported`, `doubt`, `future`: how
    sure it is. `after_contrast`: けど or が stands before it.
    """

    raw: str
    text: str
    sentence: int
    asks: bool = False
    seems_to_ask: bool = False
    condition: bool = False
    others: bool = False
    retracted: bool = False
    reported: bool = False
    doubt: bool = False
    future: bool = False

    @property
    def states(self) -> bool:
        """Return True if the clause can state a fact of the user's own."""
        return not (self.asks or self.seems_to_ask or self.condition or self.others or self.retracted)


def clauses(text: str, *, own_prefecture: bool = False) -> tuple[Clause, ...]:
    """Return the clauses in their order."""
    found: list[Clause] = []
    for number, (sentence, mark) in enumerate(_sentences(text[:MOST])):
        found += _marked(
            _pieces(sentence), number, asked=bool(_QUESTION_MARK.search(mark)), own_prefecture=own_prefecture
        )
    return tuple(found)


def is_predicate(raw: str) -> bool:
    """Return True if a clause is a statement of its own (ライトですが、) and not the subject of the next one."""
    return bool(_PREDICATE.search(raw.strip()))


def folded(text: str) -> str:
    """Return the text as clauses are compared: hiragana, narrow, without spaces and pictures."""
    return standard(_typed(fold(text, kana=True, vowels=True, pictures=False, spaces=False)))


# What an input method leaves if a vowel was not typed: 使ってないdす, まs, あrます.
_SLIPS = (
    (re.compile(r"d(?=す)|(?<=[いりんどすたま])で(?=s$)"), "で"), (re.compile(r"(?<=[でまー])s(?![a-z])"), "す"), (re.compile(r"(?<=[ぁ-ん])m(?=す)"), "ま"),
    (re.compile(r"(?<=あ)r(?=ま)"), "り"), (re.compile("あます"), "あります"),
    # the polite negations: 作ってはおりません, 長野ではございません
    (re.compile("(?<=[てで])は?(?:おりません|いません|いない)"), "ない"), (re.compile("(?:で|じゃ)は?ございません"), "ではない"),
    (re.compile("なー+い"), "ない"), (re.compile("(?<![ぁ-ん])もうって(?=ま|い)"), "もって"), (re.compile("(?:(?<![ぁ-ん])|(?<=の)|(?<=らいん))あか(?=あり|ある|有|なし|ない|は|持|も[っち])"), "あかうんと"),
    (re.compile("人称|人証|認称|認定済|にんしょう"), "認証"), (re.compile("み認証"), "未認証"), (re.compile("(?<=認証も)住ん(?=で)"), "済ん"), (re.compile("心さ|審さ|しんさ"), "審査"), (re.compile("(?<=認証)(?:住み|積み|隅|炭|角)"), "済み"),
    (re.compile("食員|しょくいん"), "職員"), (re.compile("代理点|だいりてん"), "代理店"), (re.compile("再会(?=した|して|し)"), "再開"),
    (re.compile("す単だーど"), "すたんだーど"), (re.compile("あかんと|あかうんと|垢(?=あ|は|が|を|持)"), "あかうんと"),
    (re.compile("せんぱい"), "先輩"), (re.compile("ぎょうしゃ"), "業者"), (re.compile("がいかく"), "外郭"), (re.compile("むりょう"), "無料"),
    (re.compile("しんせい(?=ちゅう|ずみ|し)"), "申請"), (re.compile("(?<=申請|審査)ちゅう"), "中"),
)  # fmt: skip


def _typed(plain: str) -> str:
    for slip, meant in _SLIPS:
        plain = slip.sub(meant, plain)
    return plain


def _sentences(text: str) -> list[tuple[str, str]]:
    """The sentences and the marks behind them; what stands in brackets of speech is not taken apart."""
    found, start, depth = [], 0, 0
    for at, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in "。!?！？\n" and not depth and not _IN_A_SENTENCE.match(text, at):
            found.append((text[start:at], char))
            start = at + 1
    found.append((text[start:], ""))
    merged: list[tuple[str, str]] = []
    for sentence, mark in found:
        if sentence.strip():
            merged.append((sentence, mark))
        elif merged:
            merged[-1] = (merged[-1][0], merged[-1][1] + mark)
    return merged


def _pieces(sentence: str) -> list[tuple[str, str]]:
    """The clauses of a sentence with the connective that ends each."""
    quoted = [
        (m.start(), m.end()) for m in re.finditer(rf"[{_OPEN}][^{_CLOSE}]*[{_CLOSE}]|\([^)]*\)|（[^）]*）", sentence)
    ]
    found, start = [], 0
    for pattern_match in sorted([*_END.finditer(sentence), *_CONDITION.finditer(sentence)], key=lambda m: m.start()):
        if pattern_match.start() < start or any(a < pattern_match.start() < b for a, b in quoted):
            continue
        found.append((sentence[start : pattern_match.end()], pattern_match[0]))
        start = pattern_match.end()
    found.append((sentence[start:], ""))
    return [(piece, mark) for piece, mark in found if re.search(r"\w", piece)]


def _marked(pieces: list[tuple[str, str]], number: int, *, asked: bool, own_prefecture: bool) -> list[Clause]:
    found = []
    others = False
    for place, (piece, mark) in enumerate(pieces):
        text = _INSISTS.sub("", folded(re.sub(r"[、，,。\s]+$", "", piece)))
        last = place == len(pieces) - 1
        own = bool(_OWN.search(text))
        others = (
            bool(_OTHERS.search(text))
            or (not own_prefecture and bool(_THE_PREFECTURE.search(text)))
            or (others and not own)
        )
        found.append(
            Clause(
                raw=piece, text=text, sentence=number,
                asks=(last and asked) or (bool(_ASKS.search(text.rstrip("ー~笑w"))) and not (_GUESS.search(text) and not asked and not _SURELY_ASKS.search(text))),
                condition=bool(_CONDITION.fullmatch(mark)) and not text.endswith(("でしたら", "確認したら")),
                others=others, retracted=bool(_RETRACTED.search(text)), reported=bool(_REPORTED.search(text)),
                doubt=bool(_DOUBT.search(text)), future=bool(_FUTURE.search(text)),
            )
        )  # fmt: skip
        if mark and re.search("けど|けれど|が[、,]?$|ども|けんど", mark):
            others = False
    return found
