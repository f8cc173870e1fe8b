"""The check of all addresses in the content: they lead to the hosts of the source and nowhere else."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from bot.content.loader import JA, ContentError, load_yaml
from bot.content.models import Source
from bot.content.release import content_files, release_units, units_with
from bot.content.units import Value
from bot.content.version import current

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"'（）「」、。]*")


def leads_to(address: str, hosts: Collection[str]) -> bool:
    """Return True for an https address at one of these hosts that every browser reads alike."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    # browsers take a backslash for a slash, so that https://evil.example\@good.example leads to the first
    plain = "\\" not in address and "@" not in parts.netloc and port is None
    return plain and parts.scheme == "https" and parts.hostname in hosts


def check_addresses() -> None:
    """Raise ContentError for the first address of the content in use that does not lead to the source."""
    hosts = load_yaml(JA / "source.yaml", Source).hosts
    for unit, value in units_with(current().changes).items():
        is_one = str(release_units().get(unit)).startswith("https://")
        for address in [str(value)] if is_one else _addresses(value):
            if not leads_to(address, hosts):
                path = content_files()[unit.partition(":")[0]]
                lines = path.read_text(encoding="utf-8").splitlines()
                number = next((place for place, line in enumerate(lines, start=1) if address in line), 1)
                raise ContentError(path, number, f"not an address of the source: {address} ({unit})")


def _addresses(value: Value) -> Iterator[str]:
    """Return the addresses in the texts of a part of the content, and what stands in place of one in a link."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from [str(part)] if name == "url" else _addresses(part)
    elif isinstance(value, list):
        for part in value:
            yield from _addresses(part)
    elif value is not None:
        yield from _ADDRESS.findall(value)
