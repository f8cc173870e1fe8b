"""The account-name rule: whether a name would be accepted, and which names would."""

from dataclasses import replace

from bot.content.account_names import NameSentences, load_sentences
from bot.domain.name_finding import Finding, examine
from bot.domain.name_suggestions import suggestions_for
from bot.domain.name_verdict import NameVerdict, OkCase, Pattern, Problem, Verdict
from bot.register import Body, Kind, Register
from bot.register.spelling import official_form, visible

_SHOWN = 30  # characters of a name that a message repeats
# Problems that say more than "not this body's name" even if the name is another body's.
_STRONGER = frozenset(
    (
        Problem.UNION,
        Problem.NATIONAL_BODY,
        Problem.ASSOCIATION,
        Problem.MISSPELLED,
        Problem.WARD_OF_DESIGNATED_CITY,
        Problem.TOO_LONG,
        Problem.HIDDEN_CHARACTERS,
    )
)


def judge(
    name: str, register: Register, *, body: Body | None = None, sentences: NameSentences | None = None
) -> NameVerdict:
    """The verdict on any text as an account name; with a body, only as that body's name."""
    if body is not None and body.is_ward_of_city:
        return refuse_body(name, register, body, sentences=sentences)
    finding = examine(name, register)
    if body is not None:
        finding = _for_body(finding, body, register)
    candidates = finding.bodies if body is None else (body,)
    suggestions = suggestions_for(candidates, register, finding.parts)
    case = finding.problem or _ok_case(finding, register)
    message = _sentence(sentences or load_sentences(), case, name, finding.bodies or candidates, suggestions)
    return NameVerdict(
        name,
        finding.verdict,
        message,
        finding.pattern,
        finding.problem,
        finding.bodies,
        () if finding.problem is None else suggestions,
    )


def refuse_body(name: str, register: Register, ward: Body, *, sentences: NameSentences | None = None) -> NameVerdict:
    """The verdict where the body itself is a ward of a designated city: no name of it is accepted."""
    suggestions = suggestions_for(register.cities_of((ward,)), register, None)
    problem = Problem.BODY_NOT_ELIGIBLE
    message = _sentence(sentences or load_sentences(), problem, name, (ward,), suggestions)
    return NameVerdict(name, Verdict.NG, message, problem=problem, suggestions=suggestions)


def _for_body(finding: Finding, body: Body, register: Register) -> Finding:
    """The same finding where only one body counts."""
    if body in finding.bodies:
        return replace(finding, bodies=(body,))
    if finding.problem in _STRONGER or not finding.bodies:
        return finding
    problem = Problem.OTHER_BODY
    if finding.problem is None and _is_ward_of(finding, body, register):
        problem = Problem.WARD_OF_DESIGNATED_CITY
    return replace(finding, pattern=None, problem=problem)


def _is_ward_of(finding: Finding, city: Body, register: Register) -> bool:
    """北区 is a special ward; for 大阪市 it is a ward of its own."""
    name = finding.parts.core if finding.parts else ""
    return any(
        (ward.name, ward.city, ward.prefecture) == (name, city.name, city.prefecture)
        for ward in register.find(name).wards
    )


def _ok_case(finding: Finding, register: Register) -> OkCase:
    body = finding.bodies[0]
    if finding.parts and finding.parts.core == body.also:
        return OkCase.OWN_SPELLING
    if len(finding.bodies) > 1:
        return OkCase.HOMONYMS
    if body.kind is Kind.SPECIAL_WARD and finding.pattern is Pattern.MUNICIPALITY_NAME:
        return OkCase.WARD_OF_SAME_NAME if register.find(body.name).wards else OkCase.UNIQUE
    return OkCase.UNIQUE


def _sentence(
    sentences: NameSentences,
    case: OkCase | Problem,
    name: str,
    bodies: tuple[Body, ...],
    suggestions: tuple[str, ...],
) -> str:
    shown = visible(official_form(name))
    return sentences.of(case).format(
        name=shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…",
        body="、".join(body.full_name for body in bodies[:3]),
        best=suggestions[0] if suggestions else "",
        count=len(bodies),
    )
