import re
from pathlib import Path
from shutil import copytree

import pytest

from bot.content.knowledge import JA, load_knowledge
from bot.content.loader import ContentError
from bot.content.models import Entry
from bot.text.measure import graphemes, utf16_length
from tests.content.facts import FACTS, Page
from tests.edition import CITED, SOURCE

KNOWLEDGE = load_knowledge()
TOPICS = set(Path(__file__).parent.joinpath("topics.txt").read_text(encoding="utf-8").split())
FIGURE = re.compile(r"\d[\d,]*")
MAIL = re.compile(r"[\w.-]+@[\w-]+(?:\.[\w-]+)+")


def said(entry: Entry) -> str:
    return "\n".join((entry.title, entry.short, *entry.text, *(link.label for link in entry.links)))


def pages(entry: Entry) -> list[Page]:
    return [FACTS.pages[page] for page in entry.pages]


def each_entry(*, but: frozenset[str] = frozenset()) -> pytest.MarkDecorator:
    entries = [entry for entry in KNOWLEDGE.entries if entry.id not in but]
    return pytest.mark.parametrize("entry", entries, ids=lambda entry: entry.id)


# The entry on the source itself names the edition, which is the source's name and no figure of a page.
@each_entry()
def test_every_figure_of_an_answer_stands_on_its_pages(entry: Entry) -> None:
    allowed = set().union(*(page.figures | page.counted for page in pages(entry)))
    assert set(FIGURE.findall(MAIL.sub("", said(entry)))) <= allowed


@each_entry()
def test_every_address_of_an_answer_stands_on_its_pages(entry: Entry) -> None:
    assert {link.url for link in entry.links} <= set().union(*(page.urls for page in pages(entry)))
    mails = {copy.text for copy in entry.copies} | set(MAIL.findall(said(entry)))
    assert mails <= set().union(*(page.mails for page in pages(entry)))


def test_every_figure_and_address_of_the_source_is_in_an_answer() -> None:
    for number, page in FACTS.pages.items():
        entries = [entry for entry in KNOWLEDGE.entries if number in entry.pages]
        figures = {figure for entry in entries for figure in FIGURE.findall(said(entry))}
        urls = {link.url for entry in entries for link in entry.links}
        mails = {copy.text for entry in entries for copy in entry.copies}
        assert page.figures <= figures, number
        assert page.urls <= urls, number
        assert page.mails <= mails, number


def test_every_page_with_statements_has_entries() -> None:
    assert {page for entry in KNOWLEDGE.entries for page in entry.pages} == {1, *range(3, 17)}


def test_each_topic_staff_ask_about_has_its_entry() -> None:
    assert set(KNOWLEDGE.by_id) >= TOPICS


def test_the_thirteen_answers_of_the_questions_pages_and_the_ten_partners_are_entries() -> None:
    questions = [entry for entry in KNOWLEDGE.entries if entry.question]
    assert len(questions) == 13
    assert all(set(entry.pages) & {15, 16} for entry in questions)
    partners = [entry for entry in KNOWLEDGE.entries if set(entry.pages) <= {10, 11, 12, 13}]
    assert len(partners) == 10
    assert all(entry.links for entry in partners)


@each_entry()
def test_an_answer_is_short_and_every_sentence_ends(entry: Entry) -> None:
    assert sum(map(graphemes, entry.text)) <= 300
    assert len(entry.ask) >= 5
    assert len(set(entry.ask)) == len(entry.ask)
    assert entry.text[-1].endswith("。")


@each_entry()
def test_labels_fit_every_button_of_line(entry: Entry) -> None:
    labels = [entry.short, *(link.label for link in entry.links), *(copy.label for copy in entry.copies)]
    assert all(0 < graphemes(label) <= 20 and utf16_length(label) <= 40 for label in labels)
    assert all(utf16_length(copy.text) <= 1000 for copy in entry.copies)


def test_no_category_is_longer_than_a_menu() -> None:
    assert all(len(category.entries) <= 10 for category in KNOWLEDGE.categories)
    assert sum(len(category.entries) for category in KNOWLEDGE.categories) == len(KNOWLEDGE.entries)


def test_an_answer_names_document_edition_and_pages() -> None:
    assert KNOWLEDGE.cite(KNOWLEDGE.by_id["apply_online"]) == f"{CITED} 15ページ"
    assert KNOWLEDGE.cite(KNOWLEDGE.by_id["lead_time"]) == f"{CITED} 7・15ページ"
    assert KNOWLEDGE.cite(KNOWLEDGE.by_id["partner_list"]) == f"{CITED} 10~14ページ"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("related: [pid_change, pid_fee]", "related: [pid_chance]", "no such entry: pid_chance"),
        ("related: [pid_change, pid_fee]", "related: [pid_format]", "no such entry: pid_format"),
        ("  - id: pid_format\n", "  - id: plan_fee\n", "id used twice: plan_fee"),
        ("short: プレミアムIDの文字", "short: プレミアムIDの料金", "short used twice: プレミアムIDの料金"),
        ("pages: [5]", "pages: [99]", f"the source has {SOURCE.pages} pages: 99"),
        ("    text:\n", "    texts:\n", "entries.0."),
        ("short: プレミアムIDの文字", "short: プレミアムIDに使うことのできる文字について", "longer than 20"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    folder = Path(copytree(JA, tmp_path / "ja"))
    broken = folder / "knowledge" / "premium_id.yaml"
    text = broken.read_text(encoding="utf-8")
    assert old in text
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(problem)) as caught:
        load_knowledge(folder)
    assert caught.value.path == broken
    wrong = broken.read_text(encoding="utf-8").splitlines()[caught.value.line - 1]
    assert wrong.strip() in {line.strip() for line in new.splitlines()} or "text" in wrong or "id:" in wrong


def test_a_link_leads_only_to_addresses_of_the_source(tmp_path: Path) -> None:
    folder = Path(copytree(JA, tmp_path / "ja"))
    broken = folder / "knowledge" / "fee.yaml"
    broken.write_text(broken.read_text("utf-8").replace("www.lycbiz.com", "www.lycbiz.co", 1), encoding="utf-8")
    with pytest.raises(ContentError, match=r"fee\.yaml:\d+: not an address of the source: https://www\.lycbiz\.co/"):
        load_knowledge(folder)
