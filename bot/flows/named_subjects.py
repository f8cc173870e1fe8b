"""A government inside a question is looked up: the rule's verdict, its reason and its page."""

import re
from dataclasses import replace

from bot.domain.check_results import BodyReason, GovernmentResult, State
from bot.domain.eligibility import Condition
from bot.flows.context import Context, Resources
from bot.flows.lookups import government_result
from bot.flows.menu import next_buttons, opener
from bot.flows.postback import encode
from bot.flows.session import Session
from bot.governments import MatchLevel
from bot.governments.affixes import AffixKind, affix_kind
from bot.replies.actions import Button, Postback
from bot.replies.views import Check, Mark
from bot.text.normalize import normalize

_UNSURE = frozenset({MatchLevel.NONE, MatchLevel.FUZZY, MatchLevel.FORMER})
LONGEST = 40  # letters of a question that is about one name
_SENTENCE = re.compile(
    r"です|ます|ました|ません|ござい|でし[たょ]|だった|かも|やっぱり|(?:たい|して|した|する|してる|ない|まだ|だけど|けど)(?:$|[。、！!\s])|(?:は|って|なら|だと|でも|どれ|どこ|いつ|だれ|誰|なに|何|いくら|教えて|ください|ほしい)$|[。！!?？]"
)
_PLACEHOLDER = re.compile(r"[〇○◯●△□×*＊]|XX|ＸＸ")
_LED_UP = re.compile(r"^(?:うち|当方|こちら|私)の?(?:は|、|って)")
_PARTICLE = re.compile(
    r"(?:さん|とか)?(?:は|って|も|でも|だと|の場合は?|なら|です|でございます|だ|や|な(?:ん|の)(?:です|だ|や)?|の?(?:職員|者|担当)(?:です|だ|や)?)"
)
_WHETHER = (
    r"(?:使え|使って|つかえ|対象|申し?込|もうしこ|利用(?:でき|可)|申請|いけ|大丈夫|だいじょうぶ|平気|OK|ok|可能|入れ|どう|だめ|ダメ|NG)"
    r"[^、。]{0,14}"
)
_ANOTHER_MATTER = re.compile(
    r"いくら|いつ|どれ|どの|どうや|どうす|どこ|何|方法|料金|費用|無料|有料|ただ|タダ|必要|だれ|誰|プレミアム|認証|パートナー|名前|メール"
)
_ASKED_OF_IT = re.compile(
    rf"(?:が|けど|けれど|けども)?、?(?!.*(?:{_ANOTHER_MATTER.pattern}))(?:(?:この)?プラン(?:は|を|の|に)?)?(?:{_WHETHER})?[?。!]*"
)
_ASKS_WHETHER = re.compile(
    rf"(?:うち|こちら|そこ)?(?:は|も|でも)?(?:この)?(?:プラン(?:は|を|の|に)?)?{_WHETHER}[?。!]*"
)
_LEFT_OPEN = ("は", "って", "とは")
_TRIFLE = re.compile(r"うちの|の$|さん|様|\(.{2,3}[都道府県]\)")
_BODIES = frozenset({None, AffixKind.ORGAN, AffixKind.UNION, AffixKind.NATIONAL, AffixKind.AFFILIATE})
_BY_WORDS = frozenset({AffixKind.UNION, AffixKind.NATIONAL})  # told without the name of a government
# 〇〇市教育委員会 is judged by its other words, as those of some government of this kind.
_EXAMPLES = {"都": "東京都", "府": "大阪府", "県": "神奈川県", "市": "横浜市", "町": "箱根町", "村": "檜原村"}
_STANDS_FOR = re.compile(rf"^[〇○◯●]{{1,3}}([{''.join(_EXAMPLES)}])")
_OF_EXAMPLES = frozenset({BodyReason.ORGAN, BodyReason.UNION, BodyReason.AFFILIATE})


def is_sentence(text: str) -> bool:
    """Return True if a text says or asks something, and is not a name typed alone."""
    return bool(_SENTENCE.search(text.strip()))


def is_government(text: str, ctx: Context) -> bool:
    """Return True if a text has the exact name of a government, and more than its matter: 福岡市の料金."""
    found = ctx.resources.register.find(text)
    of_it = found.beside.startswith("の") and affix_kind(found.beside) is AffixKind.OTHER
    return found.level is MatchLevel.EXACT and (is_sentence(text) or not of_it)


def asked_beside(text: str, ctx: Context) -> str:
    """Return what a message asks, unless it is whether the government in it may use the plan."""
    clauses = ctx.resources.facts.clauses(text)
    asked = "".join(one.raw for one in clauses if one.asks or one.text.endswith(_LEFT_OPEN)).strip()
    is_whether = _ASKS_WHETHER.fullmatch(normalize(asked)) and not _ANOTHER_MATTER.search(asked)
    return "" if is_whether else asked


def government_told(text: str, session: Session, ctx: Context) -> Check | None:
    """Return the verdict on the government that a sentence names as its writer's own (昭和村でございます)."""
    body = ctx.resources.facts.read(text, None, {}, ctx.today).facts.get("body")
    finding = government_result(str(body), ctx.resources) if body else None
    if finding is None or finding.reason is BodyReason.NOT_FOUND:
        return None
    return _card(str(body), finding, session, ctx)


def government_asked_for(text: str, session: Session, ctx: Context) -> Check | None:
    """Return the verdict on the government that a question is about: こうほく区は, よこはましは使えますか."""
    plain = _LED_UP.sub("", normalize(text).strip())
    if len(plain) > LONGEST:
        return None
    for found in _PARTICLE.finditer(plain):
        typed = plain[: found.start()]
        finding = _finding(typed, ctx.resources) if _ASKED_OF_IT.fullmatch(plain, found.end()) else None
        if finding:
            return _card(typed, finding, session, ctx)
    return None


def _finding(typed: str, resources: Resources) -> GovernmentResult | None:
    """Return what a name is, if it is one: 三鷹市の料金 and 川越市の子育てアプリ are no bodies."""
    example = _STANDS_FOR.match(typed)
    if example:
        finding = government_result(_EXAMPLES[example[1]] + typed[example.end() :], resources)
        named = replace(finding, name=example[0], account_names=())
        return named if finding.reason in _OF_EXAMPLES and not _PLACEHOLDER.search(typed[example.end() :]) else None
    if _PLACEHOLDER.search(typed):
        return None
    lookup = resources.register.find(typed)
    is_unsure = lookup.level in _UNSURE
    beside = affix_kind(typed) if is_unsure else affix_kind(_TRIFLE.sub("", lookup.beside))
    result = government_result(typed, resources)
    is_body = beside in (_BY_WORDS if is_unsure else _BODIES) and result.reason is not BodyReason.NOT_FOUND
    return result if is_body else None


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
