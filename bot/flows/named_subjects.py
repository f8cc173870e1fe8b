"""A concrete body, account name or ID inside a question is looked up: the rule's verdict, its reason and its page."""

import re

from bot.domain.check_results import BodyReason, GovernmentResult, State
from bot.domain.eligibility import Condition
from bot.flows.context import Context
from bot.flows.lookups import government_result
from bot.flows.menu import next_buttons, opener
from bot.flows.postback import encode
from bot.flows.session import Session
from bot.governments import MatchLevel
from bot.replies.actions import Button, Postback
from bot.replies.views import Check, Mark
from bot.text.normalize import normalize

_UNSURE = frozenset({MatchLevel.NONE, MatchLevel.FUZZY, MatchLevel.FORMER})
LONGEST = 40  # letters of a question that is about one name
_SENTENCE = re.compile(
    r"です|ます|ました|ません|ござい|でし[たょ]|だった|かも|やっぱり|(?:たい|して|した|する|してる|ない|まだ|だけど|けど)(?:$|[。、！!\s])|[。！!?？]"
)
_ID = re.compile(r"(?<![\w.+-])@[a-z0-9_.-]{1,40}(?![\w.-]*@)", re.ASCII | re.IGNORECASE)
_QUOTED = re.compile(r"[「『“\"]([^「」『』“”\"]{2,30})[」』”\"]")
_AS_A_NAME = re.compile(
    r"[」』”\"](?:という)?(?:(?:アカウント)?(?:名|名前|名称)|(?:って(?:いう)?名|に(?:したい|する|変え|しよう|決め)|で(?:いい|よい|良い|申|出|通|いけ|大丈夫|登録|作)"
    r"|(?:は|って|だと|なら|でも|も)(?:使え|だめ|ダメ|駄目|ng|NG|通|可|いけ|いい|大丈夫|あり|OK|ok)))"
)
_PLACEHOLDER = re.compile(r"[〇○◯●△□×*＊]|XX|ＸＸ")
_LIKE_A_NAME = re.compile(r"[都道府県市区町村]|役所|役場|庁|公式")
_LED_UP = re.compile(r"^(?:うち|当方|こちら|私)(?:は|、)")
_PARTICLE = re.compile(r"(?:さん)?(?:は|って|も|でも|だと|の場合は?|なら|です|の?(?:職員|者|担当)(?:です)?)")
_ASKED_OF_IT = re.compile(
    r"、?(?:(?:この)?プラン(?:は|を|の|に)?)?(?:(?:使え|使って|つかえ|対象|申し?込|もうしこ|利用(?:でき|可)|いけ|大丈夫|だいじょうぶ"
    r"|OK|ok|可能|入れ|どう|だめ|ダメ|NG)[^、。]{0,14}|が|けど)?[?。!]*"
)


def is_sentence(text: str) -> bool:
    """Return True if a text says or asks something, and is not a name typed alone."""
    return bool(_SENTENCE.search(text.strip()))


def government_told(text: str, session: Session, ctx: Context) -> Check | None:
    """Return the verdict on the government that a sentence names as its writer's own (昭和村でございます)."""
    body = ctx.resources.facts.read(text, None, {}, ctx.today).facts.get("body")
    finding = government_result(str(body), ctx.resources) if body else None
    if finding is None or finding.reason is BodyReason.NOT_FOUND:
        return None
    return _card(str(body), finding, session, ctx)


def premium_id_in(text: str) -> str | None:
    """Return the ID that a question asks about: 「@abc だと短すぎますか」."""
    plain = normalize(text)
    found = _ID.search(plain)
    return found[0] if found and found[0] != plain.strip() else None


def account_name_in(text: str) -> str | None:
    """Return the account name that a question quotes: 「みどり町公式」にしたい."""
    found = _QUOTED.search(text)
    if not found or _PLACEHOLDER.search(found[1]) or not _LIKE_A_NAME.search(found[1]):
        return None
    return found[1] if _AS_A_NAME.match(text, found.end() - 1) else None


def government_asked_for(text: str, session: Session, ctx: Context) -> Check | None:
    """Return the verdict on the government that a question is about: こうほく区は, よこはましは使えますか."""
    plain = _LED_UP.sub("", normalize(text).strip())
    if len(plain) > LONGEST or _PLACEHOLDER.search(plain):
        return None
    for found in _PARTICLE.finditer(plain):
        typed = plain[: found.start()]
        if _ASKED_OF_IT.fullmatch(plain, found.end()) and ctx.resources.register.find(typed).level not in _UNSURE:
            finding = government_result(typed, ctx.resources)
            return None if finding.reason is BodyReason.NOT_FOUND else _card(typed, finding, session, ctx)
    return None


def _card(typed: str, finding: GovernmentResult, session: Session, ctx: Context) -> Check:
    words, condition = ctx.resources.talk.text.body, ctx.resources.precheck.conditions[Condition.BODY_TYPE]
    reason = condition.reasons[finding.reason].fill({"body": finding.name})
    instead = (words.instead.format(body=finding.name),) if finding.reason is BodyReason.DESIGNATED_WARD else ()
    entry = ctx.resources.knowledge.by_id[words.entry if finding.state is State.PASS else words.entry_if_not]
    mark: Mark = "pass" if finding.state is State.PASS else "fail"
    return Check(
        heading=words.heading,
        subject=finding.name if is_sentence(typed) else typed,
        mark=mark,
        headline=words.eligible if mark == "pass" else words.not_eligible,
        reasons=(reason, *(instead if finding.name else ())),
        suggestions_title="",
        suggestions=(),
        caution="",
        source=ctx.cite(condition.page),
        buttons=(
            opener("precheck", ctx.texts.ui.moves.precheck),
            Button(entry.short, Postback(encode("faq", "entry", entry.id), entry.short)),
            *next_buttons(ctx, session),
        ),
    )
