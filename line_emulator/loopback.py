"""Recognises the names and addresses of this machine."""

from ipaddress import ip_address


def is_loopback(host: str | None) -> bool:
    """Return True for 127.0.0.0/8, ::1 (also IPv4 mapped to IPv6) and localhost."""
    if not host:
        return False
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)
