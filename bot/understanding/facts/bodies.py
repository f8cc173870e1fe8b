"""The local government that a message names as its writer's own."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.governments import LocalGovernment, MatchLevel, Registry, offices
from bot.governments.affixes import AffixKind, affix_kind
from bot.governments.local_government import Kind
from bot.text.normalize import fold, normalize

_KIND_ONLY = re.compile(
    r"^(?:(?:うち|ここ|当方|小さい|小さな|普通|ふつう)(?:は|の)?)?(?:都|道|府|県|市|区|町|村|自治体|役場|市役所|町役場|村役場|役所|市町村)(?:です|だ|の者|職員)?"
)
_OUTSIDE = re.compile(
    r"(?:公益|一般)?(?:財団|社団)法人[^、。\s]*?(?=です|でして|でございま|の(?:者|もの|職員|方)|と申|と言|$|[、。\s])|[一-龥ぁ-んァ-ヶー・]{2,}?(?:広域連合|企業団|(?:消防|衛生|事務|環境|水道|広域|清掃)?組合|観光協会|社会福祉協議会|公社|振興会|事業団|機構|株式会社|合同会社)|株式会社[^、。\s]*|[^、。\s]{2,}(?:株式会社|大学)"
)
_SENTENCE = re.compile(r"(?:が|を)[^、。]*(?:ます|まし)")  # 株式会社…の担当がお答えします
# A company that says who it is writes for a body, which is not the company.
_AGENT = re.compile(
    r"(?:株式|有限|合同)会社[^、。]*?(?:と申し|の者|の担当|でございます。|です。)|[^、。]+(?:株式会社|[(（]株[)）])(?:と申し|の者|の担当)"
)
_KINDS_OUTSIDE = frozenset({"一部事務組合", "広域連合", "事務組合"})
_TAIL = re.compile(
    r"(?:でございまして|でございます|でございますが|なんですけど|ですけど|ですが|ですわ|ですき|です|どす|だげんど|だけど|だけん|じゃけん|じゃ|だよ|だべ|だ|や|やけど|なんやけど|っす|と申しますが|と申します|と言います|といいます|って(?:いう|いいます)?.*|の者|のもの|から|になります|のほう|の方|のほうです|の|、|。|よ|ね|〜|~|ー|!|！|\s)+$"
)
_HEAD = re.compile(
    r"^(?:あ、|ああ、|あの|えーと|えっと|えー|ええと|はい|すみません|すいません|うちは|うち|こちら|こちらは|わたしは|(?:私|わたくし)どもは?|私は|私|当方|勤務先は|所属は|名称[をは]|団体名?[はは:：]|ちがうちがう|ちがう|違う|いや|正しくは|訂正|一応|いちおう|[、,:：\s])+"
)
_SECTION = re.compile(
    r"(?:の)?[一-龥ァ-ヶーA-Za-z]{1,12}(?:課|係|室|部|局|班|担当|事務局)(?:長)?$|(?:市|区)?役所$|役場$|(?:県|都|府|道)?庁$"
)

_LOST_LETTER = re.compile("[□■〓�]")


@dataclass(frozen=True)
class FoundBody:
    """The body's full name, the names to choose from, or words that are no local government."""

    name: str | None = None
    choices: tuple[str, ...] = ()
    is_guess: bool = False
    span: str = ""


class BodyFinder:
    """A finder of the names of bodies within sentences, built once at start."""

    def __init__(self, register: Registry) -> None:
        self._register = register
        self._names: defaultdict[str, list[LocalGovernment]] = defaultdict(list)
        for body in register.governments:
            self._names[body.name].append(body)
            if body.also:
                self._names[body.also].append(body)
        for ward in register.wards:
            self._names[ward.name].append(ward)
        self._cities = {ward.city.removesuffix("市"): ward.prefecture + ward.city for ward in register.wards}
        self._longest = max(map(len, self._names))
        self._prefectures = {body.stem: body.name for body in register.governments if body.kind is Kind.PREFECTURE}

    def named(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """Return start, end and name of each full name in a text, the longest at each place."""
        found, at = [], 0
        while at < len(text):
            end = next(
                (e for e in range(min(len(text), at + self._longest), at + 1, -1) if text[at:e] in self._names), None
            )
            if end and not self._inside_a_word(text, at, end):
                found.append((at, end, text[at:end]))
                at = end
            else:
                at += 1
        return tuple(found)

    def _inside_a_word(self, text: str, at: int, end: int) -> bool:
        name = text[at:end]
        if len(name) == 2 and re.match(r"[ぁ-ん]", text[at - 1 : at] or " ") and re.match(r"[ぁ-ん]", name[0]):
            return True
        if (
            re.match(r"[一-龥]", text[at - 1 : at] or " ")
            and not any(
                text[:at].endswith(word) for word in (*self._prefectures, *self._prefectures.values(), "郡", "当", "旧")
            )
            and not re.search(r"[都道府県市郡]$", text[:at])
        ):
            return True  # 西東京市 is found as a whole; 新横浜市 is nobody's name
        return text[end : end + 1] in {"町"} and name.endswith("市")

    def find(self, text: str, *, hint: str = "", asked: bool = False) -> FoundBody | None:
        """Return the body that the words name; `hint`: further words of the message; `asked`: the body was asked."""
        plain = re.sub(r"\s+", " ", normalize(text)).strip()
        whole = normalize(hint or text)
        plain = re.sub(r".*(?:じゃなく(?:て)?|ではなく(?:て)?|でなく(?:て)?|じゃのうて|やのうて)", "", plain)
        plain = self._behind_the_arrow(plain)
        outside = None if _AGENT.search(plain) else _OUTSIDE.search(_HEAD.sub("", plain))
        if outside and (outside[0] in _KINDS_OUTSIDE or _SENTENCE.search(outside[0])):
            outside = None
        if outside and re.match(
            r"(?:です|でして|でございま|なん|だ|じゃ|と(?:申|言)|の(?:者|職員|[一-龥]{1,6}(?:局|課|係|部|室))|$)",
            _HEAD.sub("", plain)[outside.end() :],
        ):
            return FoundBody(name=_TAIL.sub("", outside[0]), span=outside[0]) if asked else None
        if asked and _LOST_LETTER.search(text):
            lookup = self._register.find(text)  # □原村: only the user knows which
            return FoundBody(choices=tuple(one.full_name for one in lookup.choices[:6]), is_guess=True, span=text)
        special = self._office(plain, asked=asked)
        if special is not None:
            return special or None
        spans = list(self.named(plain))
        spans = [
            span
            for span in spans
            if not re.match(
                r"(?:さん(?!.{0,12}(?:委託|受託|常駐|代理|請け負|業者|支援))|みたい|のよう|と同じ|じゃな|では?な|でな|とは違|では?ねえ)",
                plain[span[1] :],
            )
        ]
        if spans:
            return self._of_spans(plain, spans, whole)
        return self._looked_up(plain, whole) if asked else None

    def moved(self, known: str, whole: str) -> FoundBody | None:
        """Return the body of the same name in the prefecture or city that a correction names (鳥取のほうです)."""
        before = self._register.find(known)
        body = before.government or next(iter(before.wards), None)
        if body is None or body.kind is Kind.PREFECTURE:
            return None
        others = {*self._register.homonyms(body), *self._names[body.name], *self._of_stem(body.stem)} - {body}
        plain = normalize(whole)
        found = [one for one in others if _is_named(one.city.removesuffix("市") or one.prefecture, plain)]
        return FoundBody(name=found[0].full_name, span=found[0].prefecture) if len(found) == 1 else None

    def _of_stem(self, stem: str) -> list[LocalGovernment]:
        return [body for kind in "市町村" for body in self._names[stem + kind] if stem + kind in self._names]

    def _behind_the_arrow(self, plain: str) -> str:
        """Return what replaces a name (港区→北区); a prefecture alone says only where the name is (大田区→東京)."""
        before, arrow, after = plain.rpartition("→")
        place = _TAIL.sub("", after).strip()
        if arrow and place in {*self._prefectures, *self._prefectures.values()}:
            return f"{self._prefectures.get(place, place)}の{before.rpartition('→')[2].strip()}"
        return after

    def _of_spans(self, plain: str, spans: Sequence[tuple[int, int, str]], whole: str) -> FoundBody | None:
        places = [span for span in spans if self._names[span[2]][0].kind is not Kind.PREFECTURE]
        if not places:
            start, end, name = spans[0]
            after = plain[end:]
            following = re.match(
                r"の?([一-龥ぁ-んァ-ヶ]{1,7}?)(?:の)?(市|町|村|区)(?=です|の|$|役|だ|、|で|じゃ|っ)", after
            )
            stem = re.match(r"の?([一-龥ァ-ヶぁ-ん]{1,7}?)(?:です|だ|$|のほう|の方|じゃ|や)", after)
            if re.match(r"の(?:町|村|市|区)(?:で|の職員|です|、|$|に)", after):
                return None  # 北海道の町で: a kind of body, and where it is
            if following or (
                stem and stem[1] not in {"", "庁", "の", "広報"} and affix_kind(stem[1]) in {None, AffixKind.OTHER}
            ):
                inner = self._looked_up(
                    name + (following[1] + following[2] if following else (stem[1] if stem else "")), whole
                )
                if inner:
                    return inner
            return FoundBody(name=name, span=plain[start:end])
        start, end, name = places[0]
        city = re.search(r"([一-龥ぁ-んァ-ヶ]{2,5}?)市?の?$", plain[:start]) if name.endswith("区") else None
        of_city = self._register.find(f"{city[1]}市{name}") if city else None
        if of_city and of_city.wards:
            return self._chosen(tuple(one.full_name for one in of_city.wards), name)
        if city and city[1] in self._cities:
            return FoundBody(choices=(self._cities[city[1]],), is_guess=True, span=name)  # 浜松の中区 was dissolved
        ward = re.match(r"の?([一-龥ぁ-んァ-ヶ]{1,5}区)", plain[end:])
        if ward:
            lookup = self._register.find(name + ward[1])
            if lookup.wards:
                return self._chosen(tuple(one.full_name for one in lookup.wards), name + ward[0])
            if lookup.ward:  # dissolved: 浜松市中区
                return FoundBody(choices=tuple(one.full_name for one in lookup.choices), is_guess=True, span=name)
        after = plain[end : end + 14]
        if affix_kind(re.split(r"[、。\s]|です|から|の者", after)[0].removeprefix("の")) in {
            AffixKind.UNION,
            AffixKind.AFFILIATE,
            AffixKind.NATIONAL,
        } and not re.match(r"の?(?:職員|町|村|市)", after):
            return None
        prefecture = re.search(r"([一-龥]{2,3}?)(?:県|府|都)?の?$", plain[:start])
        of_prefecture = self._prefectures.get(prefecture[1]) if prefecture else None
        if of_prefecture and all(one.prefecture != of_prefecture for one in self._names[name]):
            moved = self._register.find(of_prefecture + name)  # 福岡の那珂川町 is a city today
            return FoundBody(choices=tuple(one.full_name for one in moved.choices[:6]), is_guess=True, span=name)
        candidates = self._within(self._names[name], whole)
        if all(one.is_ward_of_city for one in candidates):
            return self._chosen(tuple(one.full_name for one in candidates), name)
        if len(candidates) > 1 and name.endswith("区"):
            candidates = [one for one in candidates if one.kind is Kind.SPECIAL_WARD] if "東京" in whole else candidates
        return self._chosen(tuple(one.full_name for one in candidates), name)

    def _within(self, found: Sequence[LocalGovernment], whole: str) -> list[LocalGovernment]:
        """Those in the prefecture that the message names, if it names one of theirs."""
        near = [
            one
            for one in found
            if re.search(
                rf"{one.prefecture}|(?<![一-龥]){one.prefecture[:-1] if one.prefecture != '北海道' else '北海道'}(?=[のでじ(（、。\s)）]|$|[一-龥])"
                + (rf"|{one.city.removesuffix('市')}" if one.city else ""),
                _without(whole, one.name),
            )
        ]
        not_there = [
            one
            for one in near
            if re.search(
                rf"{one.prefecture.rstrip('都府県')}(?:県|府|都)?(?:の(?:市|町|村|ほう|方)?)?(?:では|じゃ|で)(?:は)?(?:な[いく]|ねえ|あり)",
                whole,
            )
        ]
        return [one for one in near if one not in not_there] or [one for one in found if one not in not_there]

    def _looked_up(self, plain: str, whole: str) -> FoundBody | None:
        """Return what a stem, a reading or a slip means if the body was asked."""
        typed = _TAIL.sub("", _HEAD.sub("", re.sub(r"[(（].*?[)）]", "", plain))).strip()
        if (
            not typed
            or _KIND_ONLY.fullmatch(typed)
            or len(typed) > 20
            or re.search(r"です|ます|ました|ない$|かな|けど|わか|知", typed)
        ):
            return None
        for words in dict.fromkeys(
            (
                typed,
                _SECTION.sub("", typed),
                _TAIL.sub("", _SECTION.sub("", typed)),
                re.sub(r"^([一-龥]{2,3}|とうきょう|おおいた県)の", r"\1県", typed),
            )
        ):
            if not words or _KIND_ONLY.fullmatch(words):
                continue
            lookup = self._register.find(words)
            names = tuple(one.full_name for one in lookup.choices)
            if lookup.level in {MatchLevel.NONE, MatchLevel.FUZZY} or not names:
                continue
            if lookup.level is not MatchLevel.EXACT and lookup.beside and affix_kind(lookup.beside) is AffixKind.OTHER:
                return FoundBody(choices=names[:6], is_guess=True, span=words)
            if lookup.government:
                return FoundBody(name=lookup.government.full_name, span=words)
            if lookup.names_ward:
                return self._chosen(tuple(one.full_name for one in lookup.wards), words)
            candidates = self._within(lookup.choices, whole)
            return self._chosen(tuple(one.full_name for one in candidates), words)
        lookup = self._register.find(typed)
        if lookup.level is MatchLevel.FUZZY and len(typed) <= 12:
            return FoundBody(choices=tuple(one.full_name for one in lookup.choices[:6]), is_guess=True, span=typed)
        return None

    def _office(self, plain: str, *, asked: bool) -> "FoundBody | Literal[False] | None":
        """Return the body of an office; False if the words name none of its own; None if they name no office."""
        words = _TAIL.sub("", _HEAD.sub("", plain))
        if offices.names_branch(plain):
            prefectures = offices.prefectures_of_branch(plain)
            return self._chosen(prefectures, plain) if prefectures else None
        if offices.is_joint_fire_service(words, self._names):
            return FoundBody(name=words, span=words) if asked else False
        short = offices.short_for(words) if asked else ()
        return self._chosen(short, words) if short else None

    def _chosen(self, names: tuple[str, ...], span: str) -> FoundBody:
        return FoundBody(name=names[0], span=span) if len(names) == 1 else FoundBody(choices=names[:12], span=span)


def _is_named(place: str, text: str) -> bool:
    """Return True if a prefecture or city is named, and not as the wrong one."""
    stem = place if place == "北海道" else place.rstrip("都府県")
    return bool(
        re.search(
            rf"(?<![一-龥]){stem}(?:県|府|都|市)?(?!(?:の[^、。]{{0,6}})?(?:では?|じゃ|や)?(?:な[くい]|のう|ござい|ね[えくぐ])|になって|[一-龥])",
            text,
        )
    )


def _without(text: str, name: str) -> str:
    return text.replace(name, "◇")


def is_kind_only(text: str) -> bool:
    """Return True for 市です: the kind of a body and no name."""
    return bool(_KIND_ONLY.fullmatch(fold(text, spaces=False).strip("。、,")))
