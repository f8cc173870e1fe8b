"""Recognises that a writer does not know, or leaves two values open."""

import re
from collections.abc import Sequence

from bot.understanding.facts.clauses import Clause

_UNSURE = re.compile(
    r"調整(?:中|の途上|し(?:て|ている)(?:ところ|段階))|確たる|お示しでき|てっか(?:どう)|どうだ[かが]|手元に(?:な|あり)|(?:見|確認)(?:れ|られ|でき)(?:ず|ない|ません)|(?:わか|分か|判|解)(?:ら|り(?:ませ|かね)|んな|んね|らん|ってな)|(?:知|し)ら(?:ん(?!しょ)|ない|ねえ|へん)|知りませ|不明|未定|未確(?:認|定)|要確認|確認(?:し(?:ます|て(?:み|から|き|お|い(?!て|る状))|とき)|中|いたし|要|が必要|でき|します|できず)|調べ(?:て|ます|中)|調査中|(?:聞|き)いて(?:み|き|か|から|くる)|聞いてく|聞きます|聞く$|(?<!と)聞いて(?!い|お|る|ま)|問い?合わせ(?:て|ま|中|し)|覚えて(?:い|)(?:ない|ませ)|忘れ|定かで|なんとも|何とも|読めな|決まって(?:い)?(?:な|ね|お|ませ|へん)|決まっとら|決まら|決めて(?:い)?な|追って|把握(?:して|でき)|自信(?:が|は)?な|みてくる|見てくる|見てき|みてき|見ます$|見てみ|見(?:ない|ん)と|後で(?:見|確認)|どうだった|どうやった|だったか|やったか|どうなん|さあ$|さぁ$|どうだろ|どっちだ|怪し|あやし|思い出せ|出てこな|ぱっと|(?:だ|です)っけ$|(?<![るた])(?:次第|しだい)|見方が|なんだか(?:わ|し)|でしたっけ|ちょっとお待ち|迷って|未だ決|検討中$|いまいち|決め(?:と|ちょ|て)ら|どっちになる|(?:おぼえ|覚え)と?らん|決めてへん|決める?ことができ(?:ない|ませ)|(?:お)?答え(?:が|は|も)?でき(?:ない|ませ)|判じかね|定かではない|協議中|移行中|未把握|(?:電話|相談)して(?:み|か)|折り返|見て(?:まいり|もら)|探して(?:み|か)"
)
_QUOTED = re.compile("[「『][^」』]*[」』]")
# Two values and the same ending: the writer leaves it open.
_EITHER = re.compile(
    r"[^、。]{1,14}?((?:た|だ)?ような|のようにも|んだか|んか|のか|(?:や|だ|で)?ったか|(?:で|だ)ったか)[、 ]*[^、。]{1,14}?(?:\1|やったか|だったか)"
    r"|[^、。]{1,14}?[るむすくうつぬぶ]か[、 ]*[^、。]{1,14}?[るむすくうつぬぶ]か(?=、|まだ|$)"
)
_NOT_UNSURE = re.compile(
    r"確認し(?:たら|まし|たところ|た)|聞いたら|確認をいたしましたところ|聞いており|方(?:が|は)わから|やり方|使い方|なぜ|引継ぎに"
)


def is_unsure(text: str) -> bool:
    """Return True if a folded clause says that its writer does not know or will look it up."""
    words = _QUOTED.sub("", text)  # 先ほどの「わからない」はライトに改めて
    return bool(_UNSURE.search(words)) and not _NOT_UNSURE.search(words)


def left_open(parts: Sequence[Clause]) -> frozenset[int]:
    """Return the places of the clauses that name two values of which the writer does not know the right one."""
    whole = "".join(clause.text for clause in parts)
    spans = [(match.start(), match.end()) for match in _EITHER.finditer(whole)]
    found, at = set(), 0
    for place, clause in enumerate(parts):
        if any(start < at + len(clause.text) and at < end for start, end in spans):
            found.add(place)
        at += len(clause.text)
    return frozenset(found)
