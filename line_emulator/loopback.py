"""Which names and addresses are this machine's own."""

from ipaddress import ip_address


def is_loopback(host: str | None) -> bool:
    """Whether it is one of 127.0.0.0/8, ::1 (also written as IPv4 in IPv6), or localhost."""
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
