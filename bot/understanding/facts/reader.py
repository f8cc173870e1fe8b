"""Reads a message's facts: clause by clause, then what the clauses say together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from bot.governments import Registry
from bot.governments.local_government import Kind
from bot.understanding.asking import QuestionDetector
from bot.understanding.facts import choices
from bot.understanding.facts.bodies import BodyFinder, FoundBody, is_kind_only
from bot.understanding.facts.clauses import Clause, clauses, is_predicate
from bot.understanding.facts.days import find_day, is_day_alone, is_weekday_alone
from bot.understanding.facts.mail import find_domain
from bot.understanding.facts.names import find_account_name, find_entire_name, find_stated_name

_SOUNDS_ONLY = re.compile(r"\W*[ぁ-んァ-ヶー]{1,3}(?:です|っす)?\W*")  # おつです: a greeting sooner than a town
_SOUNDS = re.compile("[ぁ-んァ-ヶー]+")
_PLACE = re.compile("[都道府県市区町村]$")
_FILLERS = re.compile(r"\W*(?:い[いー]?え|いや|ええ|うん|はい|あの|その|まあ|なお|また|あと|さて)\W*")  # 伊江 is いえ
SHORT = 14  # letters of a clause that goes on with the subject of the sentence before
_HEARSAY = frozenset({"verified", "plan_in_use", "has_account"})  # asked back if only heard of
_PREFECTURE_SPACE = re.compile(r"(?<=[都道府県])[ \u3000]+(?=[一-龥ぁ-んァ-ヶ]{1,6}[市区町村])")
_REFUSED = re.compile("落ち|おち|却下|否認|通ら|通りませ|だめ|駄目|はね")
_YES = re.compile(r"(?:はい|うん|ええ|んだ|そう|yes|ok)")
CLOSED = ("has_account", "plan_in_use", "applicant", "verified", "current_plan")
_UNSURE = re.compile(
    r"(?:わか|分か|判|解)(?:ら|り(?:ませ|かね)|んな|んね|らん|ってな)|(?:知|し)ら(?:ん(?!しょ)|ない|ねえ|へん)|知りませ|不明|未定|未確(?:認|定)|要確認|確認(?:し(?:ます|て(?:み|から|き|お|い(?!て|る状))|とき)|中|いたし|要|が必要|でき|します|できず)|調べ(?:て|ます|中)|調査中|(?:聞|き)いて(?:み|き|か|から|くる)|聞いてく|聞きます|聞く$|(?<!と)聞いて(?!い|お|る|ま)|問い?合わせ(?:て|ま|中|し)|覚えて(?:い|)(?:ない|ませ)|忘れ|定かで|なんとも|何とも|読めな|決まって(?:い)?(?:な|ね|お|ませ|へん)|決まっとら|決まら|決めて(?:い)?な|追って|把握(?:して|でき)|自信(?:が|は)?な|みてくる|見てくる|見てき|みてき|見ます$|見てみ|見(?:ない|ん)と|後で(?:見|確認)|どうだった|どうやった|だったか|やったか|どうなん|さあ$|さぁ$|どうだろ|どっちだ|怪し|あやし|思い出せ|出てこな|ぱっと|(?:だ|です)っけ$|(?<![るた])(?:次第|しだい)|見方が|なんだか(?:わ|し)|でしたっけ|ちょっとお待ち|迷って|未だ決|検討中$|いまいち|決め(?:と|ちょ|て)ら|どっちになる|(?:おぼえ|覚え)と?らん|決めてへん|決める?ことができ(?:ない|ませ)|(?:お)?答え(?:が|は|も)?でき(?:ない|ませ)|判じかね|定かではない|協議中|移行中|未把握|(?:電話|相談)して(?:み|か)|折り返|見て(?:まいり|もら)|探して(?:み|か)"
)
_WHICH_ACCOUNT = re.compile(
    r"(?:この|今の|いまの|同じ|別の|べつの|他の|ほかの)[^、。]{0,8}?(?:あかうんと|らいん|line|やつ)(?:です|だ|で|や|$)"
)
_QUOTED = re.compile("[「『][^」』]*[」』]")
# Two values and the same ending: the writer leaves it open.
_EITHER = re.compile(
    r"[^、。]{1,14}?((?:た|だ)?ような|のようにも|んだか|んか|のか|(?:や|だ|で)?ったか|(?:で|だ)ったか)[、 ]*[^、。]{1,14}?(?:\1|やったか|だったか)"
    r"|[^、。]{1,14}?[るむすくうつぬぶ]か[、 ]*[^、。]{1,14}?[るむすくうつぬぶ]か(?=、|まだ|$)"
)
_MARKED = re.compile("[?？]")
_NO = re.compile(r"(?:いえ|いいえ|いや|違|ちが)[^、。]{0,6}$")
# What is going on is told, not asked: 業者に頼んでる. The bank has 探しています and the like as questions.
_TELLS = re.compile(
    r"(?!.*(?:探し|さがし|求め|困っ|迷っ)).{1,24}[てで](?:い|お)?(?:る|ます|ります)(?:ん?です|よ|ね|わ)*[。！!]?"
)
_ARGUES = re.compile("(?:たい|から)[^、。]{0,3}(?:聞|き)いて(?:い)?る")
_YES_OR_NO = re.compile(r"\W*(?:はい|ええ|うん|いいえ|いえ|いや)\W*")
_STATES_A_NAME = re.compile("[「『]|(?:って|という)名")
_HANGS = re.compile(r"(?:は|が|も|の|を)[、,\s]*$")
_NAME_OF_A_PLACE = re.compile(
    r"[^\s。、]{1,10}[都道府県市区町村][^\s。、]*(?:【|LINE|ライン|公式|メール|だより|便り|ニュース)[^\s。、]*(?<![すたいよねん])"
)
_NOT_UNSURE = re.compile(
    r"確認し(?:たら|まし|たところ|た)|聞いたら|確認をいたしましたところ|聞いており|方(?:が|は)わから|やり方|使い方|なぜ|引継ぎに"
)
_RETREAT = re.compile(
    r"間違(?:い|え)|まちが(?:い|え)|訂正|違い?まし|ちがいまし|違って|やっぱり?|直し|修正|変更|差し?替|正しく"
)


@dataclass(frozen=True)
class FactReading:
    """The facts that are noted, the values that are asked back, and the questions that the writer cannot answer."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    ask_back: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Setting:
    """The surroundings of a clause: the pending question, the question spoken of, and its place in the message."""

    step: str | None
    topic: str | None
    today: date
    is_only: bool
    is_first: bool
    is_bare_name: bool  # the whole message is a name with a place in it: 葛飾区【公式】メール
    hangs: bool  # the clause before ends with a particle: 認証は、12月9日
    is_open: bool  # both of two values are named: あったような、なかったような
    is_question: bool  # somewhere in the message something is asked

    def about(self, key: str) -> bool:
        """Return True if the clause answers that question without naming it."""
        return self.topic == key


class FactReader:
    """A reader of facts, built once at start."""

    def __init__(self, register: Registry, questions: QuestionDetector) -> None:
        self._clauses = lru_cache(maxsize=256)(self._marked_clauses)  # a message is taken apart four times
        self._bodies = BodyFinder(register)
        self._questions = questions
        self._stems = {body.stem for body in register.governments if body.kind is Kind.PREFECTURE}
        self._prefectures = {body.full_name for body in register.governments if body.kind is Kind.PREFECTURE}

    def clauses(self, text: str, *, own_prefecture: bool = False) -> tuple[Clause, ...]:
        """Return the clauses of a message, marked where their sentence seems to ask."""
        return self._clauses(text, own_prefecture)

    def _marked_clauses(self, text: str, own_prefecture: bool) -> tuple[Clause, ...]:  # noqa: FBT001 - of the cache
        parts = clauses(text, own_prefecture=own_prefecture)
        sentences: dict[int, list[Clause]] = {}
        for clause in parts:
            sentences.setdefault(clause.sentence, []).append(clause)
        return tuple(self._marked(clause, sentences[clause.sentence]) for clause in parts)

    def _marked(self, clause: Clause, sentence: Sequence[Clause]) -> Clause:
        """Mark a clause of a sentence that seems to ask, and what is only the subject of a question (料金を 知りたい)."""
        if any(one.asks for one in sentence):
            seems = not clause.asks and not is_predicate(clause.raw)
        else:
            whole = "".join(one.raw for one in sentence)
            seems = self._questions.asks(whole) and not _TELLS.fullmatch(whole)
        return replace(clause, seems_to_ask=True) if seems else clause

    def read(
        self, text: str, step: str | None, known: Mapping[str, Any], today: date, *, trusting: bool = False
    ) -> FactReading:
        """Read all facts of a message; `step` is the question that waits, `known` the answers so far.

        `trusting`: read sentences that only seem to ask, too.
        """
        is_prefecture = str(known.get("body") or "").endswith(("県", "都", "府", "北海道"))
        text = _PREFECTURE_SPACE.sub("", text)
        own_prefecture = is_prefecture or (step in {None, "body"} and "県庁" in text)
        split = clauses if trusting else self.clauses
        parts = split(text, own_prefecture=own_prefecture)
        found = _Findings()
        topic, sentence = step, -1
        left_open = _left_open(parts)
        asked = any(clause.asks or clause.seems_to_ask for clause in parts)
        for place, clause in enumerate(parts):
            topic = _topic(clause, topic, continues=clause.sentence == sentence or not place)
            sentence = clause.sentence
            if place and _YES_OR_NO.fullmatch(clause.raw):
                continue  # not an answer to the question that waits: it opens a later sentence
            if is_argued(text) and (_NO.match(clause.text) or is_argued(clause.raw)):
                continue  # いや、使いたいから聞いてるんです
            if clause.states or (place in left_open and not _MARKED.search(text)):
                setting = _Setting(
                    step,
                    topic,
                    today,
                    is_only=len(parts) == 1,
                    is_first=place == 0,
                    is_bare_name=len(parts) == 1 and bool(_NAME_OF_A_PLACE.fullmatch(clause.raw)),
                    hangs=bool(place and _HANGS.search(parts[place - 1].raw)),
                    is_open=place in left_open,
                    is_question=asked,
                )
                _read_clause(clause, setting, found)
        entire = None if asked else find_stated_name(text)
        if step == "account_name" and not asked:
            entire = entire or find_entire_name(text)
        if entire:
            found.add("account_name", (entire,))
        if self._stems.intersection(found.values.get("account_name", ())):
            del found.values["account_name"]  # 三重じゃなくて和歌山です
        self._read_body(parts, step, known, found)
        return found.settled()

    def _named_later(
        self, parts: tuple[Clause, ...], step: str | None, known: Mapping[str, Any], whole: str
    ) -> FoundBody | None:
        """Return the body that a later clause names in full, because わたし and いえ sound like names, too."""
        read = (
            self._bodies.find(clause.raw, hint=whole, asked=False)
            for clause in parts
            if _may_name_body(clause, step, known)
        )
        return next(
            (one for one in read if one and one.name and one.name not in self._prefectures and _PLACE.search(one.span)),
            None,
        )

    def _later_place(
        self, parts: tuple[Clause, ...], step: str | None, known: Mapping[str, Any], whole: str, prefecture: str
    ) -> bool:
        """Return True if a later clause names a place of that prefecture."""
        read = (
            self._bodies.find(clause.raw, hint=whole, asked=False)
            for clause in parts
            if _may_name_body(clause, step, known)
        )
        names = [name for one in read if one for name in ((one.name,) if one.name else one.choices)]
        return any(name.startswith(prefecture) and name != prefecture for name in names)

    def _read_body(
        self, parts: tuple[Clause, ...], step: str | None, known: Mapping[str, Any], found: "_Findings"
    ) -> None:
        """Find the body in the first clause that introduces the writer."""
        whole = "。".join(clause.raw for clause in parts)
        names = tuple(str(name) for name in found.values.get("account_name", ()))
        for place, clause in enumerate(parts):
            if not _may_name_body(clause, step, known):
                continue
            is_asked = (step == "body" and not _FILLERS.fullmatch(clause.raw)) or (
                step is None and place == 0 and not _SOUNDS_ONLY.fullmatch(clause.raw)
            )
            read = self._bodies.find(clause.raw, hint=whole, asked=is_asked)
            is_name = clause is found.names_account and any(read and read.span in name for name in names)
            if read is None or (step != "body" and place and is_name):
                continue
            if read.name or read.choices:
                is_wider = read.name in self._prefectures and place < len(parts) - 1
                if is_wider and self._later_place(parts[place + 1 :], step, known, whole, str(read.name)):
                    continue  # 宮城県の村はうちだけなので…大衡村です
                if is_asked and (read.choices or _SOUNDS.fullmatch(read.span)):
                    read = self._named_later(parts[place + 1 :], step, known, whole) or read
                found.add("body", (read.name,) if read.name else read.choices, weak=read.is_guess)
                return
        moved = self._bodies.moved(str(known["body"]), whole) if known.get("body") and step != "body" else None
        if moved and not any(clause.asks or clause.others for clause in parts):
            found.add("body", (moved.name,))
            if step and _NO.match(parts[0].text):
                found.values.pop(step, None)  # いえ、鳥取のほうです


def _left_open(parts: Sequence[Clause]) -> frozenset[int]:
    """Return the places of the clauses that name two values of which the writer does not know the right one."""
    whole = "".join(clause.text for clause in parts)
    spans = [(match.start(), match.end()) for match in _EITHER.finditer(whole)]
    found, at = set(), 0
    for place, clause in enumerate(parts):
        if any(start < at + len(clause.text) and at < end for start, end in spans):
            found.add(place)
        at += len(clause.text)
    return frozenset(found)


def _topic(clause: Clause, before: str | None, *, continues: bool) -> str | None:
    """Return the question that a clause speaks of: by its own words, else that of the clause before it."""
    if before == "plan_in_use" and _WHICH_ACCOUNT.match(clause.text):
        return before  # プランは使っていて、このアカウントです
    own = choices.topic_of(clause.text)
    return own or (before if continues or len(clause.text) <= SHORT else None)


def _read_clause(clause: Clause, setting: _Setting, found: "_Findings") -> None:
    """Add what a clause states."""
    words = _QUOTED.sub("", clause.text)  # 先ほどの「わからない」はライトに改めて
    if setting.is_open or (_UNSURE.search(words) and not _NOT_UNSURE.search(words)):
        key = choices.topic_of(clause.text) or setting.topic or setting.step
        if key:
            found.unsure_of(key)
        if setting.is_open or key != setting.step or not re.search("たぶん|無料|らいと", clause.text):
            return
    is_weak = clause.reported or clause.doubt
    for key in CLOSED:
        values = _closed(key, clause, setting)
        if values == ("no",) and key == "verified" and _REFUSED.search(clause.text):
            found.values.pop(key, None)  # 申請したけど落ちました
        if values:
            found.add(key, values, weak=is_weak and key in _HEARSAY)
    domain = find_domain(clause.raw, bare=setting.step == "email_domain")
    if not domain and setting.is_first and setting.about("email_domain") and _YES.match(clause.text):
        domain = "lg.jp"
    if domain:
        found.add("email_domain", (domain,))
    _read_day(clause, setting, found)
    if not domain or setting.about("account_name"):
        _read_name(clause, setting, found)


def _closed(key: str, clause: Clause, setting: _Setting) -> tuple[Any, ...]:
    """Return the values that a clause gives for a question with choices."""
    bare = setting.about(key)
    if "→" in clause.text:
        left, _, right = clause.text.rpartition("→")
        asked = key if choices.topic_of(left) == key else setting.step  # 申込者:業者→職員
        changed = _closed(key, replace(clause, text=right), replace(setting, step=asked, topic=asked))
        return changed or _closed(key, replace(clause, text=left.replace("→", "、")), setting)
    if key == "has_account":
        found = choices.has_account(clause.text, bare=bare)
        is_planned = clause.future and found == (True,) and re.search(r"作る|開設する|これから", clause.text)
        return (False,) if is_planned else found
    if key == "plan_in_use":
        return choices.plan_in_use(clause.text, bare=bare)
    if key == "applicant":
        return choices.applicant(clause.text, bare=bare and setting.step == key)
    return choices.verified(clause.text, bare=bare) if key == "verified" else choices.current_plan(clause.text)


def _read_day(clause: Clause, setting: _Setting, found: "_Findings") -> None:
    is_listed = (setting.step is not None or bool(found.values)) and not setting.hangs and is_day_alone(clause.raw)
    is_asked = "apply_date" in (setting.step, setting.topic) or is_listed
    day = find_day(clause.raw, setting.today, bare=is_asked)
    if day and day.day and "apply_date" in found.values and is_weekday_alone(clause.raw):
        return  # 十二月十日、木曜に申し込みます
    if day and day.day:
        found.add("apply_date", (day.day.isoformat(),))
    elif day and day.vague and "apply_date" not in found.values:
        found.add("apply_date", (day.likely.isoformat(),) if day.likely else (), weak=True)


def _read_name(clause: Clause, setting: _Setting, found: "_Findings") -> None:
    is_pending = setting.step == "account_name"
    is_asked = choices.topic_of(clause.text) == "account_name" or (not setting.is_question and _may_be_name(setting))
    is_quoted = is_pending and clause.states and clause.raw.lstrip().startswith(("「", "『"))
    name = find_account_name(clause.raw, asked=is_asked or is_quoted, single=setting.is_only)
    stated_before = found.names_account is not None and _STATES_A_NAME.search(found.names_account.raw)
    if stated_before and not re.search("名|「|『", clause.raw):
        return
    if name and (is_pending or setting.about("account_name") or re.search("名|「|『", clause.raw)):
        found.add("account_name", (name,))
        found.names_account = clause


def _may_be_name(setting: _Setting) -> bool:
    """Return True if the whole clause may be the account name that was asked for."""
    is_free = setting.step == "account_name" and (setting.topic in {None, "has_account"} or setting.is_bare_name)
    return is_free or setting.about("account_name")


def is_argued(text: str) -> bool:
    """Return True if the writer says why he asks, after いや."""
    return bool(_ARGUES.search(text))


def _may_name_body(clause: Clause, step: str | None, known: Mapping[str, Any]) -> bool:
    """Return True if the clause may name the writer's own body."""
    if clause.asks or clause.seems_to_ask or clause.others or clause.condition or is_kind_only(clause.raw):
        return False
    return step == "body" or _introduces(clause, step, known)


def _introduces(clause: Clause, step: str | None, known: Mapping[str, Any]) -> bool:
    """Return True if the clause may name the writer's body although it was not asked."""
    if re.search(r"名前|名称|なまえ|あかうんと|アカウント|「|『|って名", clause.raw) and not re.search(
        "うちは|うち[(（]|市です|町です|村です", clause.raw
    ):
        return False
    if step is None and not known.get("body"):
        return True
    if step == "account_name" and not re.search(r"じゃなく|ではなく|でなく|うちは|間違|違", clause.raw):
        return False
    return bool(
        _RETREAT.search(clause.raw)
        or re.search(
            r"じゃなく|ではなく|うちは|こちらは|と申し|の者です|のほう|の方|なんやけど|なんですけど|の市|の町|の村|[都道府県]の|は[一-龥]{2,3}です|間違い",
            clause.raw,
        )
    )


class _Findings:
    """The values that the clauses give. A later clause wins over an earlier one of the same message."""

    def __init__(self) -> None:
        self.values: dict[str, tuple[Any, ...]] = {}
        self.weak: dict[str, bool] = {}
        self.unsure: dict[str, int] = {}
        self.names_account: Clause | None = None
        self._count = 0

    def unsure_of(self, key: str) -> None:
        self._count += 1
        self.unsure[key] = self._count

    def add(self, key: str, values: tuple[Any, ...], *, weak: bool = False) -> None:
        self._count += 1
        before = self.values.get(key)
        if before == ("pending",) and values == ("no",) and key == "verified":
            return  # 申請したけどまだです
        if before == ("no",) and values == ("pending",) and key == "verified":
            before = None
        if key == "plan_in_use" and values == ("none",) and before in {("other_account",), ("this_account",)}:
            return  # 別の課で使用中、本アカウントは未
        if before and len(before) == 1 and set(values) > set(before):
            return
        self.values[key] = values
        self.weak[key] = weak
        if not weak:
            self.unsure.pop(key, None)

    def settled(self) -> FactReading:
        """Return the reading: doubtful values are asked back."""
        facts, ask_back = {}, {}
        for key, values in self.values.items():
            if key in self.unsure:
                continue
            if len(values) == 1 and not self.weak[key]:
                facts[key] = values[0]
            else:
                ask_back[key] = values
        if facts.get("has_account") is False and facts.keys() & {"verified"} and facts.get("verified") != "no":
            ask_back["has_account"] = (True, False)
            del facts["has_account"]
        return FactReading(facts, ask_back, tuple(key for key in self.unsure if key not in facts))
