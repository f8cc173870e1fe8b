"""Each Japanese document says what its English sibling says: headings, commands, code, links, tables and figures."""

import calendar
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
JAPANESE = sorted((ROOT / "docs").rglob("*.ja.md"))
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)#]*)(?:#[^)]*)?\)")
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MONTHS = tuple(calendar.month_name)
MONTH = re.compile(rf"\b({'|'.join(MONTHS[1:])})(?= \d)")
NUMBER_WORD = re.compile(rf"\b({'|'.join(WORDS)})\b", re.IGNORECASE)
UNITS = {
    "ms": ("ms", "ミリ秒"),
    "s": ("seconds?", "s", "秒"),
    "min": ("minutes?", "min", "分"),
    "h": ("hours?", "h", "時間"),
    "d": ("days?", "日"),
    "w": ("weeks?", "週間"),
    "%": ("%",),
    "KB": ("KB",),
    "MB": ("MB",),
}
MEASURE = re.compile(
    r"(?<![A-Za-z0-9_.:-])(\d+(?:\.\d+)?)[\s-]?(?:"
    + "|".join(f"(?P<{'percent' if unit == '%' else unit}>{'|'.join(names)})" for unit, names in UNITS.items())
    + r")(?![A-Za-z])"
)
NUMBER = re.compile(r"(?<![A-Za-z0-9_.])\d+(?:\.\d+)?")


def english(page: Path) -> Path:
    return page.with_name(page.name.replace(".ja.md", ".md"))


def sections(text: str) -> list[tuple[int, str]]:
    """Return the level of each heading outside code with the text below it."""
    blocks = FENCE.findall(text)
    parts = re.split(r"^(#+) (.*)$", FENCE.sub("\0", text), flags=re.MULTILINE)
    rest = iter(blocks)
    found = []
    for hashes, title, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        found.append((len(hashes), re.sub("\0", lambda _: next(rest), f"{title}\n{body}")))
    return found


def commands(text: str) -> list[str]:
    """Return the lines of code without the comments, which are translated."""
    lines = "\n".join(FENCE.findall(text)).splitlines()
    return [code for line in lines if (code := re.sub(r"(^|\s+)#.*$", "", line).rstrip())]


def rows(text: str) -> list[list[str]]:
    """Return the code of each row of each table."""
    return [sorted(CODE.findall(line)) for line in text.splitlines() if line.startswith("|")]


def names(text: str) -> set[str]:
    """Return the code in the prose."""
    return {" ".join(code.split()) for code in CODE.findall(FENCE.sub("", text))}


def links(text: str) -> list[str]:
    return sorted(link.replace(".ja.md", ".md") for link in LINK.findall(text))


def prose(text: str) -> str:
    """Return the text without code and addresses, numbers as digits."""
    plain = LINK.sub("]", CODE.sub(" ", FENCE.sub(" ", text)))
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", plain)
    plain = MONTH.sub(lambda found: str(MONTHS.index(found[0])), plain)
    return NUMBER_WORD.sub(lambda found: str(WORDS.index(found[0].lower()) + 1), plain)


def measures(text: str) -> Counter[tuple[str, str]]:
    """Return the figures with a unit. One of anything is left out: English has an article for it."""
    found = ((match[1], match.lastgroup or "") for match in MEASURE.finditer(prose(text)))
    return Counter(one for one in found if one[0] != "1")


def numbers(text: str) -> set[str]:
    """Return the numbers that are written as digits."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", LINK.sub("]", CODE.sub(" ", FENCE.sub(" ", text))))
    return set(NUMBER.findall(plain)) - {"1"}


def ordinals(text: str) -> set[str]:
    """Return the numbers for which English has other words."""
    return {"1"} | ({"2"} if re.search(r"\b(second|twice|both)\b", text, re.IGNORECASE) else set())


def differences(original: str, translation: str) -> list[str]:
    """Return in which respects the translation is not equal to the original."""
    ours, theirs = sections(original), sections(translation)
    if [level for level, _ in ours] != [level for level, _ in theirs]:
        return [f"headings: {[level for level, _ in ours]} != {[level for level, _ in theirs]}"]
    found = []
    for (_, here), (_, there) in zip(ours, theirs, strict=True):
        title = there.splitlines()[0]
        found += [
            f"{title}: {what}: {left} != {right}"
            for what, left, right in (
                ("code", commands(here), commands(there)),
                ("rows", rows(here), rows(there)),
                ("names", names(here), names(there)),
                ("links", links(here), links(there)),
                ("figures", measures(here), measures(there)),
            )
            if left != right
        ]
        if lost := numbers(here) - numbers(there):
            found.append(f"{title}: numbers lost: {lost}")
        if added := numbers(there) - set(NUMBER.findall(prose(here))) - ordinals(here):
            found.append(f"{title}: numbers added: {added}")
    return found


@pytest.mark.parametrize("page", JAPANESE, ids=lambda page: page.name)
def test_japanese_document_is_equal_to_the_english_one(page: Path) -> None:
    original, translation = english(page).read_text(encoding="utf-8"), page.read_text(encoding="utf-8")
    assert differences(original, translation) == []


@pytest.mark.parametrize("page", JAPANESE, ids=lambda page: page.name)
def test_japanese_document_is_found_from_its_sibling_and_the_japanese_readme(page: Path) -> None:
    assert f"日本語: [{page.name}]({page.name})" in english(page).read_text(encoding="utf-8")
    assert f"English: [{english(page).name}]({english(page).name})" in page.read_text(encoding="utf-8")
    assert f"]({page.relative_to(ROOT)})" in (ROOT / "README.ja.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", JAPANESE, ids=lambda page: page.name)
def test_paragraphs_and_headings_of_a_japanese_document_are_in_japanese(page: Path) -> None:
    """No paragraph, list or heading was left in English."""
    paragraphs = re.split(r"\n\s*\n", FENCE.sub("", page.read_text(encoding="utf-8")))
    wrong = [one for one in paragraphs if one.strip() and not re.search(r"[ぁ-んァ-ヶ一-龠]", CODE.sub("", one))]
    assert [one for one in wrong if not one.startswith(("English: ", "```"))] == []


def test_pages_of_operators_are_there_in_japanese() -> None:
    assert {page.name for page in JAPANESE} >= {
        "operations.ja.md",
        "deployment.ja.md",
        "console.ja.md",
        "security.ja.md",
    }


def cells(name: str, heading: str) -> list[list[str]]:
    """Return the rows of the table below the heading of a README."""
    section = (ROOT / name).read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")][1:]


def test_both_readmes_keep_the_same_things_for_the_same_time() -> None:
    kept = zip(cells("README.md", "What is stored"), cells("README.ja.md", "保管するもの"), strict=True)
    assert [(here, there) for here, there in kept if measures(here[2]) != measures(there[2])] == []


def test_both_readmes_have_the_same_settings_in_the_same_order() -> None:
    ours, theirs = (
        [setting for row in cells(name, heading) for setting in CODE.findall(row[0])]
        for name, heading in (("README.md", "Settings"), ("README.ja.md", "設定"))
    )
    assert len(ours) > 20
    assert ours == theirs


ORIGINAL = "# Keys\n\nKept for two days, see [x](x.md#y).\n\n```sh\nrun --fast  # a note\n```\n\n| `A` | 10 s |\n"
EQUAL = "# 鍵\n\n2日間保管。[x](x.ja.md#z)を参照。\n\n```sh\nrun --fast  # 注\n```\n\n| `A` | 10秒 |\n"


@pytest.mark.parametrize(
    ("translation", "equal"),
    [
        (EQUAL, True),
        (EQUAL.replace("# 鍵", "## 鍵"), False),
        (EQUAL.replace("2日間", "3日間"), False),
        (EQUAL.replace("2日間", "2時間"), False),
        (EQUAL.replace("10秒", "10分"), False),
        (EQUAL.replace("--fast", "--slow"), False),
        (EQUAL.replace("`A`", "`B`"), False),
        (EQUAL.replace("| `A` | 10秒 |\n", ""), False),
        (EQUAL.replace("x.ja.md", "y.md"), False),
        (EQUAL + "上限は70件。\n", False),
    ],
)
def test_comparison_finds_what_differs(translation: str, equal: bool) -> None:
    assert (differences(ORIGINAL, translation) == []) == equal
