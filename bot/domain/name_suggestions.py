"""Names that would be accepted for a body, the likeliest first."""

from itertools import chain, zip_longest

from bot.governments import Kind, LocalGovernment, Registry
from bot.governments.name_parts import NameParts

MOST = 12


def suggestions_for(
    governments: tuple[LocalGovernment, ...], register: Registry, parts: NameParts | None
) -> tuple[str, ...]:
    """All accepted names of one body, or the best ones of several, in the shape that was typed."""
    ranked = [_forms(government, register, parts) for government in governments[:MOST]]
    by_rank = chain.from_iterable(zip_longest(*ranked))
    return tuple(dict.fromkeys(name for name in by_rank if name))[:MOST]


def _forms(government: LocalGovernment, register: Registry, parts: NameParts | None) -> tuple[str, ...]:
    if government.kind is Kind.PREFECTURE:
        forms: tuple[str, ...] = (government.name, government.office)
        return forms[::-1] if parts and parts.office else forms
    if parts and parts.office:
        return government.office, government.name, government.full_name
    # if two bodies share a name, the prefecture distinguishes them
    if (parts and parts.prefecture) or len(register.homonyms(government)) > 1:
        return government.full_name, government.name, government.office
    return government.name, government.full_name, government.office
