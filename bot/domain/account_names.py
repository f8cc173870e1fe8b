"""The account-name rule: whether a name would be accepted, and which names would."""

from dataclasses import replace

from bot.domain.check_results import State
from bot.domain.government_check import classify
from bot.domain.name_analysis import NameAnalysis, examine
from bot.domain.name_suggestions import suggestions_for
from bot.domain.name_verdict import AcceptedCase, NameFacts, NameOutcome, NameProblem, NameVerdict, Pattern
from bot.governments import Kind, LocalGovernment, Registry

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


def judge(name: str, register: Registry, *, government: LocalGovernment | None = None) -> NameVerdict:
    """Judge a text as an account name. If a body is given, only as a name of that body."""
    return _judge(name, register, (government,) if government else ())


def judge_for(name: str, register: Registry, *, government: str) -> NameVerdict:
    """Judge a name for a typed body. A text that fits several bodies stands for each of them."""
    if classify(government, register).state is State.FAIL:
        return NameVerdict(name, NameOutcome.NG, NameProblem.BODY_NOT_ELIGIBLE, NameFacts(governments=(government,)))
    meant = register.find(government)
    if not meant.is_certain:
        return _for_unknown_body(judge(name, register), suggestions_for(meant.governments, register, None))
    return _judge(name, register, meant.governments)


def _judge(name: str, register: Registry, only: tuple[LocalGovernment, ...]) -> NameVerdict:
    finding = examine(name, register)
    if only:
        finding = _narrowed(finding, only, register)
    candidates = (
        tuple(government for government in finding.governments if government in only) or only or finding.governments
    )
    suggestions = suggestions_for(candidates, register, finding.parts) if finding.problem else ()
    facts = NameFacts(
        name=name,
        governments=tuple(one.full_name for one in finding.governments or candidates),
        count=len(finding.governments),
        best=suggestions[0] if suggestions else "",
    )
    case = finding.problem or _accepted_case(finding, register)
    return NameVerdict(name, finding.verdict, case, facts, finding.pattern, finding.governments, suggestions)


def _for_unknown_body(verdict: NameVerdict, known: tuple[str, ...]) -> NameVerdict:
    """Return "not found" as the verdict, unless the name is refused for every body."""
    if verdict.verdict is NameOutcome.NG:
        return verdict
    return replace(
        verdict, verdict=NameOutcome.UNCLEAR, case=NameProblem.BODY_NOT_FOUND, pattern=None, suggestions=known
    )


def _narrowed(finding: NameAnalysis, only: tuple[LocalGovernment, ...], register: Registry) -> NameAnalysis:
    """The same finding where only these bodies count."""
    if fitting := tuple(government for government in finding.governments if government in only):
        return replace(finding, governments=fitting)
    if finding.problem in _STRONGER or not finding.governments:
        return replace(finding, governments=())
    ward = _is_ward_of(finding, only, register)
    problem = NameProblem.WARD_OF_DESIGNATED_CITY if ward else NameProblem.OTHER_BODY
    return replace(finding, pattern=None, problem=problem)


def _is_ward_of(finding: NameAnalysis, cities: tuple[LocalGovernment, ...], register: Registry) -> bool:
    """北区 is a special ward; for 大阪市 it is a ward of its own."""
    wards = register.find(finding.parts.core).wards if finding.parts else ()
    return any(city in cities for city in register.cities_of(wards))


def _accepted_case(finding: NameAnalysis, register: Registry) -> AcceptedCase:
    government = finding.governments[0]
    if finding.parts and finding.parts.core == government.also:
        return AcceptedCase.OWN_SPELLING
    if len(finding.governments) > 1:
        return AcceptedCase.HOMONYMS
    if government.kind is Kind.SPECIAL_WARD and finding.pattern is not Pattern.PREFECTURE_AND_MUNICIPALITY:
        return AcceptedCase.WARD_OF_SAME_NAME if register.find(government.name).wards else AcceptedCase.UNIQUE
    return AcceptedCase.UNIQUE
