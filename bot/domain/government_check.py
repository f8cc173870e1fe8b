"""Classification of a typed body: one that the plan is for, a part of one, or something else."""

from bot.domain.check_results import BodyReason, GovernmentResult
from bot.domain.name_suggestions import suggestions_for
from bot.governments import Match, MatchLevel, Registry
from bot.governments.affixes import AffixKind, affix_kind
from bot.governments.spelling import official_form, visible

_REASONS = {
    AffixKind.UNION: BodyReason.UNION,
    AffixKind.NATIONAL: BodyReason.NATIONAL_BODY,
    AffixKind.AFFILIATE: BodyReason.AFFILIATE,
    AffixKind.ORGAN: BodyReason.ORGAN,
}
_UNSURE = frozenset((MatchLevel.FORMER, MatchLevel.FUZZY, MatchLevel.NONE))


def classify(text: str, register: Registry) -> GovernmentResult:
    """The finding on any text as the body that wants the plan; a body with homonyms is found all the same."""
    lookup = register.find(text)
    reason = _reason(text, lookup)
    if reason is BodyReason.NOT_FOUND:
        return GovernmentResult(reason)
    governments = lookup.choices
    if reason is BodyReason.DESIGNATED_WARD:
        governments = register.cities_of(lookup.wards) or lookup.governments
    name = governments[0].full_name if len(governments) == 1 else ""
    return GovernmentResult(reason, name, suggestions_for(governments, register, None))


def _reason(text: str, lookup: Match) -> BodyReason:
    unsure = lookup.level in _UNSURE
    # 西多摩衛生組合 bears no body's name: then the words themselves have to tell
    beside = affix_kind(visible(official_form(text)) if unsure else lookup.beside)
    if beside in {AffixKind.UNION, AffixKind.NATIONAL, AffixKind.AFFILIATE}:
        return _REASONS[beside]
    if lookup.names_ward:
        return BodyReason.DESIGNATED_WARD
    if unsure:
        return BodyReason.NOT_FOUND
    if beside is AffixKind.ORGAN:
        return BodyReason.ORGAN
    return BodyReason.SEVERAL if len(lookup.choices) > 1 else BodyReason.REGISTERED
