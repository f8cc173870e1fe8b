"""The sentences about a wished premium ID."""

from collections.abc import Mapping

from pydantic import model_validator

from bot.content.loader import ContentModel
from bot.content.sentences import placeholders, refuse_missing, refuse_unknown
from bot.domain.premium_ids import CheckedId, IdProblem


class PremiumIdTexts(ContentModel):
    """What is said about an ID; every problem has a sentence."""

    page: int
    valid: str
    invalid: str
    proposal: str
    problems: Mapping[IdProblem, str]
    only_line_knows: str
    cannot_undo: str

    @model_validator(mode="after")
    def _complete(self) -> "PremiumIdTexts":
        refuse_missing(self.problems, IdProblem)
        refuse_unknown(placeholders([self.proposal]), ("proposal",))
        return self


def id_in_words(checked: CheckedId, texts: PremiumIdTexts) -> tuple[str, ...]:
    """Verdict, each problem, a proposal, and what only LINE can tell."""
    verdict = texts.valid if checked.valid else texts.invalid
    problems = tuple(texts.problems[problem] for problem in checked.problems)
    proposal = (texts.proposal.format(proposal=checked.proposal),) if checked.proposal else ()
    return (verdict, *problems, *proposal, texts.only_line_knows, texts.cannot_undo)
