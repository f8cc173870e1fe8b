"""Finds the account name or the premium ID that a question is about, so that the rule's verdict can be given."""

import re
from collections.abc import Iterator

from bot.flows.context import Context
from bot.governments import MatchLevel
from bot.text.normalize import normalize

_UNSURE = frozenset({MatchLevel.NONE, MatchLevel.FUZZY, MatchLevel.FORMER})
_ID = re.compile(r"(?<![\w.+-])@[a-z0-9_.-]{1,40}(?![\w.-]*@)", re.ASCII | re.IGNORECASE)
_ID_IN_JAPANESE = re.compile(
    r"(?<![\w.+-])@[^\s@、。「」]{1,20}?(?=を|に(?:し|変|決)|は|だと|って|で(?:も|いい|良い|取|大丈夫|す))", re.ASCII
)
_ID_WITHOUT_SIGN = re.compile(
    r"id(?:は|を|に|って|で)[「『\"]?(?P<id>[a-z0-9_.-]{4,40})(?:[」』\"]|で|に|は|って|だと|を|が)", re.IGNORECASE
)
_NO_ID = re.compile(r"iphone|ipad|android|line|chat|.*\.(?:jp|com|net|php)", re.IGNORECASE)
_QUOTED = re.compile(r"[「『“\"]([^「」『』“”\"]{2,30})[」』”\"]")
_AS_A_NAME = re.compile(
    r"[」』”\"](?:という)?(?:(?:アカウント)?(?:名|名前|名称)|(?:って(?:いう)?名|に(?:したい|する|変え|しよう|決め)|で(?:も|いい|よい|良い|申|出|通|いけ|大丈夫|登録|作)"
    r"|(?:は|って|だと|なら|でも|も)(?:使え|だめ|ダメ|駄目|ng|NG|通|可|いけ|いい|大丈夫|あり|OK|ok)))"
)
_UNQUOTED = re.compile(
    r"(?:名前|名称|名)(?:は|を|が|も)、?(?P<named>[^\s、。?!「]{2,24}?)(?:のまま|だけ)?"
    r"(?:で(?:も|いい|よい|良い|ok|大丈夫|通|申|登録|いけ|す[か?])|に(?:したい|しよう|する|変え|決め)|って|だと)"
    r"|(?P<called>[^\s、。?!」]{2,24}?)(?:という|って(?:いう)?)(?:アカウント)?の?(?:名前|名称|名)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"[〇○◯●△□×*＊]|XX|ＸＸ")
_LIKE_A_NAME = re.compile(r"[都道府県市区町村]|役所|役場|庁|公式")
_LED_UP = re.compile(r"^(?:うち|当方|こちら|私)の?(?:は|、)")


def premium_id_in(text: str) -> str | None:
    """Return the ID that a question asks about: 「@abc だと短すぎますか」「IDはabc-cityでいいですか」."""
    plain = normalize(text)
    found = _ID.search(plain) or _ID_IN_JAPANESE.search(plain)
    if found:
        return found[0] if found[0] != plain.strip() else None
    bare = _ID_WITHOUT_SIGN.search(plain)
    return bare["id"] if bare and not _NO_ID.match(bare["id"]) else None


def account_name_in(text: str, ctx: Context) -> str | None:
    """Return the account name that a question quotes or calls one (「みどり町公式」にしたい)."""
    quoted = (found[1] for found in _QUOTED.finditer(text) if _AS_A_NAME.match(text, found.end() - 1))
    likely = next((name for name in quoted if _LIKE_A_NAME.search(name)), None)
    name = likely or next(_called_so(normalize(text), ctx), None)
    return None if not name or _PLACEHOLDER.search(name) else name


def _called_so(plain: str, ctx: Context) -> Iterator[str]:
    """Yield names without quotation marks: only of a government, because any words may stand there."""
    for found in _UNQUOTED.finditer(plain):
        name = _LED_UP.sub("", found["named"] or found["called"])
        if ctx.resources.register.find(name).level not in _UNSURE:
            yield name
