"""The operators' passwords: scrypt from Werkzeug, written so that neither a shell nor a compose file changes it."""

import unicodedata

from werkzeug.security import check_password_hash, generate_password_hash

SHORTEST, LONGEST = 12, 200
# the hash of no password: an unknown name takes as long to refuse as a wrong password
_NOBODY = "scrypt:32768:8:1.madoguchi0nobody." + "0" * 128


def digest_of(password: str) -> str:
    """Return the hash for CONSOLE_USERS: Werkzeug's format with `.` for `$`."""
    return generate_password_hash(_plain(password), method="scrypt").replace("$", ".")


def has_good_length(password: str) -> bool:
    """Return True if the password has 12 to 200 characters in the form that is hashed: `㍿` counts as four."""
    return SHORTEST <= len(_plain(password)) <= LONGEST


def matches(digest: str | None, password: str) -> bool:
    """Return True if the password fits. It takes the same time if there is no such operator (`digest` is None)."""
    known = check_password_hash((digest or _NOBODY).replace(".", "$"), _plain(password)[:LONGEST])
    return known and digest is not None


def _plain(password: str) -> str:
    """Normalize a password, so that every keyboard gives the same one."""
    return unicodedata.normalize("NFKC", password)
