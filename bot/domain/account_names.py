"""The account-name rule: whether a name would be accepted, and which names would."""

from dataclasses import replace

from bot.content.account_names import NameSentences, load_sentences
from bot.domain.check_results import State
from bot.domain.government_check import classify
from bot.domain.name_analysis import NameAnalysis, examine
from bot.domain.name_suggestions import suggestions_for
from bot.domain.name_verdict import AcceptedCase, NameOutcome, NameProblem, NameVerdict, Pattern
from bot.governments import Kind, LocalGovernment, Registry
from bot.governments.spelling import official_form, visible

_SHOWN = 30  # characters of a name that a message repeats
# Problems that say more than "not this body's name" even if the name is another body's.
_STRONGER = frozenset(
    (
        NameProblem.UNION,
        NameProblem.NATIONAL_BODY,
        NameProblem.ASSOCIATION,
        NameProblem.MISSPELLED,
        NameProblem.UNKNOWN_MUNICIPALITY,
        NameProblem.WARD_OF_DESIGNATED_CITY,
        NameProblem.TOO_LONG,
        NameProblem.HIDDEN_CHARACTERS,
    )
)


def judge(
    name: str, register: Registry, *, body: LocalGovernment | None = None, sentences: NameSentences | None = None
) -> NameVerdict:
    """The verdict on any text as an account name; with a body, only as that body's name."""
    return _judge(name, register, (body,) if body else (), sentences or load_sentences())


def judge_for(name: str, register: Registry, *, body: str, sentences: NameSentences | None = None) -> NameVerdict:
    """The verdict for a body that is typed, too: any of its homonyms will do, one that is unknown will not."""
    texts = sentences or load_sentences()
    if classify(body, register).state is State.FAIL:
        message = texts.of(NameProblem.BODY_NOT_ELIGIBLE).format(body=_shown(body))
        return NameVerdict(name, NameOutcome.NG, message, problem=NameProblem.BODY_NOT_ELIGIBLE)
    meant = register.find(body)
    if not meant.is_certain:
        known = suggestions_for(meant.bodies, register, None)
        return _for_unknown_body(judge(name, register, sentences=texts), known, texts)
    return _judge(name, register, meant.bodies, texts)


def _judge(name: str, register: Registry, only: tuple[LocalGovernment, ...], sentences: NameSentences) -> NameVerdict:
    finding = examine(name, register)
    if only:
        finding = _narrowed(finding, only, register)
    candidates = tuple(body for body in finding.bodies if body in only) or only or finding.bodies
    suggestions = suggestions_for(candidates, register, finding.parts) if finding.problem else ()
    message = sentences.of(finding.problem or _ok_case(finding, register)).format(
        name=_shown(name),
        body="、".join(one.full_name for one in (finding.bodies or candidates)[:3]),
        best=suggestions[0] if suggestions else "",
        count=len(finding.bodies),
    )
    return NameVerdict(name, finding.verdict, message, finding.pattern, finding.problem, finding.bodies, suggestions)


def _for_unknown_body(verdict: NameVerdict, known: tuple[str, ...], sentences: NameSentences) -> NameVerdict:
    """A name that no body may have is refused; of another nobody can say whether it is this body's."""
    if verdict.verdict is NameOutcome.NG:
        return verdict
    problem = NameProblem.BODY_NOT_FOUND
    message = sentences.of(problem)
    return replace(
        verdict, verdict=NameOutcome.UNCLEAR, pattern=None, problem=problem, message=message, suggestions=known
    )


def _narrowed(finding: NameAnalysis, only: tuple[LocalGovernment, ...], register: Registry) -> NameAnalysis:
    """The same finding where only these bodies count."""
    if fitting := tuple(body for body in finding.bodies if body in only):
        return replace(finding, bodies=fitting)
    if finding.problem in _STRONGER or not finding.bodies:
        return replace(finding, bodies=())
    ward = _is_ward_of(finding, only, register)
    problem = NameProblem.WARD_OF_DESIGNATED_CITY if ward else NameProblem.OTHER_BODY
    return replace(finding, pattern=None, problem=problem)


def _is_ward_of(finding: NameAnalysis, cities: tuple[LocalGovernment, ...], register: Registry) -> bool:
    """北区 is a special ward; for 大阪市 it is a ward of its own."""
    wards = register.find(finding.parts.core).wards if finding.parts else ()
    return any(city in cities for city in register.cities_of(wards))


def _ok_case(finding: NameAnalysis, register: Registry) -> AcceptedCase:
    body = finding.bodies[0]
    if finding.parts and finding.parts.core == body.also:
        return AcceptedCase.OWN_SPELLING
    if len(finding.bodies) > 1:
        return AcceptedCase.HOMONYMS
    if body.kind is Kind.SPECIAL_WARD and finding.pattern is not Pattern.PREFECTURE_AND_MUNICIPALITY:
        return AcceptedCase.WARD_OF_SAME_NAME if register.find(body.name).wards else AcceptedCase.UNIQUE
    return AcceptedCase.UNIQUE


def _shown(text: str) -> str:
    """What a message repeats of a text."""
    shown = visible(official_form(text))
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
