"""Where the templates lie: beside the package in a checkout, inside it in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def templates_dir(kind: str) -> Path:
    """The folder of one kind of templates ("flex", "web"); FileNotFoundError names what is missing."""
    for root in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if (root / kind).is_dir():
            return root / kind
    raise FileNotFoundError(f"no templates of kind {kind!r} beside or inside {_PACKAGE}")
