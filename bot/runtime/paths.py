"""Finds the templates: beside the package in a checkout, inside the package in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def templates_dir(kind: str) -> Path:
    """Return the folder of one kind of templates ("flex", "web"). Raise FileNotFoundError if it is missing."""
    for root in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if (root / kind).is_dir():
            return root / kind
    raise FileNotFoundError(f"no templates of kind {kind!r} beside or inside {_PACKAGE}")
