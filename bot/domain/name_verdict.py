"""The verdict on an account name as keys and facts; `bot.content.account_names` puts it in words."""

from dataclasses import dataclass
from enum import StrEnum

from bot.governments import LocalGovernment


class NameOutcome(StrEnum):
    """Accepted, refused, or neither listed nor excluded by the document."""

    OK = "ok"
    UNCLEAR = "unclear"
    NG = "ng"


class Pattern(StrEnum):
    """The five forms of name that the document lists on page 6."""

    PREFECTURE_NAME = "prefecture_name"
    PREFECTURE_OFFICE = "prefecture_office"
    MUNICIPALITY_NAME = "municipality_name"
    PREFECTURE_AND_MUNICIPALITY = "prefecture_and_municipality"
    MUNICIPALITY_OFFICE = "municipality_office"


class NameProblem(StrEnum):
    """Why a name is not accepted, or why nobody can say."""

    # unclear
    INNER_SPACE = "inner_space"
    VARIANT_SPELLING = "variant_spelling"
    COUNTY_INCLUDED = "county_included"
    PREFECTURE_AND_OFFICE = "prefecture_and_office"
    BODY_NOT_FOUND = "body_not_found"
    # ng
    EMPTY = "empty"
    TOO_LONG = "too_long"
    HIDDEN_CHARACTERS = "hidden_characters"
    DECORATION = "decoration"
    EXTRA_TEXT = "extra_text"
    SECTION_OR_ORGAN = "section_or_organ"
    SEVERAL_BODIES = "several_bodies"
    WARD_OF_DESIGNATED_CITY = "ward_of_designated_city"
    BARE_STEM = "bare_stem"
    SHORT_PREFECTURE = "short_prefecture"
    KANA_NAME = "kana_name"
    LATIN_NAME = "latin_name"
    WRONG_OFFICE_WORD = "wrong_office_word"
    OFFICE_WORD_ONLY = "office_word_only"
    WRONG_KIND = "wrong_kind"
    WRONG_PREFECTURE = "wrong_prefecture"
    WRONG_COUNTY = "wrong_county"
    DISSOLVED_MUNICIPALITY = "dissolved_municipality"
    OTHER_BODY = "other_body"
    UNION = "union"
    ASSOCIATION = "association"
    NATIONAL_BODY = "national_body"
    MISSPELLED = "misspelled"
    UNKNOWN_MUNICIPALITY = "unknown_municipality"
    UNKNOWN_NAME = "unknown_name"
    BODY_NOT_ELIGIBLE = "body_not_eligible"


class AcceptedCase(StrEnum):
    """The key of the sentence on a name that is accepted."""

    UNIQUE = "unique"
    HOMONYMS = "homonyms"
    WARD_OF_SAME_NAME = "ward_of_same_name"
    OWN_SPELLING = "own_spelling"


UNCLEAR_PROBLEMS = frozenset(
    (
        NameProblem.INNER_SPACE,
        NameProblem.VARIANT_SPELLING,
        NameProblem.COUNTY_INCLUDED,
        NameProblem.PREFECTURE_AND_OFFICE,
        NameProblem.BODY_NOT_FOUND,
    )
)


@dataclass(frozen=True, slots=True)
class NameFacts:
    """The facts that the sentence on a verdict may mention; nothing is shortened yet."""

    name: str = ""
    governments: tuple[str, ...] = ()
    count: int = 0
    best: str = ""


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """An account name, whether it would be accepted, whose name it is, and names that would be accepted.

    `case` is the key of the sentence that explains the verdict, `facts` is what fills it.
    """

    name: str
    verdict: NameOutcome
    case: AcceptedCase | NameProblem
    facts: NameFacts
    pattern: Pattern | None = None
    governments: tuple[LocalGovernment, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def problem(self) -> NameProblem | None:
        """Why the name is not accepted. None if it is."""
        return self.case if isinstance(self.case, NameProblem) else None

    def as_json(self, message: str) -> dict[str, object]:
        """Return the object that `madoguchi name --json` prints, with the sentence of the verdict."""
        return {
            "name": self.name,
            "verdict": self.verdict.value,
            "pattern": self.pattern and self.pattern.value,
            "bodies": [
                {"code": government.code, "prefecture": government.prefecture, "name": government.name}
                for government in self.governments
            ],
            "problem": self.problem and self.problem.value,
            "suggestions": list(self.suggestions),
            "message": message,
        }
