"""The sentences of the account-name check, read from YAML and proved complete at the start."""

from pathlib import Path
from string import Formatter
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from bot.content.loader import ContentModel, load_yaml
from bot.content.version import once_a_version
from bot.domain.name_verdict import UNCLEAR_PROBLEMS, AcceptedCase, NameProblem, NameVerdict
from bot.governments.spelling import official_form, visible

SENTENCES = Path(__file__).with_name("ja") / "account_names.yaml"
LONGEST_NAME = 30  # characters of a typed name that a message repeats
GOVERNMENTS_NAMED = 3
_PLACES = frozenset(("name", "body", "best", "count"))


def _fillable(sentence: str) -> str:
    """Refuses a place that nothing would fill, and a brace left open."""
    places = {place for _, place, _, _ in Formatter().parse(sentence) if place is not None}
    if unknown := places - _PLACES:
        raise ValueError(f"unknown place {{{min(unknown)}}}")
    return sentence


Sentence = Annotated[str, AfterValidator(_fillable)]


class NameSentences(ContentModel):
    """One sentence for each case and each problem, none missing and none too many."""

    ok: dict[AcceptedCase, Sentence]
    unclear: dict[NameProblem, Sentence]
    ng: dict[NameProblem, Sentence]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        ng = frozenset(NameProblem) - UNCLEAR_PROBLEMS
        for section, wanted in (("ok", frozenset(AcceptedCase)), ("unclear", UNCLEAR_PROBLEMS), ("ng", ng)):
            if wrong := wanted ^ getattr(self, section).keys():
                raise ValueError(f"{section}: {', '.join(sorted(wrong))} missing or out of place")
        return self

    def of(self, case: AcceptedCase | NameProblem) -> str:
        """The sentence for a case, its places not yet filled."""
        if isinstance(case, AcceptedCase):
            return self.ok[case]
        return (self.unclear if case in UNCLEAR_PROBLEMS else self.ng)[case]


def name_message(verdict: NameVerdict, sentences: NameSentences | None = None) -> str:
    """Return the sentence that explains a verdict; the committed sentences are the default."""
    facts = verdict.facts
    return (
        (sentences or load_sentences())
        .of(verdict.case)
        .format(
            name=_shown(facts.name),
            body="、".join(_shown(one) for one in facts.governments[:GOVERNMENTS_NAMED]),
            best=facts.best,
            count=facts.count,
        )
    )


def _shown(text: str) -> str:
    """Return at most 30 characters of a typed text, none of them invisible."""
    shown = visible(official_form(text))
    return shown if len(shown) <= LONGEST_NAME else shown[:LONGEST_NAME] + "…"


def read_sentences(path: Path = SENTENCES) -> NameSentences:
    """Raises ContentError, with file and line, for a file that is not complete."""
    return load_yaml(path, NameSentences)


@once_a_version
def load_sentences() -> NameSentences:
    """The sentences of the version in use, read once."""
    return read_sentences()
