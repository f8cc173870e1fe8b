"""The labelled questions that the ranker learns from: one file a writer, one question a line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.knowledge import JA
from bot.content.loader import ContentError, ContentModel, load_yaml
from bot.content.models import Line

OUT = "-"
_ALSO_OUT = "out_of_scope"
FOLDER = JA / "questions"


JUDGED = "judged_questions"  # the file and the writer of the questions that editors have judged


class JudgedQuestions(ContentModel):
    """`judged_questions.yaml`: questions that are out of scope, by the kind of their desk."""

    outside: Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its right entries, best first.

    `several`: it asks for all of them; otherwise each of them alone is right. None: out of scope, and then `kind`
    names the desk for it, if that is known.
    """

    text: str
    entries: tuple[str, ...]
    several: bool = False
    kind: str = ""
    writer: str = ""
    line: int = 0

    @property
    def in_scope(self) -> bool:
        return bool(self.entries)


def load_questions(known: Iterable[str], folder: Path = FOLDER) -> tuple[Question, ...]:
    """All questions of a folder, by writer, and those that editors judged; raises ContentError with file and line."""
    allowed = frozenset(known)
    written = tuple(one for path in sorted(folder.glob("*.tsv")) for one in read_questions(path, allowed))
    return (*written, *_of_the_desk()) if folder == FOLDER else written


def _of_the_desk() -> Iterator[Question]:
    for kind, texts in load_yaml(JA / f"{JUDGED}.yaml", JudgedQuestions).outside.items():
        for text in texts:
            yield Question(text, (), kind="" if kind == "unknown" else kind, writer=JUDGED)


def read_questions(path: Path, known: Iterable[str]) -> tuple[Question, ...]:
    """The questions of one file: label, tab, question.

    A label is an id, `a,b` (either is right), `a+b` (both are asked for), `-` (out of scope) (also `out_of_scope`) or
    `-kind` with the desk of `desks.yaml`. A byte order mark, as spreadsheets write it, is no part of the first line.
    """
    return tuple(_read(path, frozenset(known)))


def _read(path: Path, known: frozenset[str]) -> Iterator[Question]:
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        label, tab, text = line.partition("\t")
        if not tab or not text.strip():
            raise ContentError(path, number, "not a label, a tab and a question")
        if label.startswith(OUT) or label == _ALSO_OUT:
            yield Question(text, (), kind=label.removeprefix(_ALSO_OUT)[1:], writer=path.stem, line=number)
            continue
        entries = tuple(label.replace("+", ",").split(","))
        missing = [name for name in entries if name not in known]
        if missing:
            raise ContentError(path, number, f"no such entry: {missing[0]}")
        yield Question(text, entries, "+" in label, writer=path.stem, line=number)


def _text(path: Path) -> str:
    read = path.read_bytes()
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise ContentError(path, line, "not UTF-8: save the file as UTF-8") from None
