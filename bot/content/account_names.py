"""The sentences of the account-name check, read from YAML and proved complete at the start."""

from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from bot.domain.name_verdict import UNCLEAR_PROBLEMS, OkCase, Problem
from bot.errors import PermanentError

SENTENCES = Path(__file__).with_name("ja") / "account_names.yaml"
_PLACES = frozenset(("name", "body", "best", "count"))


def _fillable(sentence: str) -> str:
    """Refuses a place that nothing would fill, and a brace left open."""
    places = {place for _, place, _, _ in Formatter().parse(sentence) if place is not None}
    if unknown := places - _PLACES:
        raise ValueError(f"unknown place {{{min(unknown)}}}")
    return sentence


Sentence = Annotated[str, AfterValidator(_fillable)]


class NameSentences(BaseModel):
    """One sentence for each case and each problem, none missing and none too many."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    ok: dict[OkCase, Sentence]
    unclear: dict[Problem, Sentence]
    ng: dict[Problem, Sentence]
    caution: dict[str, Sentence]

    def model_post_init(self, _context: object) -> None:
        """Compares the keys with the cases that the rule knows."""
        ng = frozenset(Problem) - UNCLEAR_PROBLEMS
        for section, wanted in (("ok", frozenset(OkCase)), ("unclear", UNCLEAR_PROBLEMS), ("ng", ng)):
            if missing := wanted ^ getattr(self, section).keys():
                raise ValueError(f"{section}: {', '.join(sorted(missing))} is missing or out of place")

    def of(self, case: OkCase | Problem) -> str:
        """The sentence for a case, its places not yet filled."""
        if isinstance(case, OkCase):
            return self.ok[case]
        return (self.unclear if case in UNCLEAR_PROBLEMS else self.ng)[case]


def read_sentences(path: Path = SENTENCES) -> NameSentences:
    """Raises PermanentError, with the file's name, for a file that is not complete."""
    try:
        return NameSentences.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError, ValueError) as error:
        raise PermanentError(f"{path.name}: {error}") from error


@cache
def load_sentences() -> NameSentences:
    """The committed sentences, read once."""
    return read_sentences()
