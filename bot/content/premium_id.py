"""The sentences about a wished premium ID."""

from collections.abc import Mapping

from pydantic import model_validator

from bot.content.loader import ContentModel
from bot.content.placeholders import placeholders, refuse_missing, refuse_unknown
from bot.content.texts import QuestionText
from bot.domain.premium_ids import CheckedId, IdProblem


class IdRow(ContentModel):
    """A row of the table, with a cell for each kind of ID."""

    label: str
    cells: tuple[str, ...]


class IdTable(ContentModel):
    """The two kinds of ID side by side."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[IdRow, ...]
    emphasised: int
    notes: tuple[str, ...]
    pages: tuple[int, ...]

    @model_validator(mode="after")
    def _even(self) -> "IdTable":
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("a row has too few or too many cells")
        return self


class IdCard(ContentModel):
    """The sentences on the card of the ID check."""

    valid: str
    invalid: str
    proposals: str
    copy_label: str


class IdButtons(ContentModel):
    """Labels."""

    check: str
    other: str
    table: str


class PremiumIdTexts(ContentModel):
    """The sentences on IDs; every problem has one."""

    page: int
    valid: str
    invalid: str
    proposal: str
    problems: Mapping[IdProblem, str]
    only_line_knows: str
    cannot_undo: str
    heading: str
    table: IdTable
    question: QuestionText
    card: IdCard
    buttons: IdButtons

    @model_validator(mode="after")
    def _complete(self) -> "PremiumIdTexts":
        refuse_missing(self.problems, IdProblem)
        refuse_unknown(placeholders([self.proposal]), ("proposal",))
        return self


def id_in_words(checked: CheckedId, texts: PremiumIdTexts) -> tuple[str, ...]:
    """Return the verdict, each problem, a proposal, and the note that only LINE knows if an ID is taken."""
    verdict = texts.valid if checked.valid else texts.invalid
    problems = tuple(texts.problems[problem] for problem in checked.problems)
    proposal = (texts.proposal.format(proposal=checked.proposal),) if checked.proposal else ()
    return (verdict, *problems, *proposal, texts.only_line_knows, texts.cannot_undo)
