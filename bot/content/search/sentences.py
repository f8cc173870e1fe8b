"""Takes a message apart: what is a question in it, what only leads up to one."""

import re

from bot.text.normalize import normalize

MOST = 1000  # characters that are read; nobody's question starts later

_BREAK = re.compile(r"[。!?\n]+|(?<=[かたねよすい])[ ]+")
_CLAUSE = re.compile(
    r"(?:ですが|ますが|たが|のだが|るが|ですけど|けれども|けれど|けど|ので|ため|から)、|[、,]?(?:また|あと|それと|それから|ついでに|ちなみに)、"
)
_INTRODUCTION = re.compile(
    r"(?:申します|でございます|の者です)$"
    r"|(?:[都道府県市区町村課係部室局庁]|役場|役所|担当)の\S{1,8}です$"
    r"|[都道府県市区町村]\S{0,10}[課係部室局庁]です$"
    r"|^(?:いつも)?(?:大変)?お世話"
)
_QUESTION = re.compile(r"(?:か|かね|かな|の|たい(?:です|のですが|んですが)?|て|ください|下さい|は|とは|方法|しょうか)$")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences without greetings and self-introductions; all of it if nothing else is left."""
    plain = normalize(text[:MOST])
    found = [part.strip() for part in _BREAK.split(plain) if part.strip()]
    return tuple(part for part in found if not _INTRODUCTION.search(part)) or tuple(found)


def clauses(sentence: str) -> tuple[str, ...]:
    """The sentence cut where one thought leads to the next."""
    return tuple(part.strip() for part in _CLAUSE.split(sentence) if part.strip())


def is_question(part: str) -> bool:
    """Whether the part sounds like what the writer wants, not like what came before it."""
    return bool(_QUESTION.search(part))
