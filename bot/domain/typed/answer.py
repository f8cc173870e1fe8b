"""A typed message as the answer to one question of the pre-check."""

from dataclasses import dataclass
from datetime import date

from bot.domain.mail_domains import read_domain
from bot.domain.typed.choices import Vocabulary, read_choice
from bot.domain.typed.dates import TypedDate, TypedDateProblem, read_date

FREE_TEXT = frozenset({"body", "account_name"})
UNKNOWN = "unknown"

# Questions whose answers object has a word of its own for not knowing.
_KNOWS_UNKNOWN = frozenset({"plan_in_use", "current_plan"})


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What was read: a value to record, "I do not know", or a problem; nothing at all if it is no answer."""

    value: bool | str | date | None = None
    unknown: bool = False
    bare: str | None = None  # a plain "yes" or "no" where that does not tell which value is meant
    problem: TypedDateProblem | None = None

    @property
    def is_answer(self) -> bool:
        """True where the message belongs to the question, even if it has to be asked back."""
        return self.value is not None or self.unknown or self.bare is not None or self.problem is not None


def read_answer(key: str, text: str, *, words: Vocabulary, plain: Vocabulary, today: date) -> TypedAnswer:
    """The text as an answer to that question; `words` are the question's, `plain` are bare yes and no."""
    choice = read_choice(text, words)
    if choice == UNKNOWN:
        return TypedAnswer(UNKNOWN if key in _KNOWS_UNKNOWN else None, unknown=True)
    if key in FREE_TEXT:
        return TypedAnswer(text.strip() or None)
    if key == "email_domain":
        return TypedAnswer(read_domain(text) or choice)
    if key == "apply_date":
        return _day(read_date(text, today=today))
    if choice is None:
        return TypedAnswer(bare=read_choice(text, plain))
    return TypedAnswer(choice == "true" if key == "has_account" else choice)


def _day(read: TypedDate) -> TypedAnswer:
    """A text that is no date at all is no answer; one that cannot be taken keeps its problem."""
    if read.problem is TypedDateProblem.UNREADABLE:
        return TypedAnswer()
    return TypedAnswer(read.day, problem=read.problem)
