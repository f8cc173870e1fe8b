"""Passwords of the operators: scrypt through Werkzeug, written so that no shell and no compose file alters it."""

import unicodedata

from werkzeug.security import check_password_hash, generate_password_hash

SHORTEST, LONGEST = 12, 200
# of no password: whoever names nobody waits as long as everybody else
_NOBODY = "scrypt:32768:8:1.madoguchi0nobody." + "0" * 128


def digest_of(password: str) -> str:
    """As it stands in CONSOLE_USERS: Werkzeug's own form with `.` for `$`."""
    return generate_password_hash(_plain(password), method="scrypt").replace("$", ".")


def matches(digest: str | None, password: str) -> bool:
    """Takes the same time whether or not there is such an operator (`digest` is None)."""
    known = check_password_hash((digest or _NOBODY).replace(".", "$"), _plain(password)[:LONGEST])
    return known and digest is not None


def _plain(password: str) -> str:
    """The same password from every keyboard."""
    return unicodedata.normalize("NFKC", password)
