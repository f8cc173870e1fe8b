import re
from pathlib import Path

import pytest

from bot.content.loader import ContentError, ContentModel, load_yaml
from bot.errors import PermanentError


class Button(ContentModel):
    label: str
    url: str = ""


class Page(ContentModel):
    title: str
    number: int = 0
    open: bool = False
    buttons: tuple[Button, ...] = ()


def read(folder: Path, text: str | bytes) -> Page:
    path = folder / "page.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_yaml(path, Page)


@pytest.mark.parametrize("word", ["no", "on", "yes", "1_000", "2023-10-01", "012", "1e3", "null", "~", "0x1F", "12:30"])
def test_text_stays_what_the_writer_typed(tmp_path: Path, word: str) -> None:
    assert read(tmp_path, f"title: {word}\n").title == word


def test_a_model_that_asks_for_numbers_and_truth_gets_them(tmp_path: Path) -> None:
    page = read(tmp_path, "title: t\nnumber: 12\nopen: true\n")
    assert (page.number, page.open) == (12, True)


def test_what_was_read_cannot_be_changed(tmp_path: Path) -> None:
    page = read(tmp_path, "title: t\n")
    with pytest.raises(ValueError, match="frozen"):
        page.title = "u"  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("title: t\nnumber: twelve\n", 2, "number: "),
        ("number: 1\n", 1, "title: Field required"),
        ("title: t\n\ncolour: red\n", 3, "colour: Extra inputs"),
        ("title: t\nbuttons:\n  - label: a\n  - label: b\n    ulr: c\n", 5, "buttons.1.ulr: "),
        ("title: t\nbuttons:\n  - label: a\n  - url: c\n", 4, "buttons.1.label: Field required"),
        ("title: t\nnumber: 1\ntitle: u\n", 3, "key written twice: title"),
        ("title: t\nbuttons: &b\n  - *b\n", 2, "refers to itself"),
        ("title: t\n? [a, b]\n: c\n", 2, "a key must be plain text"),
        ("title: [t\n", 2, "not YAML: "),
        ("title: t\n\tnumber: 1\n", 2, "not YAML: "),
        ("title: t\nopen: maybe\n", 2, "open: "),
        ('title: "a\\vb"\n', 1, "has a control character: U+000B"),
        ("title: t\nbuttons:\n  - label: 'a\tb'\n", 3, "has a control character: U+0009"),
        ("", 1, "empty"),
        ("# only a remark\n", 1, "empty"),
        ("- title\n", 1, ": "),
        (b"title: \xff\n", 1, "not UTF-8"),
    ],
)
def test_a_mistake_names_file_line_and_what_is_wrong(
    tmp_path: Path, text: str | bytes, line: int, problem: str
) -> None:
    with pytest.raises(ContentError, match=re.escape(problem)) as caught:
        read(tmp_path, text)
    assert (caught.value.path.name, caught.value.line) == ("page.yaml", line)
    assert str(caught.value).startswith(f"page.yaml:{line}: ")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_a_content_error_and_never_retried(tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match=r"gone\.yaml:1: cannot be read"):
        load_yaml(tmp_path / "gone.yaml", Page)
