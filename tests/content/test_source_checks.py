"""The edition stands in one file: a change there is a change under every answer."""

from pathlib import Path
from shutil import copytree

import pytest

from bot.content.knowledge import JA, load_knowledge
from bot.content.loader import ContentError
from bot.content.source_checks import check_source
from tests.edition import CITED, EDITION, SOURCE


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(copytree(JA, tmp_path / "ja"))


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_content_names_its_edition_in_one_file() -> None:
    check_source()


def test_a_new_edition_is_one_line_and_stands_in_every_answer(content: Path) -> None:
    change(content / "source.yaml", EDITION, "2031年4月版")
    change(content / "source.yaml", f"published: {SOURCE.published}", "published: 2031-04-01")
    changed = load_knowledge(content)
    said = [line for entry in changed.entries for line in entry.text]
    assert all("2031年4月版" in changed.cite(entry) for entry in changed.entries)
    assert any("2031年4月版にもとづいています" in line for line in said)
    assert any("2031年4月時点" in line for line in said)
    assert not [line for line in said if EDITION in line or "<<" in line]


@pytest.mark.parametrize(
    ("after", "problem"),
    [
        (CITED, f"write <<edition>> instead of {EDITION}"),
        ("媒体資料 2020年2月版", "write <<edition>> instead of 2020年2月版"),
        (f"{SOURCE.published.year}年{SOURCE.published.month}月の資料", "write <<month>> instead of"),
    ],
)
def test_a_file_that_names_the_edition_itself_is_named_with_its_line(content: Path, after: str, problem: str) -> None:
    change(content / "name_check.yaml", "<<title>> <<edition>>", after)
    with pytest.raises(ContentError, match=rf"name_check\.yaml:\d+: {problem}"):
        check_source(content)


def test_a_page_behind_the_last_one_is_named_wherever_it_stands(content: Path) -> None:
    change(content / "name_check.yaml", "page: 6", f"page: {SOURCE.pages + 1}")
    with pytest.raises(ContentError, match=rf"name_check\.yaml:\d+: the source has {SOURCE.pages} pages"):
        check_source(content)


def test_an_answer_cannot_cite_a_page_that_the_source_has_not(content: Path) -> None:
    change(content / "source.yaml", f"pages: {SOURCE.pages}", "pages: 3")
    with pytest.raises(ContentError, match=r"\.yaml:\d+: the source has 3 pages"):
        load_knowledge(content)


def test_a_word_that_the_source_file_does_not_have_is_named_with_its_line(content: Path) -> None:
    change(content / "knowledge" / "plan.yaml", "<<month>>", "<<mouth>>")
    with pytest.raises(ContentError, match=r"plan\.yaml:\d+: source\.yaml has no <<mouth>>"):
        load_knowledge(content)


def test_no_test_and_no_document_names_the_edition() -> None:
    root = Path(__file__).parents[2]
    files = [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("tests/**/*.py"), *root.glob("bot/**/*.py")]
    assert [path.name for path in files if EDITION in path.read_text(encoding="utf-8")] == []
