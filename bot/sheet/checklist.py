"""The address of the printable checklist: it names the ticked items and nothing of the user, so it is not signed."""

from collections.abc import Iterable, Sequence

NOTHING = "-"


def checklist_address(public_url: str, ticked: Sequence[str]) -> str:
    """Return the address of the checklist with these items ticked."""
    return f"{public_url}/sheet/checklist/{'.'.join(ticked) or NOTHING}"


def ticks_in(value: str, known: Iterable[str]) -> frozenset[str]:
    """Return the ticked items that an address names. Unknown names are ignored."""
    return frozenset(value.split(".")) & frozenset(known)
