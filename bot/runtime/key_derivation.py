"""Keys derived from SECRET_KEY, one for each purpose. Nothing of the store is imported, so pure packages may use it."""

import hmac


def derive_key(secret_key: str, purpose: str) -> bytes:
    """Return the key for this purpose, derived from the first of SECRET_KEY's keys.

    A value made with it is worth nothing for any other purpose.
    """
    return derive_keys(secret_key, purpose)[0]


def derive_keys(secret_key: str, purpose: str) -> tuple[bytes, ...]:
    """Return the key for this purpose of each of SECRET_KEY's keys.

    Write with the first; read with any, because values written before a change of SECRET_KEY need the older ones.
    """
    info = f"madoguchi/{purpose}".encode()
    return tuple(hmac.digest(one.encode(), info, "sha256") for one in secret_key.split(","))
