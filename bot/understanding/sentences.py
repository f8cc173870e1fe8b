"""Takes a message apart: what is a question in it, what only leads up to one."""

import re

from bot.text.normalize import normalize

MOST = 1000  # characters that are read; nobody's question starts later
FEWEST = 4  # letters of a part that can be a question

_BREAK = re.compile(r"[。!?\n]+|(?<=[かたねよすいのは])[ ]+")
_CLAUSE = re.compile(
    r"(?:けど|けれど|ので|のと|か)?[、,](?=また|あと|それと|それから|ついでに|ちなみに)"
    r"|[、, ](?=あと|それと|それから|ついでに)"
)
_UNNAMED = re.compile(r"[〇○◯●]{1,3}(?=[都道府県市区町村])")
_UNNAMED_SUBJECT = re.compile(rf"^{_UNNAMED.pattern}(?=.(?:は|も|でも|って|なら).{{2,10}}$)")
_INTRODUCTION = re.compile(
    r"(?:申します|でございます|の者です)$|^\S{1,12}(?:役場|役所|庁)です$"
    r"|(?:[都道府県市区町村課係部室局庁]|役場|役所|担当)の\S{1,8}です$"
    r"|[都道府県市区町村]\S{0,10}[課係部室局庁]です$"
    r"|^(?:いつも)?(?:大変)?お世話|^(?:よろしく|宜しく)|お願い(?:いた|致)?します$"
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences as they were typed."""
    plain = normalize(text[:MOST])
    return tuple(part.strip() for part in _BREAK.split(plain) if part.strip())


def introduces(part: str) -> bool:
    """Return True if a sentence says who writes or begs for a favour, and nothing else."""
    return bool(_INTRODUCTION.search(part))


def without_placeholder(text: str) -> str:
    """Return a message without 〇〇市の田中です, and with うちの市 for 〇〇市 if that alone is its subject."""
    said = sentences(text)
    kept = [part for part in said if not (introduces(part) and _UNNAMED.search(part))]
    asked = "\n".join(kept) if kept and len(kept) < len(said) else text
    return _UNNAMED_SUBJECT.sub("うちの", asked)


def parts(text: str) -> tuple[str, ...]:
    """The sentences and clauses without greetings and self-introductions; all of it if nothing else is left."""
    pieces = (piece.strip() for sentence in sentences(text) for piece in _CLAUSE.split(sentence) if piece)
    found = [piece for piece in pieces if len(piece) >= FEWEST and not introduces(piece)]
    return tuple(found) or (text[:MOST],)
