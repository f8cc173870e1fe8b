"""Classification of a typed body: one that the plan is for, a part of one, or something else."""

from bot.domain.check_results import BodyReason, GovernmentResult
from bot.domain.name_suggestions import suggestions_for
from bot.governments import Level, Lookup, Registry
from bot.governments.affixes import Extra, extra_of
from bot.governments.spelling import official_form, visible

_REASONS = {
    Extra.UNION: BodyReason.UNION,
    Extra.NATIONAL: BodyReason.NATIONAL_BODY,
    Extra.AFFILIATE: BodyReason.AFFILIATE,
    Extra.ORGAN: BodyReason.ORGAN,
}
_UNSURE = frozenset((Level.FORMER, Level.FUZZY, Level.NONE))


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


def _reason(text: str, lookup: Lookup) -> BodyReason:
    unsure = lookup.level in _UNSURE
    # 西多摩衛生組合 bears no body's name: then the words themselves have to tell
    beside = extra_of(visible(official_form(text)) if unsure else lookup.extra)
    if beside in {Extra.UNION, Extra.NATIONAL, Extra.AFFILIATE}:
        return _REASONS[beside]
    if lookup.names_ward:
        return BodyReason.DESIGNATED_WARD
    if unsure:
        return BodyReason.NOT_FOUND
    if beside is Extra.ORGAN:
        return BodyReason.ORGAN
    return BodyReason.SEVERAL if len(lookup.choices) > 1 else BodyReason.REGISTERED
